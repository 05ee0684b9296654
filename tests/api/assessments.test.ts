import { aRiskPoint, aHazardSource, aSmallProvince, settle } from '#tests/support/factories.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

let app: TestApp;
let pointId: string;
let sourceId: string;

beforeAll(async () => {
  app = await testApp();
  await app.database.asOwner(async (trx) => {
    await aSmallProvince(trx);
    const point = await aRiskPoint(trx);
    pointId = point.id;
    const source = await aHazardSource(trx, point);
    sourceId = source.id;
    await settle(trx, TEST_NOW);
  });
});
afterAll(() => app?.close());

const serious = { method: 'lec', basis: 'current', inputs: { L: 3, E: 6, C: 15 } };
const major = { method: 'lec', basis: 'current', inputs: { L: 6, E: 6, C: 15 } };
const assess = (body: object) =>
  app.agent.post(`/api/v1/risk-points/${pointId}/assessments`).send(body);
const point = async () => (await app.agent.get(`/api/v1/risk-points/${pointId}`).expect(200)).body;

describe('posting an assessment', () => {
  it('works out the level, explains it, and the risk point shows it at once', async () => {
    expect(await point()).toMatchObject({ state: 'not_assessed', level: null });

    const { body, headers } = await assess(serious).expect(201);

    // D = 3 × 6 × 15 = 270, and 160 ≤ 270 < 320 is 较大.
    expect(body).toMatchObject({
      subjectKind: 'risk_point',
      subjectId: pointId,
      method: 'lec',
      version: 'national@1',
      score: 270,
      level: 2,
      state: 'in_force',
      assessedAt: new Date(TEST_NOW).toISOString(),
      validUntil: '2027-06-15T04:00:00.000Z',
    });
    expect(body.explanation.formula).toContain('3 × 6 × 15 = 270');
    expect(body.explanation.band).toMatchObject({ level: 2, range: '160 ≤ D < 320' });
    expect(headers['location']).toBe(`/api/v1/assessments/${body.id}`);
    expect(await point()).toMatchObject({
      state: 'assessed',
      level: 2,
      dueAt: '2027-06-15T04:00:00.000Z',
    });
  });

  it('of a hazard source raises the point to the worst of its parts', async () => {
    await app.agent.post(`/api/v1/hazard-sources/${sourceId}/assessments`).send(major).expect(201);

    expect(await point()).toMatchObject({ level: 1 });
  });

  it('of the other basis leaves this basis alone', async () => {
    await assess({ ...serious, basis: 'inherent', inputs: { L: 1, E: 3, C: 15 } }).expect(201);

    expect(await point()).toMatchObject({ level: 1 });
    const { body } = await app.agent
      .get(`/api/v1/risk-points/${pointId}?basis=inherent`)
      .expect(200);
    expect(body).toMatchObject({ level: 4 });
  });

  it('sent again with its Idempotency-Key is made once; the key serves no other request', async () => {
    const send = (body: object) => assess(body).set('Idempotency-Key', 'a-7f3');
    const all = await Promise.all([send(serious), send(serious)]);
    const again = await send(serious).expect(201);

    expect(new Set([...all, again].map(({ body }) => body.id)).size).toBe(1);
    await send(major).expect(409);
    await assess(serious).set('Idempotency-Key', 'x'.repeat(201)).expect(400);
  });

  it('names every fault of the inputs at once and stores nothing', async () => {
    const before = (await app.agent.get(`/api/v1/risk-points/${pointId}/assessments`)).body.items
      .length;

    const { body } = await assess({ ...serious, inputs: { L: 4, C: 15, X: 1 } }).expect(422);

    const pointers = body.errors.map((fault: { pointer: string }) => fault.pointer);
    expect(pointers.toSorted()).toEqual(['/inputs/E', '/inputs/L', '/inputs/X']);
    const after = (await app.agent.get(`/api/v1/risk-points/${pointId}/assessments`)).body.items
      .length;
    expect(after).toBe(before);
  });

  it('refuses a level as an input', async () => {
    const { body } = await assess({ ...serious, level: 4 }).expect(422);

    expect(JSON.stringify(body.errors)).toContain('level');
  });

  it('refuses a date in the future and one before the point existed', async () => {
    const future = await assess({ ...serious, assessedAt: '2027-01-01T00:00:00Z' }).expect(422);
    const past = await assess({ ...serious, assessedAt: '2020-01-01T00:00:00Z' }).expect(422);

    expect(future.body.errors).toEqual([{ pointer: '/assessedAt', detail: '不能晚于现在。' }]);
    expect(past.body.errors[0].pointer).toBe('/assessedAt');
    const both = await assess({
      ...serious,
      inputs: { L: 4 },
      assessedAt: '1900-01-01T00:00:00Z',
    }).expect(422);
    expect(both.body.errors.map((fault: { pointer: string }) => fault.pointer)).toEqual([
      '/inputs/L',
      '/inputs/E',
      '/inputs/C',
      '/assessedAt',
    ]);
  });

  it('of an unknown subject is a 404, of no uuid a 400', async () => {
    const unknown = '01890000-0000-7000-8000-000000000000';
    await app.agent.post(`/api/v1/risk-points/${unknown}/assessments`).send(serious).expect(404);
    await app.agent.post('/api/v1/risk-points/nonsense/assessments').send(serious).expect(400);
  });
});

describe('reading assessments', () => {
  it('lists them newest first and pages without a gap or a repeat', async () => {
    const path = `/api/v1/risk-points/${pointId}/assessments`;
    const all = (await app.agent.get(path).expect(200)).body.items;

    const ids: string[] = [];
    let next = `${path}?limit=1`;
    while (ids.length <= all.length) {
      const { body } = await app.agent.get(next).expect(200);
      ids.push(...body.items.map((item: { id: string }) => item.id));
      if (body.next === null) break;
      next = `${path}?limit=1&cursor=${body.next}`;
    }

    expect(all.length).toBe(4);
    expect(ids).toEqual(all.map((item: { id: string }) => item.id));
  });

  it('answers one by its address and refuses a made-up cursor', async () => {
    const { body } = await app.agent.get(`/api/v1/risk-points/${pointId}/assessments`).expect(200);
    const one = await app.agent.get(`/api/v1/assessments/${body.items[0].id}`).expect(200);

    expect(one.body).toEqual(body.items[0]);
    await app.agent.get(`/api/v1/risk-points/${pointId}/assessments?cursor=abc`).expect(400);
  });
});

describe('a lapse', () => {
  it('turns the point expired without anyone asking, keeping its last level', async () => {
    app.clock.now = Date.parse('2027-06-16T00:00:00Z');
    const { moveDueLevels } = await import('#server/features/assessments/due-levels.ts');
    // point_states.due_at was written when the assessments were in force.
    await moveDueLevels({ write: (work) => app.database.write(work), clock: () => app.clock.now });

    expect(await point()).toMatchObject({
      state: 'expired',
      level: null,
      lastLevel: 1,
      dueAt: null,
    });
  });
});
