import {
  aBox,
  anAssessment,
  anEnterprise,
  aRiskPoint,
  aSmallProvince,
  settle,
} from '#tests/support/factories.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const UNKNOWN = '018f0000-0000-7000-8000-0000000000ff';
const WORKS = '018f0000-0000-7000-8000-000000000001';
const PARK = '018f0000-0000-7000-8000-000000000002';
const NO_AREA = '018f0000-0000-7000-8000-000000000003';

let app: TestApp;

beforeAll(async () => {
  app = await testApp();
  await app.database.asOwner(async (trx) => {
    await aSmallProvince(trx);
    await trx.raw(
      `INSERT INTO jurisdictions (id, code, kind, names, geom, label, source) VALUES
        (?, 'P1', 'park', '{"zh": "示例园区", "en": "Example Park"}', ST_Multi(ST_GeomFromGeoJSON(?)),
          ST_SetSRID(ST_MakePoint(125.5, 43.25), 4326), 'test'),
        (?, NULL, 'committee', '{"zh": "示例委员会"}', NULL, NULL, 'test')`,
      [PARK, JSON.stringify(aBox(125.4, 43.2, 125.6, 43.3)), NO_AREA],
    );
    const works = await anEnterprise(trx, {
      id: WORKS,
      zh: '示例化工',
      en: 'Example Chemicals',
      uscc: '91220101MA00000001',
      fields: ['hazardous-chemicals', 'gas'],
      givenRegion: '990200',
    });
    const point = (zh: string, more = {}) => aRiskPoint(trx, { zh, enterprise: works, ...more });
    await anAssessment(trx, await point('示例一'), 2);
    await anAssessment(trx, await point('示例二'), 4);
    await anAssessment(trx, await point('示例三'), 1, { validUntil: '2026-04-01T00:00:00Z' });
    await point('示例四');
    await point('示例五', { lifecycle: 'planned' });
    await anEnterprise(trx, { zh: '示例空厂', at: [126.5, 43.5] });
    await anEnterprise(trx, { zh: '示例旧厂', at: [126.6, 43.5], lifecycle: 'closed' });
    await anEnterprise(trx, { zh: '示例海上', at: [10, 50] });
    await settle(trx, TEST_NOW);
  });
});
afterAll(() => app?.close());

const get = (path: string, status = 200) => app.agent.get(`/api/v1${path}`).expect(status);
const names = (body: { items: { names: { zh: string } }[] }) => body.items.map((i) => i.names.zh);

describe('listing enterprises', () => {
  it('gives the worst first, then by state and name, page by page', async () => {
    const first = (await get('/enterprises?limit=2')).body;
    const second = (await get(`/enterprises?limit=2&cursor=${first.next}`)).body;

    expect(names(first)).toEqual(['示例化工', '示例海上']);
    expect(first.total).toBe(4);
    expect(names(second)).toEqual(['示例空厂', '示例旧厂']);
    expect(second.next).toBeNull();
    expect(second).not.toHaveProperty('total');
  });

  it.each([
    ['region=990200', ['示例空厂', '示例旧厂']],
    ['region=000000', ['示例海上']],
    ['bbox=126.4,43.4,126.55,43.6', ['示例空厂']],
    ['level=2', ['示例化工']],
    ['state=not_assessed', ['示例海上', '示例空厂']],
    ['field=gas,schools', ['示例化工']],
    ['q=0000001', ['示例化工']],
    ['q=chemicals', ['示例化工']],
    ['basis=inherent&state=assessed', []],
  ])('takes %s', async (query, expected) => {
    const { body } = await get(`/enterprises?${query}`);

    expect(names(body)).toEqual(expected);
    expect(body.total).toBe(expected.length);
  });

  it.each(['dynamic=1', 'enterprise=1', 'cursor=e30', 'field=', 'bbox=a,b,c,d'])(
    'refuses %s',
    async (query) => {
      await get(`/enterprises?${query}`, 400);
    },
  );

  it('answers as GeoJSON', async () => {
    const { body } = await get('/enterprises?level=2').set('Accept', 'application/geo+json');

    expect(body.features).toMatchObject([
      { id: WORKS, geometry: { type: 'Point', coordinates: [125.5, 43.25] } },
    ]);
  });
});

describe('one enterprise', () => {
  it('has the worst level of its points and counts them by level and state', async () => {
    const { body } = await get(`/enterprises/${WORKS}`);

    expect(body).toMatchObject({
      names: { zh: '示例化工', en: 'Example Chemicals' },
      uscc: '91220101MA00000001',
      state: 'assessed',
      level: 2,
      lastLevel: 1,
      cityCode: '990100',
      regionCode: '990101',
      regionFlag: 'disagrees',
      counts: {
        n1: 0,
        n2: 1,
        n3: 0,
        n4: 1,
        nNotAssessed: 1,
        nExpired: 1,
        nNotApplicable: 1,
        assessed: 2,
        total: 4,
      },
    });
  });

  it('unknown is 404, malformed 400', async () => {
    await get(`/enterprises/${UNKNOWN}`, 404);
    await get('/enterprises/nonsense', 400);
    await get(`/enterprises/${WORKS}?rule=highest`, 400);
  });
});

describe('jurisdictions', () => {
  it('are listed by name, those without a boundary too', async () => {
    const { body } = await get('/jurisdictions');

    expect(body.items).toEqual([
      {
        id: PARK,
        code: 'P1',
        kind: 'park',
        names: { zh: '示例园区', en: 'Example Park' },
        label: [125.5, 43.25],
        bbox: [125.4, 43.2, 125.6, 43.3],
        hasArea: true,
        source: 'test',
      },
      {
        id: NO_AREA,
        code: null,
        kind: 'committee',
        names: { zh: '示例委员会', en: null },
        label: null,
        bbox: null,
        hasArea: false,
        source: 'test',
      },
    ]);
    const first = (await get('/jurisdictions?limit=1')).body;
    const second = (await get(`/jurisdictions?limit=1&cursor=${first.next}`)).body;
    expect([names(first), names(second), second.next]).toEqual([
      ['示例园区'],
      ['示例委员会'],
      null,
    ]);
  });

  it('count the risk points inside their area', async () => {
    const { body } = await get(`/jurisdictions/${PARK}/summary`);

    expect(body.counts).toEqual({
      n1: 0,
      n2: 1,
      n3: 0,
      n4: 1,
      nNotAssessed: 1,
      nExpired: 1,
      nNotApplicable: 1,
      assessed: 2,
      total: 4,
    });
    expect((await get(`/jurisdictions/${NO_AREA}/summary`)).body.counts.total).toBe(0);
  });

  it('unknown are 404, malformed 400', async () => {
    for (const more of ['', '/summary']) {
      await get(`/jurisdictions/${UNKNOWN}${more}`, 404);
      await get(`/jurisdictions/nonsense${more}`, 400);
    }
  });
});
