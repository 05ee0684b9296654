import { anEnterprise, aSmallProvince, settle } from '#tests/support/factories.ts';
import type { Placed } from '#tests/support/factories.ts';
import {
  editing,
  judged,
  newSquare,
  newTank,
  pointersOf,
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

describe('changing a risk point', () => {
  it('sets what is given, clears what is null and leaves the rest', async () => {
    const { path } = await made(
      newTank(works.id, {
        code: 'A',
        person: '示例某',
        names: { zh: '示例甲', en: 'A' },
        category: '旧',
      }),
    );

    const { body } = await edit.patch(path, { person: null, controlLevel: 'team' });

    expect(body).toMatchObject({
      version: 2,
      names: { zh: '示例甲', en: 'A' },
      code: 'A',
      person: null,
      controlLevel: 'team',
      category: '旧',
    });
    expect((await edit.patch(path, {})).body.version).toBe(2);
  });

  it('shows another name and field on the map at once', async () => {
    const { id, path } = await made(newTank(works.id, { position: [125.301, 43.301] }));

    await edit.patch(path, { names: { zh: '示例改名' }, fields: ['smelting'] });

    const tile = await tileText(app, 'risk-points', [125.301, 43.301]);
    expect(tile).toContain(id);
    expect(tile).toContain('示例改名');
    expect(tile).toContain('smelting');
  });

  it('refuses null for what a risk point must have', async () => {
    const { path } = await made(newTank(works.id));

    const res = await edit.patch(
      path,
      { names: null, kind: null, position: null, existsFrom: null, fields: null },
      422,
    );

    expect(pointersOf(res)).toEqual(['/existsFrom', '/fields', '/kind', '/names', '/position']);
  });

  it('keeps an enterprise for every kind but a public place', async () => {
    const { path } = await made(newTank(works.id));

    expect(pointersOf(await edit.patch(path, { enterpriseId: null }, 422))).toEqual([
      '/enterpriseId',
    ]);
    const { body } = await edit.patch(path, { enterpriseId: null, kind: 'public_place' });
    expect(body.enterprise).toBeNull();
    expect(pointersOf(await edit.patch(path, { kind: 'place' }, 422))).toEqual(['/enterpriseId']);
  });

  it('needs If-Match, which an assessment in between does not make stale', async () => {
    const { path } = await made(newSquare());
    const tag = await edit.tagOf(path);
    await edit.post(`${path}/assessments`, judged('low'));
    const patch = (match: string) =>
      app.agent.patch(`/api/v1${path}`).set('If-Match', match).send({ person: '示例' });

    await app.agent.patch(`/api/v1${path}`).send({}).expect(428);
    expect((await patch(tag).expect(200)).body).toMatchObject({ level: 4, person: '示例' });
    await patch(tag).expect(412);
    await patch('*').expect(200);
  });

  it('lets one of three win that build on the same version', async () => {
    const { path } = await made(newTank(works.id));
    const tag = await edit.tagOf(path);
    const patch = (person: string, lon: number) =>
      app.agent
        .patch(`/api/v1${path}`)
        .set('If-Match', tag)
        .send({ person, position: [lon, 43.5] });

    // All move it to another city, so the losers wait for a row that is gone.
    const answers = await Promise.all([patch('一', 126.5), patch('二', 126.6), patch('三', 126.7)]);

    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '412', '412']);
    const winner = answers.find(({ status }) => status === 200)?.body;
    expect((await edit.read(path)).body).toMatchObject({ version: 2, person: winner.person });
  });

  it('unknown, malformed or deleted is not found', async () => {
    const { path } = await made(newSquare());
    await edit.remove(path);

    for (const [where, status] of [
      [`/risk-points/${UNKNOWN}`, 404],
      [path, 404],
      ['/risk-points/nonsense', 400],
    ] as const) {
      await app.agent.patch(`/api/v1${where}`).set('If-Match', '*').send({}).expect(status);
      await app.agent.delete(`/api/v1${where}?reason=x`).set('If-Match', '*').expect(status);
    }
    await edit.restore(`/risk-points/${UNKNOWN}`, 404);
  });
});
