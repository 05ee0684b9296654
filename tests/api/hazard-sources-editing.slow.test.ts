import { aRiskPoint, aSmallProvince, settle } from '#tests/support/factories.ts';
import { editing, judged, newSquare, pointersOf } from '#tests/support/editing.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const UNKNOWN = '018f0000-0000-7000-8000-0000000000ff';
const TANK = '018f0000-0000-7000-8000-000000000001';

let app: TestApp;
let edit: ReturnType<typeof editing>;

beforeAll(async () => {
  app = await testApp();
  edit = editing(app);
  await app.database.asOwner(async (trx) => {
    await aSmallProvince(trx);
    await aRiskPoint(trx, { id: TANK });
    await settle(trx, TEST_NOW);
  });
}, 180_000);
afterAll(() => app?.close());

const leak = (more: object = {}) => ({
  riskPointId: TANK,
  names: { zh: '示例泄漏' },
  kind: 'substance',
  ...more,
});
const made = async (more: object = {}): Promise<{ id: string; path: string }> => {
  const { id } = (await edit.post('/hazard-sources', leak(more))).body;
  return { id, path: `/hazard-sources/${id}` };
};
const aPoint = async (): Promise<string> => (await edit.post('/risk-points', newSquare())).body.id;

describe('adding a hazard source', () => {
  it('answers with all of it, and the risk point has it at once', async () => {
    const res = await edit.post('/hazard-sources', {
      riskPointId: TANK,
      names: { zh: '示例液氨', en: 'Example ammonia' },
      kind: 'substance',
      accidentTypes: [{ zh: '中毒和窒息' }, { zh: '其他爆炸', en: 'Other explosion' }],
      category: '危险化学品',
      attributes: { CAS: '7664-41-7' },
    });

    expect(res.body).toMatchObject({
      version: 1,
      riskPointId: TANK,
      names: { zh: '示例液氨', en: 'Example ammonia' },
      kind: 'substance',
      accidentTypes: [
        { zh: '中毒和窒息', en: null },
        { zh: '其他爆炸', en: 'Other explosion' },
      ],
      category: '危险化学品',
      attributes: { CAS: '7664-41-7' },
      origin: null,
      state: 'not_assessed',
      measures: [],
    });
    expect(res.headers['location']).toBe(`/api/v1/hazard-sources/${res.body.id}`);
    const point = (await edit.read(`/risk-points/${TANK}`)).body;
    expect(point.hazardSources).toMatchObject([{ id: res.body.id, version: 1 }]);
    expect((await edit.read(`/hazard-sources/${res.body.id}`)).body).toEqual(res.body);
  });

  it('tells every fault at once, of the schema and of the rules', async () => {
    const res = await edit.post(
      '/hazard-sources',
      leak({ riskPointId: UNKNOWN, kind: 'ghost', accidentTypes: [{ en: 'x' }], level: 1 }),
      422,
    );

    expect(pointersOf(res)).toEqual(['/accidentTypes/0/zh', '/kind', '/level', '/riskPointId']);
  });

  it('to a risk point that is unknown or deleted is refused', async () => {
    const point = await aPoint();
    await edit.remove(`/risk-points/${point}`);

    for (const riskPointId of [UNKNOWN, point]) {
      const res = await edit.post('/hazard-sources', leak({ riskPointId }), 422);
      expect(pointersOf(res)).toEqual(['/riskPointId']);
    }
  });

  it('is done once for one Idempotency-Key', async () => {
    const post = (zh: string) =>
      app.agent
        .post('/api/v1/hazard-sources')
        .set('Idempotency-Key', 'same')
        .send(leak({ names: { zh } }));

    const [first, again] = [await post('一').expect(201), await post('一').expect(201)];

    expect(again.body.id).toBe(first.body.id);
    await post('二').expect(409);
  });
});

describe('changing a hazard source', () => {
  it('sets what is given, clears what is null and leaves the rest', async () => {
    const { path } = await made({ category: '旧', attributes: { a: '1' } });

    const res = await edit.patch(path, { category: null, kind: 'equipment' });

    expect(res.body).toMatchObject({
      version: 2,
      names: { zh: '示例泄漏' },
      kind: 'equipment',
      category: null,
      attributes: { a: '1' },
    });
    expect((await edit.patch(path, {})).body.version).toBe(2);
  });

  it('refuses null for what it must have, and another risk point', async () => {
    const { path } = await made();

    const res = await edit.patch(path, { names: null, kind: null, riskPointId: TANK }, 422);

    expect(pointersOf(res)).toEqual(['/kind', '/names', '/riskPointId']);
  });

  it('needs If-Match, which an assessment in between does not make stale', async () => {
    const { path } = await made();
    const tag = await edit.tagOf(path);
    await edit.post(`${path}/assessments`, judged('low'));
    const patch = (match: string) =>
      app.agent.patch(`/api/v1${path}`).set('If-Match', match).send({ category: '示例' });

    await app.agent.patch(`/api/v1${path}`).send({}).expect(428);
    expect((await patch(tag).expect(200)).body).toMatchObject({ level: 4, category: '示例' });
    await patch(tag).expect(412);
    await patch('*').expect(200);
  });

  it('lets one of two win that build on the same version', async () => {
    const { path } = await made();
    const tag = await edit.tagOf(path);

    const answers = await Promise.all(
      ['一', '二'].map((category) =>
        app.agent.patch(`/api/v1${path}`).set('If-Match', tag).send({ category }),
      ),
    );

    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '412']);
  });

  it('goes on while its risk point moves to another city', async () => {
    const point = await aPoint();
    const { path } = await made({ riskPointId: point });
    const tag = await edit.tagOf(`/risk-points/${point}`);

    const [moved, changed] = await Promise.all([
      app.agent
        .patch(`/api/v1/risk-points/${point}`)
        .set('If-Match', tag)
        .send({ position: [126.5, 43.5] }),
      app.agent.patch(`/api/v1${path}`).set('If-Match', '"1"').send({ category: '示例' }),
    ]);

    expect([moved.status, changed.status]).toEqual([200, 200]);
    expect((await edit.read(path)).body.category).toBe('示例');
    expect((await edit.read(`/risk-points/${point}`)).body.hazardSources).toHaveLength(1);
  });

  it('unknown, malformed or deleted is not found', async () => {
    const { path } = await made();
    await edit.remove(path);

    for (const [where, status] of [
      [`/hazard-sources/${UNKNOWN}`, 404],
      [path, 404],
      ['/hazard-sources/nonsense', 400],
    ] as const) {
      await app.agent.patch(`/api/v1${where}`).set('If-Match', '*').send({}).expect(status);
      await app.agent.delete(`/api/v1${where}?reason=x`).set('If-Match', '*').expect(status);
    }
    await edit.restore(`/hazard-sources/${UNKNOWN}`, 404);
  });
});

describe('deleting a hazard source', () => {
  it('takes its measures and its level along, and restoring brings exactly those back', async () => {
    const point = await aPoint();
    const { id, path } = await made({ riskPointId: point });
    const measure = async (more: object) =>
      (
        await edit.post('/measures', {
          riskPointId: point,
          kind: 'ppe',
          text: { zh: '示例面具' },
          ...more,
        })
      ).body.id as string;
    const [own, early] = [
      await measure({ hazardSourceId: id }),
      await measure({ hazardSourceId: id }),
    ];
    const other = await measure({});
    await edit.post(`${path}/assessments`, judged('serious'));
    await edit.remove(`/measures/${early}`);
    const pointOf = async () => (await edit.read(`/risk-points/${point}`)).body;
    expect(await pointOf()).toMatchObject({ level: 2 });

    const { body } = await edit.remove(path, '已消除');

    expect(body).toMatchObject({
      id,
      kind: 'hazard_source',
      reason: '已消除',
      children: { riskPoints: 0, hazardSources: 0, measures: 1 },
    });
    const without = await pointOf();
    expect(without).toMatchObject({ state: 'not_assessed', level: null, hazardSources: [] });
    expect(without.measures.map((row: { id: string }) => row.id)).toEqual([other]);
    await edit.read(path, 404);

    expect((await edit.restore(path)).body).toMatchObject({ level: 2, measures: [{ id: own }] });

    expect(await pointOf()).toMatchObject({ level: 2 });
    await edit.read(`/measures/${early}`, 404);
    await edit.restore(path, 409);
  });

  it('is not restored while its risk point is deleted', async () => {
    const point = await aPoint();
    const { path } = await made({ riskPointId: point });
    await edit.remove(path);
    await edit.remove(`/risk-points/${point}`);

    expect((await edit.restore(path, 409)).body.detail).toContain('风险点');

    await edit.restore(`/risk-points/${point}`);
    await edit.restore(path);
  });

  it('needs a reason and If-Match', async () => {
    const { path } = await made();

    await app.agent.delete(`/api/v1${path}?reason=x`).expect(428);
    await app.agent.delete(`/api/v1${path}`).set('If-Match', '*').expect(400);
    await app.agent.delete(`/api/v1${path}?reason=x`).set('If-Match', '"2"').expect(412);
  });
});
