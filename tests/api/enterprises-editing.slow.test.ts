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
import { editing, newEnterprise, pointersOf, summaryOf } from '#tests/support/editing.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const UNKNOWN = '018f0000-0000-7000-8000-0000000000ff';

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

describe('changing an enterprise', () => {
  it('sets what is given, clears what is null and leaves the rest', async () => {
    const { path } = await made({
      names: { zh: '示例甲', en: 'A' },
      industry: 'C26',
      address: '旧',
    });

    const res = await edit.patch(path, { address: null, category: '化工' });

    expect(res.body).toMatchObject({
      version: 2,
      names: { zh: '示例甲', en: 'A' },
      industry: 'C26',
      address: null,
      category: '化工',
    });
    expect((await edit.patch(path, { names: { zh: '示例乙' } })).body).toMatchObject({
      version: 3,
      names: { zh: '示例乙', en: null },
    });
    expect((await edit.patch(path, {})).body.version).toBe(3);
  });

  it('refuses null for what an enterprise must have, and says so beside other faults', async () => {
    const { path } = await made();

    const res = await edit.patch(
      path,
      { names: null, position: null, lifecycle: null, regionCode: '990199', uscc: '7' },
      422,
    );

    expect(pointersOf(res)).toEqual(['/lifecycle', '/names', '/position', '/regionCode', '/uscc']);
  });

  it('needs If-Match, refuses a stale one and takes *', async () => {
    const { path } = await made();
    const tag = await edit.tagOf(path);
    const patch = (match?: string) => {
      const request = app.agent.patch(`/api/v1${path}`).send({ address: '示例' });
      return match === undefined ? request : request.set('If-Match', match);
    };

    await patch().expect(428);
    await patch('"nonsense"').expect(400);
    await patch(tag).expect(200);
    const stale = await patch(tag).expect(412);
    expect(stale.body.detail).toContain('现为第 2 版');
    expect((await patch('*').expect(200)).body.version).toBe(3);
    await patch(`${tag}, "3"`).expect(200);
  });

  it('lets one of two win that build on the same version', async () => {
    const { path } = await made();
    const tag = await edit.tagOf(path);
    const patch = (address: string, at: readonly number[]) =>
      app.agent.patch(`/api/v1${path}`).set('If-Match', tag).send({ address, position: at });

    // Both move it to another city, so the loser waits for a row that is gone.
    const answers = await Promise.all([
      patch('示例一', [126.5, 43.5]),
      patch('示例二', [126.6, 43.5]),
      patch('示例三', [126.7, 43.5]),
    ]);

    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '412', '412']);
    const winner = answers.find(({ status }) => status === 200);
    expect((await edit.read(path)).body).toMatchObject({
      version: 2,
      address: winner?.body.address,
      cityCode: '990200',
    });
  });

  it('with another place moves it and its vote to that city, and keeps its points', async () => {
    const { path, points } = await aWorks('示例搬迁', [2]);
    const [before, there] = [await votes('990100'), await votes('990200')];

    const { body } = await edit.patch(path, { position: [126.5, 43.5] });

    expect(body).toMatchObject({ cityCode: '990200', regionCode: '990200', level: 2 });
    expect(body.counts).toMatchObject({ n2: 1, total: 1 });
    expect([await votes('990100'), await votes('990200')]).toEqual([before - 1, there + 1]);
    const point = (await edit.read(`/risk-points/${points[0]?.id}`)).body;
    expect(point).toMatchObject({ cityCode: '990100', enterprise: { id: body.id }, level: 2 });
    expect(point.measures).toHaveLength(2);
  });

  it('into closed takes its vote out of the counts and leaves its points', async () => {
    const { path, points } = await aWorks('示例关停', [1]);
    const before = await votes('990100');

    const { body } = await edit.patch(path, { lifecycle: 'closed' });

    expect(body).toMatchObject({ state: 'not_applicable', level: null });
    expect(await votes('990100')).toBe(before - 1);
    expect((await edit.read(`/risk-points/${points[0]?.id}`)).body).toMatchObject({
      state: 'assessed',
      level: 1,
    });
  });

  it('unknown, malformed or deleted is not found', async () => {
    const { path } = await made();
    await edit.remove(path);

    for (const [where, status] of [
      [`/enterprises/${UNKNOWN}`, 404],
      [path, 404],
      ['/enterprises/nonsense', 400],
    ] as const) {
      await app.agent.patch(`/api/v1${where}`).set('If-Match', '*').send({}).expect(status);
      await app.agent.delete(`/api/v1${where}?reason=x`).set('If-Match', '*').expect(status);
    }
    await edit.restore(`/enterprises/${UNKNOWN}`, 404);
  });
});

/** Live voting subjects of a city, assessed or not. */
async function votes(city: string): Promise<number> {
  const { s1, s2, s3, s4, sU } = await summaryOf(app, city);
  return s1 + s2 + s3 + s4 + sU;
}
