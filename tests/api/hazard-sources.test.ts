import {
  aHazardSource,
  aMeasure,
  anAssessment,
  aRiskPoint,
  aSmallProvince,
  settle,
} from '#tests/support/factories.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const UNKNOWN = '018f0000-0000-7000-8000-0000000000ff';
const IDS = {
  tank: '018f0000-0000-7000-8000-000000000002',
  road: '018f0000-0000-7000-8000-000000000004',
  leak: '018f0000-0000-7000-8000-000000000006',
  fire: '018f0000-0000-7000-8000-000000000007',
  spark: '018f0000-0000-7000-8000-000000000008',
} as const;

let app: TestApp;

beforeAll(async () => {
  app = await testApp();
  await app.database.asOwner(async (trx) => {
    await aSmallProvince(trx);
    const tank = await aRiskPoint(trx, { id: IDS.tank });
    const leak = await aHazardSource(trx, tank, {
      id: IDS.leak,
      zh: '示例泄漏',
      en: 'Example leak',
    });
    await aHazardSource(trx, tank, { id: IDS.fire, zh: '示例火灾' });
    await aHazardSource(trx, tank, { id: IDS.spark, zh: '示例静电' });
    await anAssessment(trx, tank, 3, { source: leak });
    await aMeasure(trx, tank, { kind: 'ppe', zh: '示例防毒面具' });
    await aMeasure(trx, tank, { kind: 'engineering', zh: '示例联锁', source: leak });
    await aRiskPoint(trx, { id: IDS.road });
    await settle(trx, TEST_NOW);
  });
});
afterAll(() => app?.close());

const get = (path: string, status = 200) => app.agent.get(`/api/v1${path}`).expect(status);
const names = (body: { items: { names: { zh: string } }[] }) => body.items.map((i) => i.names.zh);

describe('hazard sources', () => {
  it('are listed in the order they were made, page by page', async () => {
    const first = (await get('/hazard-sources?limit=2')).body;
    const second = (await get(`/hazard-sources?limit=2&cursor=${first.next}`)).body;

    expect([...names(first), ...names(second)]).toEqual(['示例泄漏', '示例火灾', '示例静电']);
    expect(second.next).toBeNull();
  });

  it('are listed for one risk point', async () => {
    expect((await get(`/hazard-sources?riskPoint=${IDS.tank}`)).body.items).toHaveLength(3);
    expect((await get(`/hazard-sources?riskPoint=${IDS.road}`)).body.items).toEqual([]);
    await get('/hazard-sources?riskPoint=7', 400);
    await get('/hazard-sources?cursor=WyI3Il0', 400);
  });

  it('come alone with their own measures', async () => {
    const { body } = await get(`/hazard-sources/${IDS.leak}`);

    expect(body).toMatchObject({
      riskPointId: IDS.tank,
      names: { zh: '示例泄漏', en: 'Example leak' },
      accidentTypes: [{ zh: '中毒和窒息', en: 'Poisoning and asphyxiation' }],
      level: 3,
      measures: [{ text: { zh: '示例联锁', en: null } }],
    });
    await get(`/hazard-sources/${UNKNOWN}`, 404);
    await get('/hazard-sources/nonsense', 400);
  });

  it('lapse with the clock, before anything was written', async () => {
    app.clock.now = Date.UTC(2027, 2, 1);
    const { body } = await get(`/hazard-sources/${IDS.leak}`);
    app.clock.now = TEST_NOW;

    expect(body).toMatchObject({ state: 'expired', level: null, lastLevel: 3 });
  });
});
