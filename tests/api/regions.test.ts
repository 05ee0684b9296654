import {
  anAssessment,
  anEnterprise,
  aRiskPoint,
  aSmallProvince,
  settle,
} from '#tests/support/factories.ts';
import type { Level } from '#server/domain/level.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

let app: TestApp;

/**
 * City A (990100), county 990101: one major, one serious, one moderate enterprise and one never assessed.
 * County 990102: a public place that expired as serious, and a closed one. City B (990200): one low public place.
 */
beforeAll(async () => {
  app = await testApp();
  await app.database.asOwner(async (trx) => {
    await aSmallProvince(trx);
    const add = async (zh: string, level: Level | null, fields: string[]) => {
      const enterprise = await anEnterprise(trx, { zh, fields });
      const point = await aRiskPoint(trx, { zh: `${zh}罐`, enterprise, fields });
      if (level) await anAssessment(trx, point, level);
    };
    await add('示例重大厂', 1, ['gas']);
    await add('示例较大厂', 2, ['gas']);
    await add('示例一般厂', 3, ['schools']);
    await add('示例未评厂', null, ['schools']);
    const expired = await aRiskPoint(trx, { zh: '示例过期广场', at: [125.5, 43.75] });
    await anAssessment(trx, expired, 2, { validUntil: '2026-04-01T00:00:00Z' });
    await aRiskPoint(trx, { zh: '示例关闭广场', at: [125.6, 43.75], lifecycle: 'closed' });
    await anAssessment(trx, await aRiskPoint(trx, { zh: '示例公园', at: [126.5, 43.5] }), 4);
    await settle(trx, TEST_NOW);
  });
});
afterAll(() => app?.close());

const get = (path: string, status = 200) => app.agent.get(`/api/v1/regions${path}`).expect(status);

describe('listing regions', () => {
  it('gives the roots first, then by code', async () => {
    const { body } = await get('');

    const codes = (body.items as { code: string }[]).map(({ code }) => code);
    expect(codes).toEqual(['990000', '990100', '990200', '990101', '990102']);
    expect(body.next).toBeNull();
  });

  it('takes a depth and a part of a name, and pages without a gap', async () => {
    const byDepth = (await get('?depth=county')).body;
    expect(byDepth.items).toHaveLength(2);
    const byName = (await get(`?q=${encodeURIComponent('city a')}`)).body;
    expect(byName.items).toMatchObject([{ code: '990100' }]);

    const first = (await get('?limit=3')).body;
    const rest = (await get(`?limit=3&cursor=${first.next}`)).body;
    expect(rest.items).toMatchObject([{ code: '990101' }, { code: '990102' }]);
    expect(rest.next).toBeNull();
  });

  it('gives the outlines as GeoJSON where that is asked for', async () => {
    const { body, headers } = await get('?depth=province').set('Accept', 'application/geo+json');

    expect(headers['content-type']).toBe('application/geo+json');
    expect(body.features).toMatchObject([
      { id: '990000', geometry: { type: 'MultiPolygon' }, properties: { code: '990000' } },
    ]);
    expect(body.features[0].geometry.coordinates[0][0]).toContainEqual([125, 43]);
  });

  it.each(['nonsense', 'W10', 'WzEsMl0', 'WzEsIuWtlyIsM10', 'WyJhIiwiYiJd'])(
    'refuses the cursor %s',
    async (cursor) => {
      const { body } = await get(`?cursor=${cursor}`, 400);

      expect(body.errors).toMatchObject([{ parameter: 'cursor' }]);
    },
  );
});

describe('one region', () => {
  it('comes with its ancestors and what lies below it', async () => {
    const { body } = await get('/990101');

    expect(body).toMatchObject({
      code: '990101',
      parentCode: '990100',
      depth: 'county',
      names: { zh: '示例南县', en: null },
      bbox: [125, 43, 126, 43.5],
      label: [125.5, 43.25],
      approvalNumber: null,
      childDepth: null,
      childCount: 0,
      ancestors: [
        { code: '990000', depth: 'province', names: { zh: '示例省', en: 'Example Province' } },
        { code: '990100', depth: 'city', names: { zh: '示例甲市', en: 'City A' } },
      ],
    });
    // About 81 km by 55.6 km at 43.25 north.
    expect(body.areaKm2).toBeGreaterThan(4400);
    expect(body.areaKm2).toBeLessThan(4600);
    expect((await get('/990100')).body).toMatchObject({ childDepth: 'county', childCount: 2 });
  });

  it.each(['', '/summary', '/children', '/why'])(
    'unknown%s is 404, malformed 400',
    async (more) => {
      await get(`/110000${more}`, 404);
      await get(`/99${more}`, 400);
    },
  );
});

describe('the summary of a region', () => {
  it('counts points and voting subjects by level and state, and gives the area its colour', async () => {
    const { body } = await get('/990101/summary');

    expect(body).toMatchObject({ basis: 'current', enterprises: 4 });
    expect(body).toMatchObject({
      n1: 1,
      n2: 1,
      n3: 1,
      n4: 0,
      nNotAssessed: 1,
      nExpired: 0,
      nNotApplicable: 0,
      assessed: 3,
      total: 4,
      s1: 1,
      s2: 1,
      s3: 1,
      s4: 0,
      sU: 1,
      sExpired1: 0,
    });
    // W = (10 + 5 + 2) / 3 = 5.667 → red; W⁺ = (17 + 5) / 4 = 5.5 → red; gate 3 of 4.
    expect(body).toMatchObject({
      state: 'assessed',
      level: 1,
      rule: 'weighted',
      wPlus: 5.5,
      wPlusLevel: 1,
      pending: false,
      gate: { passed: true, share: 0.75, threshold: 0.6, edgeLevel: 1 },
      floor: null,
    });
    expect(body.w).toBeCloseTo(17 / 3, 12);
    expect(body.ruleLabel.zh).toBe('区域综合色 · 本平台加权法 v1（非法定区域风险等级）');
  });

  it('of a county below the gate has no colour, but the edge of the worst known level', async () => {
    const { body } = await get('/990102/summary');

    expect(body).toMatchObject({
      nExpired: 1,
      nNotApplicable: 1,
      assessed: 0,
      total: 1,
      sU: 1,
    });
    expect(body).toMatchObject({ state: 'insufficient', level: null, w: null });
    expect(body.gate).toMatchObject({ passed: false, share: 0, edgeLevel: 2 });
  });

  it('of the province counts all below it and has no colour under any rule', async () => {
    for (const rule of ['weighted', 'highest']) {
      const { body } = await get(`/990000/summary?rule=${rule}`);
      expect(body).toMatchObject({
        n1: 1,
        n4: 1,
        total: 6,
        nNotApplicable: 1,
        s4: 1,
        sU: 2,
      });
      expect(body).toMatchObject({ state: 'assessed', level: null, rule });
    }
  });

  it('under the rule “highest” has the worst level and no gate', async () => {
    const { body } = await get('/990100/summary?rule=highest');

    expect(body).toMatchObject({ level: 1, rule: 'highest', gate: null, w: null });
  });

  it('counts only the fields asked for', async () => {
    const { body } = await get('/990101/summary?field=gas');

    expect(body).toMatchObject({ n1: 1, n2: 1, n3: 0, total: 2, s1: 1, s2: 1, sU: 0 });
    expect(body.enterprises).toBe(2);
  });

  it('of the other basis knows nothing of this one', async () => {
    const { body } = await get('/990101/summary?basis=inherent');

    expect(body).toMatchObject({ n1: 0, nNotAssessed: 4, assessed: 0, total: 4, sU: 4 });
    expect(body).toMatchObject({ state: 'not_assessed', level: null });
  });

  it('counts by the dynamic level where that one paints', async () => {
    const { body } = await get('/990100/summary?colour=dynamic');

    expect(body).toMatchObject({
      n1: 1,
      n2: 1,
      n3: 1,
      nNotAssessed: 1,
      nExpired: 1,
      total: 5,
    });
  });

  it.each([
    '?asOf=2025-06-30',
    '?rule=density',
    '?colour=blue',
    '?field=',
    '?basis=current&basis=inherent',
  ])('refuses %s', async (query) => {
    await get(`/990101/summary${query}`, 400);
  });
});

describe('the children of a region', () => {
  it('come with their summaries, by code', async () => {
    const { body } = await get('/990000/children');

    expect(body.items).toMatchObject([
      // 3 of 5 subjects are assessed: exactly 60 % passes. W = 17 / 3.
      {
        code: '990100',
        s1: 1,
        s2: 1,
        s3: 1,
        sU: 2,
        level: 1,
        state: 'assessed',
      },
      { code: '990200', s4: 1, sU: 0, level: 4, w: 1, pending: false },
    ]);
    expect((await get('/990200/children')).body.items).toEqual([]);
  });
});

describe('why a region has its colour', () => {
  it('names the steps and the worst voting subjects', async () => {
    const { body } = await get('/990101/why');

    expect(body.region).toEqual({
      code: '990101',
      depth: 'county',
      names: { zh: '示例南县', en: null },
    });
    expect((body.steps as { id: string }[]).map(({ id }) => id)).toEqual([
      'counts',
      'coloured',
      'mean',
      'red',
    ]);
    expect(body.steps[2].text.en).toBe('W = (10×1 + 5×1 + 2×1 + 1×0) ÷ 3 = 17 ÷ 3 = 5.667');
    expect(body.worst).toMatchObject([
      { kind: 'enterprise', names: { zh: '示例重大厂' }, level: 1, state: 'assessed' },
      { names: { zh: '示例较大厂' }, level: 2 },
      { names: { zh: '示例一般厂' }, level: 3 },
    ]);
    expect(body.worst[0].position[0]).toBeCloseTo(125.5, 9);
    expect(body.worst[0].position[1]).toBeCloseTo(43.25, 9);
  });

  it('lists an expired subject by its last level', async () => {
    const { body } = await get('/990102/why');

    expect(body.worst).toMatchObject([
      { kind: 'risk_point', state: 'expired', level: null, lastLevel: 2 },
    ]);
  });
});
