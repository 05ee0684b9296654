import express from 'express';
import { pino } from 'pino';
import request from 'supertest';
import type { Response } from 'supertest';
import { tileAt } from '#server/domain/geometry/tile.ts';
import { tileVersion } from '#server/domain/tile-version.ts';
import { tileHandler } from '#server/features/tiles/tiles.routes.ts';
import { createTilesService } from '#server/features/tiles/tiles.service.ts';
import type { SummariseRegions } from '#server/features/tiles/region-figures.ts';
import { tileJson } from '#server/features/tiles/tiles.contract.ts';
import type { TileJson } from '#server/features/tiles/tiles.contract.ts';
import { problemHandler } from '#server/http/problem-handler.ts';
import { requestId } from '#server/http/request-id.ts';
import { regionSummaries } from '#server/features/regions/regions.service.ts';
import { decodeTile } from '#tests/support/decode-tile.ts';
import { aRiskPoint, aSmallProvince, anAssessment, settle } from '#tests/support/factories.ts';
import type { Placed } from '#tests/support/factories.ts';
import { TEST_NOW, TEST_URL, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

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
});

afterAll(() => app.close());

const binary = (res: Response, done: (error: Error | null, body: Buffer) => void): void => {
  const chunks: Buffer[] = [];
  const stream = res as unknown as NodeJS.ReadableStream;
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => done(null, Buffer.concat(chunks)));
};

const getTile = (path: string, headers: Record<string, string> = {}) =>
  app.agent
    .get(`/tiles/${path}`)
    .set(headers)
    .buffer(true)
    .parse(binary as never);

const decoded = (res: Response) => decodeTile(res.body as Buffer);

async function getTileJson(layer: string, query = ''): Promise<TileJson> {
  const res = await app.agent.get(`/tiles/${layer}.json${query}`).expect(200);
  return tileJson.parse(res.body);
}

const at = (lon: number, lat: number, z: number): string => {
  const { x, y } = tileAt([lon, lat], z);
  return `${z}/${x}/${y}.mvt`;
};
const HERE = at(125.5, 43.25, 12);

async function versionAt(
  layer: string,
  lon: number,
  lat: number,
  z: number,
  query = '',
): Promise<string> {
  const { scope, cities } = await getTileJson(layer, query);
  const known = cities.map((city) => ({ ...city, bounds: city.bounds as never }));
  return tileVersion(scope, known, tileAt([lon, lat], z));
}

type Fault = { readonly parameter: string };

const getProblem = async (path: string) => {
  const res = await app.agent.get(`/tiles/${path}`);
  const { errors = [] } = res.body as { errors?: Fault[] };
  return { status: res.status, parameters: errors.map(({ parameter }) => parameter).sort() };
};

describe('a tile', () => {
  it('is a vector tile with the point and its attributes', async () => {
    const res = await getTile(`risk-points/${HERE}`).expect(200);

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
    const packed = await getTile(`risk-points/${HERE}`, { 'Accept-Encoding': 'gzip' }).expect(200);
    const plain = await getTile(`risk-points/${HERE}`, { 'Accept-Encoding': 'identity' }).expect(
      200,
    );

    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect([packed.headers['vary'], plain.headers['vary']]).toEqual([
      'Accept-Encoding',
      'Accept-Encoding',
    ]);
    expect(packed.headers['etag']).not.toBe(plain.headers['etag']);
    expect(decoded(packed)).toEqual(decoded(plain));
  });

  it('is 204 without a body when nothing is in it', async () => {
    const res = await getTile('risk-points/5/0/0.mvt').expect(204);

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
    await getTile(`regions/${at(125.5, 43.25, 6)}`).expect(200);
  });
});

describe('keeping', () => {
  it('is for ever with the exact version, and never with another', async () => {
    const v = await versionAt('risk-points', 125.5, 43.25, 12);

    const exact = await getTile(`risk-points/${HERE}?v=${v}`).expect(200);
    const stale = await getTile(`risk-points/${HERE}?v=${v.replace(/.$/, 'x')}`).expect(200);
    const plain = await getTile(`risk-points/${HERE}`).expect(200);

    expect(exact.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect([stale.headers['cache-control'], plain.headers['cache-control']]).toEqual([
      'no-cache',
      'no-cache',
    ]);
    expect(new Set([exact, stale, plain].map((res) => res.headers['etag'])).size).toBe(1);
  });

  it('is for ever for an empty tile too', async () => {
    const v = await versionAt('risk-points', -100, 40, 6);

    const res = await getTile(`risk-points/${at(-100, 40, 6)}?v=${v}`).expect(204);

    expect(res.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it('answers 304 to the tag it gave, in any list and also when weak', async () => {
    const { etag } = (await getTile(`regions/${at(125.5, 43.25, 5)}`).expect(200)).headers as {
      etag: string;
    };

    for (const header of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const res = await getTile(`regions/${at(125.5, 43.25, 5)}`, {
        'If-None-Match': header,
      }).expect(304);
      expect(res.headers['etag']).toBe(etag);
    }
    await getTile(`regions/${at(125.5, 43.25, 5)}`, { 'If-None-Match': '"other"' }).expect(200);
  });

  it('tells filters, layers and places apart by the tag, and one filter spelt in two ways not', async () => {
    const tag = async (path: string) => (await getTile(path)).headers['etag'] as string;
    const path = `risk-points/${HERE}`;

    const tags = await Promise.all(
      [
        path,
        `${path}?level=1`,
        `${path}?level=1,2`,
        `${path}?basis=inherent`,
        `risk-points/${at(125.5, 43.25, 13)}`,
      ].map(tag),
    );
    expect(new Set(tags).size).toBe(5);
    expect(await tag(`${path}?level=2,1`)).toBe(tags[2]);
    expect(await tag(`${path}?basis=current&colour=assessed`)).toBe(tags[0]);
  });
});

describe('a saved change', () => {
  it('is in the very next tile, with another tag and version', async () => {
    const path = `risk-points/${HERE}`;
    const v = await versionAt('risk-points', 125.5, 43.25, 12);
    const before = await getTile(`${path}?v=${v}`).expect(200);
    const far = await getTile(`risk-points/${at(126.8, 43.75, 12)}`);
    const region = await getTile(`regions/${at(125.5, 43.25, 6)}`).expect(200);

    await app.database.asOwner(async (trx) => {
      await anAssessment(trx, first, 3, { at: '2026-05-01T00:00:00Z' });
      await settle(trx, TEST_NOW);
    });

    const after = await getTile(`${path}?v=${v}`, {
      'If-None-Match': before.headers['etag'] as string,
    }).expect(200);
    expect(after.headers['etag']).not.toBe(before.headers['etag']);
    expect(after.headers['cache-control']).toBe('no-cache');
    expect(decoded(before)['risk-points']?.[0]?.properties['level']).toBe(1);
    expect(decoded(after)['risk-points']?.[0]?.properties['level']).toBe(3);
    expect(await versionAt('risk-points', 125.5, 43.25, 12)).not.toBe(v);
    const regionAfter = await getTile(`regions/${at(125.5, 43.25, 6)}`).expect(200);
    const levels = [region, regionAfter].map(
      (res) =>
        decoded(res)['regions']?.find(({ properties }) => properties['code'] === '990100')
          ?.properties['level'],
    );
    // One subject: W = 10 is red, then W = 2 is yellow.
    expect(levels).toEqual([1, 3]);
    expect(far.status).toBe(204);
  });

  it('leaves tiles of other cities as they are', async () => {
    const path = `risk-points/${at(126.5, 43.75, 12)}`;
    const before = await getTile(path).expect(200);

    await app.database.asOwner(async (trx) => {
      await trx.raw(
        `UPDATE point_states SET since = since + interval '1 second' WHERE risk_point_id = ?`,
        [first.id],
      );
    });

    await getTile(path, { 'If-None-Match': before.headers['etag'] as string }).expect(304);
    const own = await getTile(`risk-points/${HERE}`);
    expect(own.headers['etag']).not.toBe(before.headers['etag']);
  });
});

describe('TileJSON', () => {
  it.each(['regions', 'risk-points', 'enterprises', 'base'])(
    'of %s names its layers, zooms and versions',
    async (layer) => {
      const json = await getTileJson(layer);

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
      'risk-points',
      '?level=2,1&field=gas&region=990100&basis=inherent&colour=dynamic',
    );

    const query = 'level=1,2&field=gas&region=990100&basis=inherent&colour=dynamic';
    expect(json.tiles).toEqual([`${TEST_URL}/tiles/risk-points/{z}/{x}/{y}.mvt?${query}`]);
  });

  it('gives each city the box where its version matters', async () => {
    const { cities } = await getTileJson('risk-points');
    const provinces = await getTileJson('regions', '?depth=province');

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
      const json = await getTileJson(layer);
      const tile = decoded(await getTile(`${layer}/${at(125.5, 43.25, z)}`).expect(200));
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

describe('too much at once', () => {
  it('is refused with the time to wait; one tile asked for many times is made once', async () => {
    let made = 0;
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const summariseRegions: SummariseRegions = async (trx, selection, view) => {
      made += 1;
      await held;
      return regionSummaries(trx, selection, view);
    };
    const tiles = createTilesService({
      database: app.database,
      summariseRegions,
      limits: { running: 1, waiting: 1 },
    });
    const server = express();
    server.use(requestId, tileHandler(tiles, { publicUrl: TEST_URL }));
    server.use(problemHandler({ publicUrl: TEST_URL, log: pino({ level: 'silent' }) }));
    const listening = server.listen(0, '127.0.0.1');
    // On the embedded engine the held transaction keeps every other one waiting: the versions are read before it.
    await tiles.versions();
    const fill = (z: number) => {
      const asked = { layer: 'regions', tile: tileAt([125.5, 43.25], z), filters: ALL } as const;
      return tiles.tile(asked, 'v', new AbortController().signal);
    };

    const same = [fill(5), fill(5), fill(5)];
    const waiting = fill(6);
    const refused = await fill(7).catch((error: unknown) => error);
    release();

    expect(refused).toMatchObject({
      name: 'OverloadedError',
      retryAfterSeconds: expect.any(Number) as number,
    });
    const [tile] = await Promise.all([...same, waiting]);
    expect(tile?.gzipped?.length).toBeGreaterThan(0);
    expect(made).toBe(2);
    await request(listening)
      .get(`/tiles/regions/${at(125.5, 43.25, 5)}`)
      .expect(200);
    await new Promise((resolve) => listening.close(resolve));
  });
});

const ALL = {
  levels: null,
  dynamicLevels: null,
  states: null,
  fields: null,
  region: null,
  depth: null,
  rule: null,
  basis: 'current',
  colour: 'assessed',
} as const;
