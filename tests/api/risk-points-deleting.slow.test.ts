import {
  aHazardSource,
  aMeasure,
  anAssessment,
  anEnterprise,
  aRiskPoint,
  aSmallProvince,
  settle,
} from '#tests/support/factories.ts';
import type { Placed } from '#tests/support/factories.ts';
import { editing, judged, newSquare, newTank, summaryOf } from '#tests/support/editing.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

let app: TestApp;
let edit: ReturnType<typeof editing>;
let works: Placed;
let yard: Placed;

beforeAll(async () => {
  app = await testApp();
  edit = editing(app);
  await app.database.asOwner(async (trx) => {
    await aSmallProvince(trx);
    works = await anEnterprise(trx, { zh: '示例化工' });
    yard = await anEnterprise(trx, { zh: '示例堆场', at: [126.5, 43.5] });
    await settle(trx, TEST_NOW);
  });
}, 180_000);
afterAll(() => app?.close());
afterEach(() => {
  app.clock.now = TEST_NOW;
});

const made = async (body: object): Promise<{ id: string; path: string }> => {
  const { id } = (await edit.post('/risk-points', body)).body;
  return { id, path: `/risk-points/${id}` };
};

describe('deleting a risk point', () => {
  it('takes sources and measures along, and restoring brings exactly those back', async () => {
    const point = await app.database.asOwner(async (trx) => {
      const made = await aRiskPoint(trx, { zh: '示例整点', enterprise: yard, at: [126.3, 43.3] });
      const source = await aHazardSource(trx, made);
      const early = await aHazardSource(trx, made, { zh: '示例先删' });
      await anAssessment(trx, made, 3, { source });
      await anAssessment(trx, made, 1, { source: early });
      await aMeasure(trx, made, { source });
      await aMeasure(trx, made);
      await settle(trx, TEST_NOW);
      return { id: made.id, early: early.id };
    });
    const path = `/risk-points/${point.id}`;
    expect((await edit.read(path)).body.level).toBe(1);
    await edit.remove(`/hazard-sources/${point.early}`);
    expect((await edit.read(path)).body.level).toBe(3);
    const counts = await summaryOf(app, '990200');

    const { body } = await edit.remove(path, '已拆除');

    expect(body).toMatchObject({
      id: point.id,
      kind: 'risk_point',
      reason: '已拆除',
      children: { riskPoints: 0, hazardSources: 1, measures: 2 },
    });
    expect((await summaryOf(app, '990200')).total).toBe(counts.total - 1);
    expect((await edit.read(`/enterprises/${yard.id}`)).body.state).toBe('not_assessed');
    await edit.read(path, 404);
    await edit.read(`${path}/why`, 404);
    await app.agent.post(`/api/v1${path}/assessments`).send(judged('low')).expect(404);
    expect((await edit.read('/risk-points?q=示例整点')).body.total).toBe(0);
    expect((await edit.read(`/measures?riskPoint=${point.id}`)).body.items).toEqual([]);

    const restored = (await edit.restore(path)).body;

    expect(restored).toMatchObject({ level: 3, hazardSources: [{ level: 3 }] });
    expect(restored.measures).toHaveLength(2);
    expect(restored.hazardSources).toHaveLength(1);
    expect(await summaryOf(app, '990200')).toEqual(counts);
    expect((await edit.read(`/enterprises/${yard.id}`)).body.level).toBe(3);
    await edit.restore(path, 409);
  });

  it('is not restored alone while its enterprise is deleted', async () => {
    const owner = (
      await edit.post('/enterprises', { names: { zh: '示例厂' }, position: [125.5, 43.25] })
    ).body.id as string;
    const [first, second] = [
      await made(newTank(works.id, { enterpriseId: owner })),
      await made(newTank(works.id, { enterpriseId: owner })),
    ];
    await edit.remove(first.path);
    await edit.remove(`/enterprises/${owner}`);

    for (const { path } of [first, second]) {
      expect((await edit.restore(path, 409)).body.detail).toContain('企业');
    }
    await edit.restore(`/enterprises/${owner}`);
    await edit.read(second.path);
    expect((await edit.restore(first.path)).body.enterprise.id).toBe(owner);
  });

  it('deleted while the enterprise moved is restored in it', async () => {
    const owner = (
      await edit.post('/enterprises', { names: { zh: '示例迁' }, position: [125.5, 43.25] })
    ).body.id as string;
    const { path } = await made(newTank(works.id, { enterpriseId: owner }));
    await edit.remove(path);

    await edit.patch(`/enterprises/${owner}`, { position: [126.5, 43.5] });

    expect((await edit.restore(path)).body).toMatchObject({
      enterprise: { id: owner },
      cityCode: '990100',
    });
  });

  it('lapses that came in between are there after restoring', async () => {
    const { path } = await made(newSquare({ existsFrom: '2026-01-01T00:00:00Z' }));
    await edit.post(`${path}/assessments`, judged('serious', '2026-01-02T00:00:00Z'));
    await edit.remove(path);

    app.clock.now = Date.parse('2027-02-01T00:00:00Z');

    expect((await edit.restore(path)).body).toMatchObject({ state: 'expired', lastLevel: 2 });
  });
});
