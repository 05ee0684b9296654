import { once } from 'node:events';
import type { Server } from 'node:http';
import { pino } from 'pino';
import request from 'supertest';
import { createApp } from '#server/app.ts';
import type { Allowances } from '#server/http/cost-limits.ts';
import { EVERY_RIGHT } from '#tests/support/callers.ts';
import { addCaller } from '#tests/support/callers.ts';
import { checkAnswer, TEST_URL, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

/** Any transaction at all empties the bucket, for seconds: one of 0.5 ms takes five to come back. */
const SCANT = { capacity: 0.001, perSecond: 0.1 };
const AMPLE = { capacity: 1e6, perSecond: 1e6 };
const ALL_AMPLE: Allowances = { address: AMPLE, guesses: AMPLE, account: AMPLE, key: AMPLE };

const REGIONS = '/api/v1/regions';
const POINTS = '/api/v1/risk-points?limit=1';
const TILE = '/tiles/regions/5/26/11.mvt';

let app: TestApp;
const servers: Server[] = [];

beforeAll(async () => {
  app = await testApp();
});
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});
afterAll(() => app?.close());

/** The same service with limits. */
async function limited(scant: Partial<Allowances>, trustedProxies: readonly string[] = []) {
  const server = createApp({
    services: app.services,
    config: { publicUrl: TEST_URL, rateLimits: true, trustedProxies },
    log: pino({ level: 'silent' }),
    allowances: { ...ALL_AMPLE, ...scant },
    checkAnswers: true,
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return (path: string, headers: Readonly<Record<string, string>> = {}) =>
    request(server)
      .get(path)
      .set('Host', '127.0.0.1:8080')
      .set(headers)
      .expect((res) => checkAnswer(res));
}

it('refuses an address whose requests took all its time, tiles too, but not who is signed in there', async () => {
  const get = await limited({ address: SCANT });

  await get(REGIONS).expect(200);
  const refused = await get(REGIONS, { 'Accept-Language': 'en' }).expect(429);
  await get(TILE).expect(429);
  await get('/tiles/regions.json').expect(429);
  await get(REGIONS, { Authorization: app.authorization }).expect(200);

  expect(refused.headers['retry-after']).toMatch(/^[1-9]\d*$/);
  expect(refused.body).toMatchObject({
    detail: `Your requests have taken too much of the database's time; try again in ${String(refused.headers['retry-after'])} s.`,
  });
});

it('a tile takes time of its address, so that no other request comes through', async () => {
  const get = await limited({ address: SCANT });

  await get(TILE).expect(({ status }) => expect([200, 204]).toContain(status));

  await get(REGIONS).expect(429);
});

it('still says that the service lives, and shows its documents', async () => {
  const get = await limited({ address: SCANT });
  await get(REGIONS).expect(200);
  await get(REGIONS).expect(429);

  await get('/healthz').expect(200);
  await get('/readyz').expect(200);
  await get('/openapi.json').expect(200);
});

it('refuses an account, whatever address or key it comes by, and no other account', async () => {
  const get = await limited({ account: SCANT });
  const other = await addCaller(app.database, EVERY_RIGHT);

  await get(POINTS, { Authorization: app.authorization }).expect(200);
  await get(POINTS, { Authorization: app.authorization }).expect(429);
  await get(POINTS, { Authorization: other.authorization }).expect(200);
  await get(REGIONS).expect(200);
});

it('refuses a key that took its part', async () => {
  const get = await limited({ key: SCANT });
  const other = await addCaller(app.database, EVERY_RIGHT);

  await get(POINTS, { Authorization: app.authorization }).expect(200);
  await get(POINTS, { Authorization: app.authorization }).expect(429);
  await get(POINTS, { Authorization: other.authorization }).expect(200);
});

it('counts credentials that are nobody’s for the address, apart from what is public', async () => {
  const get = await limited({ guesses: SCANT });
  const guess = (n: number) => ({ Authorization: `Bearer rm_of-nobody-at-all-of-nobody-${n}` });

  await get(REGIONS, guess(1)).expect(401);
  await get(REGIONS, guess(2)).expect(429);

  await get(REGIONS).expect(200);
});

it('takes nothing of the guesses for credentials that are somebody’s', async () => {
  const get = await limited({ guesses: SCANT });
  const callers = [await addCaller(app.database, EVERY_RIGHT), await addCaller(app.database, [])];

  for (const { authorization } of callers) {
    const { status } = await get(REGIONS, { Authorization: authorization });
    expect(status).toBe(200);
  }
});

describe('behind a proxy', () => {
  const from = (address: string) => ({ 'X-Forwarded-For': address });

  it('that is trusted, counts the address that it names', async () => {
    const get = await limited({ address: SCANT }, ['127.0.0.1']);

    await get(REGIONS, from('192.0.2.1')).expect(200);
    await get(REGIONS, from('192.0.2.1')).expect(429);
    await get(REGIONS, from('192.0.2.2')).expect(200);
    // What a client put there itself stands before what the proxy added.
    await get(REGIONS, from('203.0.113.9, 192.0.2.2')).expect(429);
  });

  it('that is not, counts the proxy, whatever it says', async () => {
    const get = await limited({ address: SCANT }, ['10.0.0.1']);

    await get(REGIONS, from('192.0.2.1')).expect(200);
    await get(REGIONS, from('192.0.2.2')).expect(429);
  });

  it('that passes on nonsense, counts the proxy', async () => {
    const get = await limited({ address: SCANT }, ['127.0.0.1']);

    await get(REGIONS, from(String.raw`it's \\ nowhere`)).expect(200);
    await get(REGIONS, from('somewhere else')).expect(429);
  });
});

it('lets a planner move over the map with the usual limits', async () => {
  const server = createApp({
    services: app.services,
    config: { publicUrl: TEST_URL, rateLimits: true },
    log: pino({ level: 'silent' }),
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const tiles = Array.from(
    { length: 150 },
    (_, n) => `/tiles/base/9/${430 + (n % 15)}/${185 + Math.floor(n / 15)}.mvt`,
  );

  for (const path of [...tiles, ...tiles]) {
    const { status } = await request(server).get(path).set('Host', '127.0.0.1:8080');
    expect([200, 204]).toContain(status);
  }
});
