import express from 'express';
import { pino } from 'pino';
import request from 'supertest';
import { healthRoutes } from '#server/features/health/health.routes.ts';
import type { ReadyCheck } from '#server/features/health/health.routes.ts';
import { knownTilesHold } from '#server/features/health/known-tile.ts';
import { problemHandler } from '#server/http/problem-handler.ts';
import { TEST_NOW, TEST_URL, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app?.close());

const about = async () => (await app.agent.get('/api/v1/about').expect(200)).body;

describe('about', () => {
  it('names the program, the engine and every source to credit', async () => {
    const body = await about();

    expect(body.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(body.engine).toBe(app.database.engine);
    expect(body.timeZone).toBe('Asia/Shanghai');
    const sources = body.credits.map((credit: { source: string }) => credit.source).join('\n');
    for (const source of ['Apache ECharts', 'GeoNames', 'Natural Earth', 'GSHHG']) {
      expect(sources).toContain(source);
    }
  });

  it('lists the supervised fields in both languages', async () => {
    const { fields } = await about();
    expect(fields).toContainEqual({ code: 'coal-mine', names: { zh: '煤矿', en: 'Coal mine' } });
    expect(fields).toHaveLength(22);
  });

  it('says nothing of a demonstration while there is none', async () => {
    expect((await about()).demonstration).toBeNull();
  });

  it('offers to make a demonstration set anew from six months after its day', async () => {
    await app.database.asOwner((trx) =>
      trx('demo_sets').insert({ reference_day: '2025-12-15', seed: 1 }),
    );
    try {
      // 2026-06-15 00:00 in Shanghai is 2026-06-14 16:00 UTC.
      app.clock.now = Date.UTC(2026, 5, 14, 15, 59);
      expect((await about()).demonstration).toMatchObject({
        referenceDay: '2025-12-15',
        stale: false,
      });
      app.clock.now = Date.UTC(2026, 5, 14, 16, 0);
      expect((await about()).demonstration).toMatchObject({
        referenceDay: '2025-12-15',
        stale: true,
      });
    } finally {
      app.clock.now = TEST_NOW;
      await app.database.asOwner((trx) => trx('demo_sets').delete());
    }
  });

  it('refuses a parameter', async () => {
    const { body } = await app.agent.get('/api/v1/about?verbose=1').expect(400);
    expect(body.errors[0].parameter).toBe('verbose');
  });
});

const tile = (text: string | null) => Promise.resolve(text === null ? null : Buffer.from(text));

describe('known tiles', () => {
  const holds = (roots: string[], base: string | null, regions: string | null) =>
    knownTilesHold({
      roots: () => Promise.resolve(roots),
      worldTile: (layer) => tile(layer === 'base' ? base : regions),
    });

  it('need the land, and the first root as soon as there is one', async () => {
    expect(await holds([], '..land..', null)).toBe(true);
    expect(await holds([], null, null)).toBe(false);
    expect(await holds(['220000'], '..land..', '..220000..')).toBe(true);
    expect(await holds(['220000'], '..land..', '..230000..')).toBe(false);
    expect(await holds(['220000'], '..land..', null)).toBe(false);
  });
});

describe('health', () => {
  it('says that the process is alive', async () => {
    const { body } = await app.agent.get('/healthz').expect(200);
    expect(body).toEqual({ status: 'ok' });
  });

  it('says that it is ready while the database answers and its migrations are current', async () => {
    const { body } = await app.agent.get('/readyz').expect(200);
    expect(body.status).toBe('ready');
    expect(body.checks).toEqual(['database and migrations', 'tiles']);
  });

  it('is not ready, but alive, when the database lacks a migration', async () => {
    const newest = await app.database.asOwner(async (trx) => {
      const row = await trx('schema_migrations').max<{ name: string }>({ name: 'name' }).first();
      await trx('schema_migrations')
        .where('name', row?.name ?? '')
        .delete();
      return row?.name ?? '';
    });
    try {
      const { body, headers } = await app.agent.get('/readyz').expect(503);
      expect(headers['retry-after']).toBe('5');
      expect(body.detail).toBe('尚未就绪：数据库与迁移。');
      await app.agent.get('/healthz').expect(200);
    } finally {
      await app.database.asOwner((trx) => trx('schema_migrations').insert({ name: newest }));
    }
  });
});

const ready = (checks: readonly ReadyCheck[]) => {
  const server = express();
  server.use(healthRoutes({ checks }));
  server.use(problemHandler({ publicUrl: TEST_URL, log: pino({ level: 'silent' }) }));
  return request(server).get('/readyz');
};

describe('readiness checks', () => {
  it('names every check that fails, throws or takes over three seconds', async () => {
    const { body } = await ready([
      { names: { zh: '好', en: 'good' }, passes: () => Promise.resolve(true) },
      { names: { zh: '坏', en: 'bad' }, passes: () => Promise.resolve(false) },
      {
        names: { zh: '断', en: 'broken' },
        passes: () => Promise.reject(new Error('no connection')),
      },
      { names: { zh: '慢', en: 'slow' }, passes: () => new Promise(() => undefined) },
    ]).expect(503);
    expect(body.detail).toBe('尚未就绪：坏、断、慢。');
  });
});
