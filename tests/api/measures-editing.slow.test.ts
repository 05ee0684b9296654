import {
  aHazardSource,
  aMeasure,
  aRiskPoint,
  aSmallProvince,
  settle,
} from '#tests/support/factories.ts';
import { editing, newSquare, pointersOf } from '#tests/support/editing.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const UNKNOWN = '018f0000-0000-7000-8000-0000000000ff';
const IDS = {
  tank: '018f0000-0000-7000-8000-000000000001',
  road: '018f0000-0000-7000-8000-000000000002',
  leak: '018f0000-0000-7000-8000-000000000003',
  slip: '018f0000-0000-7000-8000-000000000004',
} as const;

let app: TestApp;
let edit: ReturnType<typeof editing>;

beforeAll(async () => {
  app = await testApp();
  edit = editing(app);
  await app.database.asOwner(async (trx) => {
    await aSmallProvince(trx);
    const tank = await aRiskPoint(trx, { id: IDS.tank });
    const road = await aRiskPoint(trx, { id: IDS.road, at: [126.5, 43.5] });
    const leak = await aHazardSource(trx, tank, { id: IDS.leak });
    await aHazardSource(trx, road, { id: IDS.slip });
    await aMeasure(trx, tank, { kind: 'ppe', zh: '示例面具' });
    await aMeasure(trx, tank, { kind: 'engineering', zh: '示例联锁', source: leak });
    await aMeasure(trx, tank, { kind: 'management', zh: '示例巡检', source: leak });
    await aMeasure(trx, road, { kind: 'training', zh: '示例培训' });
    await settle(trx, TEST_NOW);
  });
}, 180_000);
afterAll(() => app?.close());

const gate = (more: object = {}) => ({
  riskPointId: IDS.road,
  kind: 'management',
  text: { zh: '示例值守' },
  ...more,
});
const made = async (more: object = {}): Promise<{ id: string; path: string }> => {
  const { id } = (await edit.post('/measures', gate(more))).body;
  return { id, path: `/measures/${id}` };
};
const texts = (body: { items: { text: { zh: string } }[] }) =>
  body.items.map(({ text }) => text.zh);

describe('listing measures', () => {
  it('gives those of a risk point and its sources, strongest kind first, page by page', async () => {
    const first = (await edit.read(`/measures?riskPoint=${IDS.tank}&limit=2`)).body;
    const second = (await edit.read(`/measures?riskPoint=${IDS.tank}&limit=2&cursor=${first.next}`))
      .body;

    expect([texts(first), texts(second)]).toEqual([['示例联锁', '示例巡检'], ['示例面具']]);
    expect(second.next).toBeNull();
    expect(first.items[0]).toMatchObject({
      version: 1,
      riskPointId: IDS.tank,
      hazardSourceId: IDS.leak,
      kind: 'engineering',
    });
  });

  it('gives those of a hazard source alone, or all', async () => {
    const { body } = await edit.read(`/measures?hazardSource=${IDS.leak}`);

    expect(texts(body)).toEqual(['示例联锁', '示例巡检']);
    expect(texts((await edit.read('/measures')).body)).toContain('示例培训');
    await edit.read('/measures?riskPoint=7', 400);
    await edit.read('/measures?cursor=e30', 400);
  });
});

describe('adding a measure', () => {
  it('answers with it, and its risk point and source have it at once', async () => {
    const res = await edit.post('/measures', {
      riskPointId: IDS.road,
      hazardSourceId: IDS.slip,
      kind: 'engineering',
      text: { zh: '示例护栏', en: 'Example rail' },
    });

    expect(res.body).toEqual({
      id: expect.any(String) as string,
      version: 1,
      riskPointId: IDS.road,
      hazardSourceId: IDS.slip,
      kind: 'engineering',
      text: { zh: '示例护栏', en: 'Example rail' },
    });
    expect(res.headers['location']).toBe(`/api/v1/measures/${res.body.id}`);
    expect((await edit.read(`/measures/${res.body.id}`)).body).toEqual(res.body);
    expect((await edit.read(`/hazard-sources/${IDS.slip}`)).body.measures).toEqual([res.body]);
    expect((await edit.read(`/risk-points/${IDS.road}`)).body.measures).toContainEqual(res.body);
  });

  it.each([
    ['an unknown risk point', { riskPointId: UNKNOWN }, ['/riskPointId']],
    ['a source of another risk point', { hazardSourceId: IDS.leak }, ['/hazardSourceId']],
    ['an unknown source', { hazardSourceId: UNKNOWN }, ['/hazardSourceId']],
    ['no text', { text: { zh: ' ' } }, ['/text/zh']],
    [
      'all of it at once',
      { riskPointId: UNKNOWN, kind: 'hope', text: {}, more: 1 },
      ['/kind', '/more', '/riskPointId', '/text/zh'],
    ],
    [
      'a wrong source beside a wrong kind',
      { hazardSourceId: IDS.leak, kind: 'hope' },
      ['/hazardSourceId', '/kind'],
    ],
  ])('refuses %s', async (_, more, pointers) => {
    expect(pointersOf(await edit.post('/measures', gate(more), 422))).toEqual(pointers);
  });

  it('is done once for one Idempotency-Key', async () => {
    const post = (zh: string) =>
      app.agent
        .post('/api/v1/measures')
        .set('Idempotency-Key', 'same')
        .send(gate({ text: { zh } }));

    const [first, again] = [await post('一').expect(201), await post('一').expect(201)];

    expect(again.body.id).toBe(first.body.id);
    await post('二').expect(409);
    await edit.remove(`/measures/${first.body.id}`);
    await post('一').expect(409);
  });
});

describe('changing a measure', () => {
  it('sets what is given, puts it under the whole point with null and leaves the rest', async () => {
    const { path } = await made({ hazardSourceId: IDS.slip, text: { zh: '甲', en: 'A' } });

    expect((await edit.patch(path, { kind: 'emergency' })).body).toMatchObject({
      version: 2,
      kind: 'emergency',
      hazardSourceId: IDS.slip,
      text: { zh: '甲', en: 'A' },
    });
    expect((await edit.patch(path, { hazardSourceId: null })).body).toMatchObject({
      version: 3,
      hazardSourceId: null,
    });
    expect((await edit.patch(path, {})).body.version).toBe(3);
  });

  it('refuses null for what it must have and a source of another point, all at once', async () => {
    const { path } = await made();

    const res = await edit.patch(path, { kind: null, hazardSourceId: IDS.leak }, 422);
    const alone = await edit.patch(path, { hazardSourceId: IDS.leak }, 422);

    expect(pointersOf(res)).toEqual(['/hazardSourceId', '/kind']);
    expect(pointersOf(alone)).toEqual(['/hazardSourceId']);
  });

  it('needs If-Match and lets one of two win that build on the same version', async () => {
    const { path } = await made();
    const tag = await edit.tagOf(path);
    await app.agent.patch(`/api/v1${path}`).send({}).expect(428);

    const answers = await Promise.all(
      ['ppe', 'training'].map((kind) =>
        app.agent.patch(`/api/v1${path}`).set('If-Match', tag).send({ kind }),
      ),
    );

    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '412']);
  });

  it('unknown, malformed or deleted is not found', async () => {
    const { path } = await made();
    await edit.remove(path);

    for (const [where, status] of [
      [`/measures/${UNKNOWN}`, 404],
      [path, 404],
      ['/measures/nonsense', 400],
    ] as const) {
      await edit.read(where, status);
      await app.agent.patch(`/api/v1${where}`).set('If-Match', '*').send({}).expect(status);
      await app.agent.delete(`/api/v1${where}?reason=x`).set('If-Match', '*').expect(status);
    }
    await edit.restore(`/measures/${UNKNOWN}`, 404);
  });
});

describe('deleting a measure', () => {
  it('takes it out of its point until it is restored', async () => {
    const { id, path } = await made();

    const { body } = await edit.remove(path, '不再采用');

    expect(body).toMatchObject({
      id,
      kind: 'control_measure',
      reason: '不再采用',
      children: { riskPoints: 0, hazardSources: 0, measures: 0 },
    });
    const { measures } = (await edit.read(`/risk-points/${IDS.road}`)).body;
    expect(measures.map((row: { id: string }) => row.id)).not.toContain(id);
    expect((await edit.restore(path)).body).toMatchObject({ id, version: 3 });
    await edit.restore(path, 409);
  });

  it('is not restored while its source or its point is deleted', async () => {
    const point = (await edit.post('/risk-points', newSquare())).body.id as string;
    const source = (
      await edit.post('/hazard-sources', {
        riskPointId: point,
        names: { zh: '示例源' },
        kind: 'activity',
      })
    ).body.id as string;
    const { path } = await made({ riskPointId: point, hazardSourceId: source });
    const along = await made({ riskPointId: point, hazardSourceId: source });
    await edit.remove(path);
    await edit.remove(`/hazard-sources/${source}`);
    const bySource = await edit.restore(path, 409);
    await edit.remove(`/risk-points/${point}`);
    const byPoint = await edit.restore(path, 409);

    expect(bySource.body.detail).toContain('危险源');
    expect(byPoint.body.detail).toContain('风险点');
    await edit.restore(`/risk-points/${point}`);
    await edit.restore(`/hazard-sources/${source}`);
    await edit.read(along.path);
    await edit.restore(path);
  });
});
