import { completeUscc } from '#server/domain/identifiers/uscc.ts';
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
import { editing, newEnterprise, summaryOf, tileText } from '#tests/support/editing.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

let app: TestApp;
let edit: ReturnType<typeof editing>;

beforeAll(async () => {
  app = await testApp();
  edit = editing(app);
  await app.database.asOwner(async (trx) => {
    await aSmallProvince(trx);
  });
}, 180_000);
afterAll(() => app?.close());

const made = async (more: object = {}): Promise<{ id: string; path: string }> => {
  const { body } = await edit.post('/enterprises', newEnterprise(more));
  return { id: body.id, path: `/enterprises/${body.id}` };
};
/** Enterprises with a point, a source and a measure each, as the database alone can make them with levels. */
const aWorks = async (zh: string, levels: readonly (1 | 2 | 3 | 4)[]) =>
  app.database.asOwner(async (trx) => {
    const works = await anEnterprise(trx, { zh });
    const points: Placed[] = [];
    for (const level of levels) {
      const point = await aRiskPoint(trx, { zh: `${zh}点`, enterprise: works });
      const source = await aHazardSource(trx, point);
      await anAssessment(trx, point, level, { source });
      await aMeasure(trx, point, { source });
      await aMeasure(trx, point);
      points.push(point);
    }
    await settle(trx, TEST_NOW);
    return { works, points, path: `/enterprises/${works.id}` };
  });

describe('deleting an enterprise', () => {
  it('takes its tree out of lists, counts and tiles, and restoring brings exactly that back', async () => {
    const { works, points, path } = await aWorks('示例整树', [1, 3]);
    const [first, second] = points.map(({ id }) => `/risk-points/${id}`);
    const counts = await summaryOf(app, '990101');
    const tile = () => tileText(app, 'enterprises', [125.5, 43.25]);
    // One point went before, on its own: it must not come back with the enterprise.
    await edit.remove(second ?? '');

    const { body } = await edit.remove(path, '重复录入');

    expect(body).toEqual({
      id: works.id,
      kind: 'enterprise',
      reason: '重复录入',
      at: new Date(TEST_NOW).toISOString(),
      children: { riskPoints: 1, hazardSources: 1, measures: 2 },
    });
    await edit.read(path, 404);
    await edit.read(first ?? '', 404);
    await edit.read(`${first ?? ''}/why`, 404);
    expect((await edit.read('/enterprises?q=示例整树')).body.total).toBe(0);
    expect((await summaryOf(app, '990101')).total).toBe(counts.total - 2);
    expect(await tile()).not.toContain(works.id);

    const restored = await edit.restore(path);

    expect(restored.body).toMatchObject({ id: works.id, level: 1, counts: { n1: 1, total: 1 } });
    expect(await tile()).toContain(works.id);
    const point = (await edit.read(first ?? '')).body;
    expect(point.hazardSources).toHaveLength(1);
    expect(point.measures).toHaveLength(2);
    await edit.read(second ?? '', 404);
    expect((await summaryOf(app, '990101')).total).toBe(counts.total - 1);
    await edit.restore(path, 409);
  });

  it('needs a reason and If-Match', async () => {
    const { path } = await made();
    const remove = (query: object, match: string) =>
      app.agent.delete(`/api/v1${path}`).query(query).set('If-Match', match);

    await app.agent.delete(`/api/v1${path}?reason=x`).expect(428);
    await remove({}, '*').expect(400);
    await remove({ reason: '  ' }, '*').expect(400);
    await remove({ reason: 'x'.repeat(501) }, '*').expect(400);
    await remove({ reason: 'x' }, '"7"').expect(412);
    await remove({ reason: 'x'.repeat(500) }, '"1"').expect(200);
  });

  it('frees its credit code, and is not restored once another has it', async () => {
    const code = completeUscc('91990101MA00000E');
    const { path } = await made({ uscc: code });
    await edit.remove(path);
    const second = await made({ uscc: code, names: { zh: '示例接手' } });

    const res = await edit.restore(path, 409);

    expect(res.body.detail).toContain('示例接手');
    await edit.remove(second.path);
    expect((await edit.restore(path)).body.uscc).toBe(code);
  });

  it('lets one of a deletion and a change win that build on the same version', async () => {
    const { path } = await made();
    const tag = await edit.tagOf(path);

    const [change, removal] = await Promise.all([
      app.agent.patch(`/api/v1${path}`).set('If-Match', tag).send({ address: '示例' }),
      app.agent.delete(`/api/v1${path}?reason=x`).set('If-Match', tag),
    ]);

    // Whoever comes second meets another version, or no row at all.
    expect([change.status, removal.status]).toEqual(
      change.status === 200 ? [200, 412] : [404, 200],
    );
  });
});
