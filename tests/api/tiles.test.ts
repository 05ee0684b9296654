import type { Response } from 'supertest';
import { aRiskPoint, aSmallProvince, anAssessment, settle } from '#tests/support/factories.ts';
import type { Placed } from '#tests/support/factories.ts';
import { TEST_NOW, TEST_URL, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';
import { decoded, getTile, getTileJson, tilePath } from '#tests/support/tile-requests.ts';

let app: TestApp;
let first: Placed;

beforeAll(async () => {
  app = await testApp();
  await app.database.asOwner(async (trx) => {
    await aSmallProvince(trx);
    first = await aRiskPoint(trx, { at: [125.5, 43.25], fields: ['gas'] });
    const second = await aRiskPoint(trx, { at: [126.5, 43.75] });
    await anAssessment(trx, first, 1);
    await anAssessment(trx, second, 4);
    await settle(trx, TEST_NOW);
  });
}, 180_000);

afterAll(() => app.close());

const HERE = tilePath(125.5, 43.25, 12);

type Fault = { readonly parameter: string };

const getProblem = async (path: string) => {
  const res = await app.agent.get(`/tiles/${path}`);
  const { errors = [] } = res.body as { errors?: Fault[] };
  return { status: res.status, parameters: errors.map(({ parameter }) => parameter).sort() };
};

describe('a tile', () => {
  it('is a vector tile with the point and its attributes', async () => {
    const res = await getTile(app, `risk-points/${HERE}`).expect(200);

    expect(res.headers['content-type']).toBe('application/vnd.mapbox-vector-tile');
    expect(decoded(res)['risk-points']?.map(({ properties }) => properties)).toEqual([
      expect.objectContaining({
        id: first.id,
        level: 1,
        dynamic: 1,
        state: 'assessed',
        field: 'gas',
        ent: '',
      }),
    ]);
  });

  it('is compressed for those who take it, and the same without', async () => {
    const packed = await getTile(app, `risk-points/${HERE}`, { 'Accept-Encoding': 'gzip' }).expect(
      200,
    );
    const plain = await getTile(app, `risk-points/${HERE}`, {
      'Accept-Encoding': 'identity',
    }).expect(200);

    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect([packed.headers['vary'], plain.headers['vary']]).toEqual([
      'Cookie, Authorization, X-View-As, Accept-Encoding',
      'Cookie, Authorization, X-View-As, Accept-Encoding',
    ]);
    expect(packed.headers['etag']).not.toBe(plain.headers['etag']);
    expect(decoded(packed)).toEqual(decoded(plain));
  });

  it('is 204 without a body when nothing is in it', async () => {
    const res = await getTile(app, 'risk-points/5/0/0.mvt').expect(204);

    expect(res.headers['etag']).toBeDefined();
    expect(res.headers['content-type']).toBeUndefined();
  });

  it('answers HEAD like GET, without the body', async () => {
    const res = await app.agent.head(`/tiles/risk-points/${HERE}`).expect(200);

    expect(Number(res.headers['content-length'])).toBeGreaterThan(0);
    expect(res.headers['content-type']).toBe('application/vnd.mapbox-vector-tile');
  });

  it('is not written to', async () => {
    await app.agent.post(`/tiles/risk-points/${HERE}`).expect(405);
  });
});

describe('an address that is wrong', () => {
  const wrong: [string, number, string[]][] = [
    ['risk-points/1.5/0/0.mvt', 400, ['z']],
    ['risk-points/a/b/c.mvt', 400, ['x', 'y', 'z']],
    ['risk-points/-1/0/0.mvt', 400, ['z']],
    ['risk-points/3/-1/8.mvt', 400, ['x', 'y']],
    ['risk-points/03/1/1.mvt', 400, ['z']],
    ['risk-points/3/8/0.mvt', 400, ['x']],
    ['risk-points/3/99999999999999999999/0.mvt', 400, ['x']],
    ['risk-points/3/1e1/%00.mvt', 400, []],
    ['no-such-layer/3/1/1.mvt', 404, []],
    ['no-such-layer/x/1/1.mvt', 400, ['z']],
    ['risk-points/15/0/0.mvt', 404, []],
    ['enterprises/7/0/0.mvt', 404, []],
    ['base/11/0/0.mvt', 404, []],
    ['risk-points/3/1/1.mvt?nope=1', 400, ['nope']],
    ['risk-points/3/1/1.mvt?rule=highest&depth=city', 400, ['depth', 'rule']],
    ['regions/3/1/1.mvt?level=1&state=expired', 400, ['level', 'state']],
    ['base/3/1/1.mvt?basis=current', 400, ['basis']],
    ['risk-points/3/1/1.mvt?basis=current&basis=inherent', 400, ['basis']],
    [
      'risk-points/9/600/a.mvt?level=7&field=&colour=red',
      400,
      ['colour', 'field', 'level', 'x', 'y'],
    ],
    ['risk-points/3/1/1.mvt?asOf=2026-01-01', 400, ['asOf']],
    [`risk-points/3/1/1.mvt?v=${'a'.repeat(201)}`, 400, ['v']],
    ['risk-points/3/1/1.mvt?v=%', 400, ['v']],
  ];
  it.each(wrong)('%s is told with every fault', async (path, status, parameters) => {
    const problem = await getProblem(path);

    expect(problem).toEqual({ status, parameters });
  });

  const attacks = [
    "' OR 1=1 --",
    "gas');DROP TABLE regions;--",
    '$1',
    '{gas}',
    'gas\u0000x',
    '%27',
    "1' UNION SELECT",
  ];
  it.each(attacks)('a filter that is SQL is only text: %s', async (attack) => {
    for (const name of ['field', 'region', 'level', 'state', 'basis', 'colour', 'dynamic']) {
      const address = `/tiles/risk-points/3/6/2.mvt?${name}=${encodeURIComponent(attack)}`;
      await app.agent.get(address).expect(400);
    }
    await app.agent
      .get(`/tiles/${encodeURIComponent(attack)}/3/6/2.mvt`)
      .expect((res: Response) => {
        expect([400, 404]).toContain(res.status);
      });
    await getTile(app, `regions/${tilePath(125.5, 43.25, 6)}`).expect(200);
  });
});

describe('TileJSON', () => {
  it.each(['regions', 'risk-points', 'enterprises', 'base'])(
    'of %s names its layers, zooms and versions',
    async (layer) => {
      const json = await getTileJson(app, layer);

      expect(json).toMatchObject({ tilejson: '3.0.0', name: layer });
      expect(json.tiles).toEqual([`${TEST_URL}/tiles/${layer}/{z}/{x}/{y}.mvt`]);
      expect(json.cities.map(({ code }) => code)).toEqual(
        expect.arrayContaining(['000000', '990100', '990200']),
      );
      expect(json.vector_layers.length).toBeGreaterThan(0);
    },
  );

  it('repeats the filters in the address of the tiles', async () => {
    const json = await getTileJson(
      app,
      'risk-points',
      '?level=2,1&field=gas&region=990100&basis=inherent&colour=dynamic',
    );

    const query = 'level=1,2&field=gas&region=990100&basis=inherent&colour=dynamic';
    expect(json.tiles).toEqual([`${TEST_URL}/tiles/risk-points/{z}/{x}/{y}.mvt?${query}`]);
  });

  it('gives each city the box where its version matters', async () => {
    const { cities } = await getTileJson(app, 'risk-points');
    const provinces = await getTileJson(app, 'regions', '?depth=province');

    const box = cities.find(({ code }) => code === '990200')?.bounds;
    expect(box?.map((degrees) => Math.round(degrees * 1e6) / 1e6)).toEqual([126, 43, 127, 44]);
    // A province's counts change with each of its cities, wherever one looks.
    expect(provinces.cities.find(({ code }) => code === '990200')?.bounds[0]).toBe(-180);
  });

  it('describes every attribute that its tiles have', async () => {
    for (const [layer, z] of [
      ['regions', 6],
      ['risk-points', 12],
      ['risk-points', 6],
      ['base', 8],
    ] as const) {
      const json = await getTileJson(app, layer);
      const tile = decoded(await getTile(app, `${layer}/${tilePath(125.5, 43.25, z)}`).expect(200));
      for (const [name, features] of Object.entries(tile)) {
        const known = Object.keys(json.vector_layers.find(({ id }) => id === name)?.fields ?? {});
        expect(known).toEqual(
          expect.arrayContaining(features.flatMap((f) => Object.keys(f.properties))),
        );
      }
    }
  });

  it('refuses what the layer does not take', async () => {
    await app.agent.get('/tiles/regions.json?level=1').expect(400);
    await app.agent.get('/tiles/regions.json?v=abc').expect(400);
    await app.agent.get('/tiles/nothing.json').expect(404);
  });
});
