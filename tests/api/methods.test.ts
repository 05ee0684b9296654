import { readShippedMethods, seedMethods } from '#server/features/methods/seed-methods.ts';
import { dataFolder } from '#server/seed.ts';
import { StartupError } from '#server/startup-error.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app?.close());

const evaluate = (method: string, body: object) =>
  app.agent.post(`/api/v1/methods/${method}/evaluate`).send(body);

describe('methods', () => {
  it('lists the two methods with the default variant first', async () => {
    const { body } = await app.agent.get('/api/v1/methods').expect(200);

    expect(body.next).toBeNull();
    expect(body.items.map((method: { id: string }) => method.id)).toEqual(['lec', 'ls']);
    const variants = body.items.map((method: { versions: { version: string }[] }) =>
      method.versions.map(({ version }) => version),
    );
    expect(variants[0].toSorted()).toEqual(
      ['beijing@1', 'mwr-2018@1', 'national@1', 'shandong@1'].toSorted(),
    );
    expect(variants[0][0]).toBe('national@1');
    expect(variants[1][0]).toBe('5x5@1');
  });

  it('answers one method, and 404 for one that it does not know', async () => {
    const { body } = await app.agent.get('/api/v1/methods/lec').expect(200);
    expect(body.names.zh).toBe('作业条件危险性分析（LEC）');

    await app.agent.get('/api/v1/methods/lopa').expect(404);
  });

  it('answers a version by variant or by variant and revision, with the ranges of its bands', async () => {
    const { body } = await app.agent.get('/api/v1/methods/lec/versions/national').expect(200);
    const named = await app.agent.get('/api/v1/methods/lec/versions/national@1').expect(200);

    expect(named.body).toEqual(body);
    // standards.md §2: D ≥ 320 red, 160 ≤ D < 320 orange, 70 ≤ D < 160 yellow, D < 70 blue.
    expect(body.bands.map((band: { range: string }) => band.range)).toEqual([
      'D ≥ 320',
      '160 ≤ D < 320',
      '70 ≤ D < 160',
      'D < 70',
    ]);
    await app.agent.get('/api/v1/methods/lec/versions/national@2').expect(404);
    await app.agent.get('/api/v1/methods/lec/versions/nowhere').expect(404);
  });
});

describe('evaluate', () => {
  it('scores LEC with the default variant and explains itself', async () => {
    const { body } = await evaluate('lec', { inputs: { L: 3, E: 6, C: 15 } }).expect(200);

    // 3 × 6 × 15 = 270: orange, 160 ≤ D < 320.
    expect(body).toMatchObject({ method: 'lec', version: 'national@1', score: 270, level: 2 });
    expect(body.explanation.formula).toBe('L × E × C = 3 × 6 × 15 = 270');
    expect(body.explanation.band.range).toBe('160 ≤ D < 320');
    expect(body.explanation.factors.map((factor: { id: string }) => factor.id)).toEqual([
      'L',
      'E',
      'C',
    ]);
  });

  it('reads the level of LS from the cell, and differs between variants', async () => {
    const common = await evaluate('ls', { inputs: { L: 3, S: 3 } }).expect(200);
    const coal = await evaluate('ls', { inputs: { L: 3, S: 3 }, version: '5x5-coal' }).expect(200);

    // 9: yellow in the common matrix (9–12), orange in the coal one (9–16).
    expect([common.body.score, common.body.level]).toEqual([9, 3]);
    expect([coal.body.version, coal.body.level]).toEqual(['5x5-coal@1', 2]);
  });

  it('names every input at fault at once', async () => {
    const { body } = await evaluate('lec', { inputs: { L: 4, E: 6, X: 1 } }).expect(422);

    expect(body.type).toMatch(/\/problems\/rule-violation$/);
    expect(body.errors.map((fault: { pointer: string }) => fault.pointer)).toEqual([
      '/inputs/L',
      '/inputs/C',
      '/inputs/X',
    ]);
  });

  it('refuses a level as an input, an unknown version and an unknown method', async () => {
    const level = await evaluate('lec', { inputs: { L: 3, E: 6, C: 15 }, level: 4 }).expect(422);
    expect(level.body.errors).toEqual([{ pointer: '/level', detail: '没有这一项。' }]);
    expect(level.body.type).toMatch(/invalid-body$/);

    const version = await evaluate('lec', { inputs: { L: 3, E: 6, C: 15 }, version: 'mars' });
    expect(version.status).toBe(422);
    expect(version.body.errors[0].pointer).toBe('/version');

    await evaluate('lopa', { inputs: {} }).expect(404);
  });

  it('uses the revision in force today in the time zone of the service', async () => {
    // The national variant is in force from 2016-10-09 in Shanghai: 2016-10-08T15:59Z is still the day before.
    const body = { inputs: { L: 3, E: 6, C: 15 } };
    app.clock.now = Date.UTC(2016, 9, 8, 15, 59);
    const early = await evaluate('lec', body);
    app.clock.now = Date.UTC(2016, 9, 8, 16, 0);
    const first = await evaluate('lec', body);
    app.clock.now = TEST_NOW;

    expect(early.status).toBe(422);
    expect(early.body.errors).toEqual([
      { pointer: '/version', detail: '它在 2016-10-08 没有施行中的修订版。' },
    ]);
    expect(first.status).toBe(200);
  });
});

describe('the shipped methods', () => {
  it('are published once', async () => {
    const shipped = await readShippedMethods(dataFolder);
    expect(await app.database.asOwner((trx) => seedMethods(trx, shipped))).toBe(0);
  });

  it('add a new revision beside the published one', async () => {
    const shipped = await readShippedMethods(dataFolder);
    const versions = shipped.versions.map((v) =>
      v.variant === 'shandong' ? { ...v, revision: 2, validFrom: '2030-01-01' } : v,
    );
    expect(await app.database.asOwner((trx) => seedMethods(trx, { ...shipped, versions }))).toBe(1);
  });

  it('stop the start when a published revision was changed', async () => {
    const shipped = await readShippedMethods(dataFolder);
    const versions = shipped.versions.map((v) =>
      v.variant === 'beijing' ? { ...v, source: 'another book' } : v,
    );

    const seeded = app.database.asOwner((trx) => seedMethods(trx, { ...shipped, versions }));

    await expect(seeded).rejects.toThrow(StartupError);
    await expect(seeded).rejects.toThrow('lec beijing@1 in data/methods differs');
  });
});
