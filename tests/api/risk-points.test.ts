import {
  aHazardSource,
  aMeasure,
  anAssessment,
  anEnterprise,
  aRiskPoint,
  aSmallProvince,
  settle,
} from '#tests/support/factories.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const UNKNOWN = '018f0000-0000-7000-8000-0000000000ff';
const IDS = {
  works: '018f0000-0000-7000-8000-000000000001',
  tank: '018f0000-0000-7000-8000-000000000002',
  square: '018f0000-0000-7000-8000-000000000003',
  road: '018f0000-0000-7000-8000-000000000004',
  shut: '018f0000-0000-7000-8000-000000000005',
  leak: '018f0000-0000-7000-8000-000000000006',
  fire: '018f0000-0000-7000-8000-000000000007',
  spark: '018f0000-0000-7000-8000-000000000008',
} as const;

let app: TestApp;

/** Everything lies in county 990101 but the road, which lies in city B. */
beforeAll(async () => {
  app = await testApp();
  await app.database.asOwner(async (trx) => {
    await aSmallProvince(trx);
    const works = await anEnterprise(trx, {
      id: IDS.works,
      zh: '示例化工',
      en: 'Example Chemicals',
    });
    const tank = await aRiskPoint(trx, {
      id: IDS.tank,
      enterprise: works,
      zh: '示例储罐',
      en: 'Example tank',
      code: 'T-01',
      fields: ['hazardous-chemicals'],
    });
    // Moderate today, serious but lapsed, and never assessed.
    const leak = await aHazardSource(trx, tank, {
      id: IDS.leak,
      zh: '示例泄漏',
      en: 'Example leak',
    });
    const fire = await aHazardSource(trx, tank, { id: IDS.fire, zh: '示例火灾' });
    await aHazardSource(trx, tank, { id: IDS.spark, zh: '示例静电' });
    await anAssessment(trx, tank, 1, {
      source: leak,
      at: '2025-02-01T00:00:00Z',
      validUntil: '2026-02-01T00:00:00Z',
    });
    await anAssessment(trx, tank, 3, { source: leak });
    await anAssessment(trx, tank, 2, { source: fire, validUntil: '2026-05-01T00:00:00Z' });
    await aMeasure(trx, tank, { kind: 'ppe', zh: '示例防毒面具' });
    await aMeasure(trx, tank, { kind: 'engineering', zh: '示例联锁', source: leak });
    const square = await aRiskPoint(trx, { id: IDS.square, zh: '示例广场', at: [125.6, 43.3] });
    await anAssessment(trx, square, 1, { validUntil: '2026-04-01T00:00:00Z' });
    const road = await aRiskPoint(trx, {
      id: IDS.road,
      zh: '示例路段',
      shape: {
        type: 'LineString',
        coordinates: [
          [126.2, 43.5],
          [126.4, 43.5],
        ],
      },
    });
    await anAssessment(trx, road, 4);
    await aRiskPoint(trx, { id: IDS.shut, zh: '示例旧窑', at: [125.7, 43.3], lifecycle: 'closed' });
    await settle(trx, TEST_NOW);
  });
});
afterAll(() => app?.close());

const get = (path: string, status = 200) => app.agent.get(`/api/v1${path}`).expect(status);
const names = (body: { items: { names: { zh: string } }[] }) => body.items.map((i) => i.names.zh);

describe('listing risk points', () => {
  it('gives the worst first and counts them on the first page only', async () => {
    const first = (await get('/risk-points?limit=3')).body;
    const second = (await get(`/risk-points?limit=3&cursor=${first.next}`)).body;

    expect(names(first)).toEqual(['示例储罐', '示例路段', '示例广场']);
    expect(first.total).toBe(4);
    expect(names(second)).toEqual(['示例旧窑']);
    expect(second.next).toBeNull();
    expect(second).not.toHaveProperty('total');
  });

  it.each([
    ['region=990200', ['示例路段']],
    ['region=990000', ['示例储罐', '示例路段', '示例广场', '示例旧窑']],
    [`enterprise=${IDS.works}`, ['示例储罐']],
    ['bbox=126.25,43.4,126.3,43.6', ['示例路段']],
    ['bbox=170,43,-170,44', []],
    ['level=3,4', ['示例储罐', '示例路段']],
    ['dynamic=4', ['示例路段']],
    ['state=expired,not_applicable', ['示例广场', '示例旧窑']],
    ['field=hazardous-chemicals', ['示例储罐']],
    ['q=t-01', ['示例储罐']],
    ['q=EXAMPLE TANK', ['示例储罐']],
    ['q=%25', []],
    ['level=4&region=990101', []],
  ])('takes %s', async (query, expected) => {
    const { body } = await get(`/risk-points?${query}`);

    expect(names(body)).toEqual(expected);
    expect(body.total).toBe(expected.length);
  });

  it.each([
    'level=5',
    'level=1,1.0',
    'state=assessed,red',
    'bbox=1,2,3',
    'bbox=0,1,1,91',
    'bbox=0,2,1,1',
    'limit=0',
    'limit=1001',
    'limit=1e2',
    'region=99',
    'enterprise=7',
    'cursor=abc',
    'asOf=2026-01-01',
    'colour=dynamic',
    'level=1&level=2',
    'q=%00',
  ])('refuses %s', async (query) => {
    const { body } = await get(`/risk-points?${query}`, 400);

    expect(body.errors).toHaveLength(1);
  });

  it('answers as GeoJSON with a point each', async () => {
    const { body } = await get('/risk-points?limit=1').set('Accept', 'application/geo+json');

    expect(body).toMatchObject({
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          id: IDS.tank,
          geometry: { type: 'Point', coordinates: [125.5, 43.25] },
          properties: { level: 3, names: { zh: '示例储罐', en: 'Example tank' } },
        },
      ],
    });
    expect(body.next).toEqual(expect.any(String));
    await get('/risk-points', 406).set('Accept', 'text/csv');
  });
});

describe('one risk point', () => {
  it('comes with its region path, enterprise, sources worst first and measures strongest first', async () => {
    const { body } = await get(`/risk-points/${IDS.tank}`);

    expect(body).toMatchObject({
      id: IDS.tank,
      cityCode: '990100',
      regionCode: '990101',
      regionFlag: null,
      enterprise: { id: IDS.works, names: { zh: '示例化工', en: 'Example Chemicals' } },
      position: [125.5, 43.25],
      geometry: { type: 'Point', coordinates: [125.5, 43.25] },
      state: 'assessed',
      level: 3,
      lastLevel: 2,
      dynamicLevel: 3,
      since: '2026-05-01T00:00:00.000Z',
      dueAt: '2027-03-01T00:00:00.000Z',
      hazardSources: [
        { id: IDS.leak, state: 'assessed', level: 3, lastLevel: null, method: 'lec', score: 126 },
        { id: IDS.fire, state: 'expired', level: null, lastLevel: 2, method: null, score: null },
        { id: IDS.spark, state: 'not_assessed', level: null, lastLevel: null, assessmentId: null },
      ],
      measures: [
        { kind: 'engineering', text: { zh: '示例联锁', en: null }, hazardSourceId: IDS.leak },
        { kind: 'ppe', text: { zh: '示例防毒面具', en: null }, hazardSourceId: null },
      ],
    });
    expect((body.regionPath as { code: string }[]).map(({ code }) => code)).toEqual([
      '990000',
      '990100',
      '990101',
    ]);
  });

  it('keeps the shape of a line, and is placed on it', async () => {
    const { body } = await get(`/risk-points/${IDS.road}`);

    expect(body.geometry).toEqual({
      type: 'LineString',
      coordinates: [
        [126.2, 43.5],
        [126.4, 43.5],
      ],
    });
    expect(body.position[1]).toBe(43.5);
    expect(body.enterprise).toBeNull();
  });

  it('of the other basis is not assessed', async () => {
    const { body } = await get(`/risk-points/${IDS.tank}?basis=inherent`);

    expect(body).toMatchObject({
      basis: 'inherent',
      state: 'not_assessed',
      level: null,
      lastLevel: null,
    });
  });

  it.each(['', '/why'])('unknown%s is 404, malformed 400', async (more) => {
    await get(`/risk-points/${UNKNOWN}${more}`, 404);
    await get(`/risk-points/nonsense${more}`, 400);
    await get(`/risk-points/${IDS.tank}${more}?lang=en`, 400);
  });
});

describe('why a risk point has its colour', () => {
  const why = async (id: string) => (await get(`/risk-points/${id}/why`)).body;
  const steps = (body: { steps: { id: string }[] }) => body.steps.map(({ id }) => id);

  it('goes from the clause to the colour through the assessment that decided', async () => {
    const body = await why(IDS.tank);

    expect(body).toMatchObject({ state: 'assessed', level: 3, lastLevel: 2, dynamicLevel: 3 });
    expect(body.deciding).toMatchObject({
      subjectKind: 'hazard_source',
      subjectId: IDS.leak,
      riskPointId: IDS.tank,
      method: 'lec',
      version: 'national@1',
      inputs: { L: 3, E: 6, C: 7 },
      score: 126,
      level: 3,
      state: 'in_force',
      assessedAt: '2026-03-01T00:00:00.000Z',
    });
    expect(body.subjects).toMatchObject([
      { id: IDS.leak, state: 'assessed', level: 3, decides: true },
      { id: IDS.fire, state: 'expired', level: null, lastLevel: 2, decides: false },
      { id: IDS.spark, state: 'not_assessed', decides: false, assessment: null },
    ]);
    expect(steps(body)).toEqual(['clause', 'factors', 'score', 'level', 'worst-of', 'dynamic']);
    const said = (id: string) =>
      (body.steps as { id: string; text: { zh: string; en: string } }[]).find((s) => s.id === id)
        ?.text;
    expect(said('score')?.en).toContain('3 × 6 × 7 = 126');
    expect(said('level')?.zh).toContain('（黄）');
    expect(said('worst-of')).toEqual({
      zh: '就高：3 个对象中 1 个有有效评估，最重的是“示例泄漏” → 一般风险（黄）',
      en: 'Worst of: 1 of 3 subjects have an assessment in force, the worst is “Example leak” → Moderate risk (yellow)',
    });
    expect(body.dynamic).toEqual({ level: 3, applies: [] });
  });

  it('says when the assessment lapsed and keeps the chain behind the last level', async () => {
    const body = await why(IDS.square);

    expect(body).toMatchObject({ state: 'expired', level: null, lastLevel: 1 });
    expect(body.deciding).toMatchObject({ level: 1, score: 540, subjectKind: 'risk_point' });
    expect(body.subjects).toMatchObject([{ id: IDS.square, state: 'expired', decides: true }]);
    expect(steps(body)).toEqual(['clause', 'factors', 'score', 'level', 'expired', 'dynamic']);
    expect(body.steps[4].text.zh).toContain('2026-04-01');
  });

  it('of a closed point is its lifecycle', async () => {
    const body = await why(IDS.shut);

    expect(body).toMatchObject({ state: 'not_applicable', level: null, deciding: null });
    expect(steps(body)).toEqual(['lifecycle']);
  });

  it('of a point never assessed says that the risk is unknown', async () => {
    const { body } = await get(`/risk-points/${IDS.road}/why?basis=inherent`);

    expect(steps(body)).toEqual(['not-assessed', 'dynamic']);
    expect(body.steps[0].text.en).toContain('unknown');
  });
});
