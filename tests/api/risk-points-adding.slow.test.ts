import { anEnterprise, aSmallProvince, settle } from '#tests/support/factories.ts';
import type { Placed } from '#tests/support/factories.ts';
import {
  aRing,
  editing,
  judged,
  layerVersion,
  newSquare,
  newTank,
  pointersOf,
  summaryOf,
  tileText,
} from '#tests/support/editing.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const UNKNOWN = '018f0000-0000-7000-8000-0000000000ff';

let app: TestApp;
let edit: ReturnType<typeof editing>;
let works: Placed;

beforeAll(async () => {
  app = await testApp();
  edit = editing(app);
  await app.database.asOwner(async (trx) => {
    await aSmallProvince(trx);
    works = await anEnterprise(trx, { zh: '示例化工' });
    await settle(trx, TEST_NOW);
  });
}, 180_000);
afterAll(() => app?.close());

const made = async (body: object): Promise<{ id: string; path: string }> => {
  const { id } = (await edit.post('/risk-points', body)).body;
  return { id, path: `/risk-points/${id}` };
};

describe('adding a risk point', () => {
  it('answers with all of it, not assessed, in the region that holds it', async () => {
    const res = await edit.post('/risk-points', {
      ...newTank(works.id),
      names: { zh: '示例储罐一', en: 'Example tank 1' },
      code: 'T-1',
      lifecycle: 'suspended',
      fields: ['hazardous-chemicals'],
      category: '储罐',
      controlLevel: 'company',
      department: { zh: '示例车间' },
      post: { zh: '班长', en: 'Foreman' },
      person: '示例某',
      location: '厂区东侧',
      existsFrom: '2026-01-01T08:00:00+08:00',
      regionCode: '990101',
      attributes: { 容积: '500 m³' },
    });

    expect(res.body).toMatchObject({
      version: 1,
      names: { zh: '示例储罐一', en: 'Example tank 1' },
      code: 'T-1',
      kind: 'facility',
      enterprise: { id: works.id, names: { zh: '示例化工' } },
      lifecycle: 'suspended',
      fields: ['hazardous-chemicals'],
      category: '储罐',
      location: '厂区东侧',
      controlLevel: 'company',
      department: { zh: '示例车间', en: null },
      post: { zh: '班长', en: 'Foreman' },
      person: '示例某',
      position: [125.5, 43.25],
      geometry: { type: 'Point', coordinates: [125.5, 43.25] },
      existsFrom: '2026-01-01T00:00:00.000Z',
      cityCode: '990100',
      regionCode: '990101',
      statedRegionCode: '990101',
      regionFlag: null,
      attributes: { 容积: '500 m³' },
      origin: null,
      state: 'not_assessed',
      since: '2026-01-01T00:00:00.000Z',
      hazardSources: [],
      measures: [],
    });
    expect(res.headers['location']).toBe(`/api/v1/risk-points/${res.body.id}`);
    expect(res.headers['etag']).toMatch(/^"1\./);
    expect((await edit.read(`/risk-points/${res.body.id}`)).body).toEqual(res.body);
  });

  it('exists from now on and can be assessed at once', async () => {
    const { path } = await made(newSquare());

    await edit.post(`${path}/assessments`, judged('serious'));

    const { body } = await edit.read(path);
    expect(body).toMatchObject({ level: 2, existsFrom: new Date(TEST_NOW).toISOString() });
    expect(body.version).toBe(1);
  });

  it('is in the list, the counts of region and enterprise, and the tiles at once', async () => {
    const [before, version] = [
      await summaryOf(app, '990101'),
      await layerVersion(app, 'risk-points', '990100'),
    ];
    const owner = (await edit.read(`/enterprises/${works.id}`)).body.counts.nNotAssessed as number;

    const { id } = await made(newTank(works.id, { names: { zh: '示例即刻' } }));

    const after = await summaryOf(app, '990101');
    expect(after.nNotAssessed).toBe(before.nNotAssessed + 1);
    expect(await layerVersion(app, 'risk-points', '990100')).toBeGreaterThan(version);
    const { counts } = (await edit.read(`/enterprises/${works.id}`)).body;
    expect(counts.nNotAssessed).toBe(owner + 1);
    expect((await edit.read('/risk-points?q=示例即刻')).body.total).toBe(1);
    expect(await tileText(app, 'risk-points', [125.5, 43.25])).toContain(id);
  });

  it.each([
    [
      'LineString',
      [
        [125.1, 43.1],
        [125.2, 43.1],
      ],
    ],
    ['Polygon', [aRing(125.1, 0.01)]],
    ['MultiPolygon', [[aRing(125.1, 0.01)], [aRing(125.3, 0.01)]]],
  ])('takes a %s', async (type, coordinates) => {
    const { position: _, ...rest } = newSquare();

    const { body } = await edit.post('/risk-points', { ...rest, geometry: { type, coordinates } });

    expect(body.geometry).toEqual({ type, coordinates });
    expect(body.regionCode).toBe('990101');
  });

  it('drops heights', async () => {
    const { position: _, ...rest } = newSquare();

    const { body } = await edit.post('/risk-points', {
      ...rest,
      geometry: { type: 'Point', coordinates: [125.5, 43.25, 210] },
    });

    expect(body.geometry.coordinates).toEqual([125.5, 43.25]);
  });

  it.each([
    ['no place', { position: undefined }, ['/position']],
    ['two places', { geometry: point(125, 43) }, ['/position']],
    ['a place beyond the map', { position: [125, 85.01] }, ['/position/1']],
    ['a facility without an enterprise', { kind: 'facility' }, ['/enterpriseId']],
    ['an unknown enterprise', { enterpriseId: UNKNOWN }, ['/enterpriseId']],
    ['a beginning in the future', { existsFrom: '2026-06-15T04:00:00.001Z' }, ['/existsFrom']],
    ['an unknown region', { regionCode: '990199' }, ['/regionCode']],
    ['an unknown field', { fields: ['gas', 'x'] }, ['/fields/1']],
    ['a level', { level: 4 }, ['/level']],
    ['a shape of points', shape('MultiPoint', [[125, 43]]), ['/geometry/type']],
    ['a collection', shape('GeometryCollection', []), ['/geometry/type']],
    ['an open ring', shape('Polygon', [aRing(125, 1).slice(1)]), ['/geometry/coordinates/0']],
    [
      'a shape beyond the map',
      shape('LineString', [
        [125, 43],
        [125, 86],
      ]),
      ['/geometry/coordinates'],
    ],
    ['a place that is no number', shape('Point', ['125', 43]), ['/geometry/coordinates']],
  ])('refuses %s', async (_, more, pointers) => {
    expect(pointersOf(await edit.post('/risk-points', newSquare(more), 422))).toEqual(pointers);
  });

  it('refuses a crossing with the place where it crosses', async () => {
    const bow = [
      [125, 43],
      [126, 44],
      [126, 43],
      [125, 44],
      [125, 43],
    ];

    const res = await edit.post('/risk-points', newSquare(shape('Polygon', [bow])), 422);

    expect(pointersOf(res)).toEqual(['/geometry']);
    expect(res.body.errors[0].detail).toContain('[125.5, 43.5]');
  });

  it('tells every fault at once, of the schema and of the rules', async () => {
    const res = await edit.post(
      '/risk-points',
      {
        names: {},
        kind: 'facility',
        enterpriseId: UNKNOWN,
        lifecycle: 'asleep',
        fields: ['x'],
        controlLevel: 'nobody',
        ...shape('Polygon', [aRing(125, 1).slice(1)]),
        existsFrom: '2027-01-01T00:00:00Z',
        regionCode: '990199',
      },
      422,
    );

    expect(pointersOf(res)).toEqual([
      '/controlLevel',
      '/enterpriseId',
      '/existsFrom',
      '/fields/0',
      '/geometry/coordinates/0',
      '/lifecycle',
      '/names/zh',
      '/regionCode',
    ]);
  });

  it('is done once for one Idempotency-Key', async () => {
    const post = () =>
      app.agent.post('/api/v1/risk-points').set('Idempotency-Key', 'same').send(newSquare());

    const answers = await Promise.all([post(), post()]);

    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[0]?.body.id).toBe(answers[1]?.body.id);
  });

  it('into a deleted enterprise is refused', async () => {
    const { id } = (
      await edit.post('/enterprises', { names: { zh: '示例短命' }, position: [125.5, 43.25] })
    ).body;
    await edit.remove(`/enterprises/${id}`);

    const res = await edit.post('/risk-points', newTank(works.id, { enterpriseId: id }), 422);

    expect(pointersOf(res)).toEqual(['/enterpriseId']);
  });
});

function point(lon: number, lat: number) {
  return { type: 'Point', coordinates: [lon, lat] };
}

/** Instead of a position. */
function shape(type: string, coordinates: unknown) {
  return { position: undefined, geometry: { type, coordinates } };
}
