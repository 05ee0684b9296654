import { once } from 'node:events';
import type { Server } from 'node:http';
import request from 'supertest';
import { createApp } from '#server/app.ts';
import { createLog } from '#server/log.ts';
import { addCaller, EVERY_RIGHT } from '#tests/support/callers.ts';
import { PASSWORD, SESSION, setUpToken } from '#tests/support/sessions.ts';
import type { Session } from '#tests/support/sessions.ts';
import { TEST_URL, testApp } from '#tests/support/test-app.ts';
import type { Agent, TestApp } from '#tests/support/test-app.ts';

type Line = Readonly<Record<string, unknown>>;

const WRONG = 'quite-another-one-77';
const NEXT = '图们江边的傍晚 2027';

let app: TestApp;
let server: Server;
let lines: string[] = [];

beforeAll(async () => {
  app = await testApp();
  server = createApp({
    services: app.services,
    config: { publicUrl: TEST_URL },
    log: createLog('debug', { write: (line) => void lines.push(line) }),
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await app?.close();
});

/** A browser: keeps cookies, sends the token of its session. */
async function browser(): Promise<{ agent: Agent; signedIn: (session: Session) => void }> {
  const agent = request.agent(server).set('Host', '127.0.0.1:8080');
  return { agent, signedIn: ({ csrfToken }) => void agent.set('X-CSRF-Token', csrfToken ?? '') };
}

const cookieOf = (res: request.Response): string =>
  /rm=([\w-]+)/.exec(String(res.headers['set-cookie']))?.[1] ?? '';

const written = (): readonly Line[] => lines.map((line) => JSON.parse(line) as Line);

it('no line of the log has a secret in it, whatever is asked and however it ends', async () => {
  const secrets: string[] = [PASSWORD, WRONG, NEXT];
  const { agent, signedIn } = await browser();

  const token = await setUpToken(app);
  const first = { token, name: 'admin', fullName: '管理员', password: PASSWORD };
  const made = await agent.post('/api/v1/set-up').send(first).expect(201);
  const used = await (await browser()).agent.post('/api/v1/set-up').send(first).expect(410);
  signedIn(made.body as Session);
  secrets.push(token, cookieOf(made), (made.body as Session).csrfToken ?? '');
  expect(used.status).toBe(410);

  await agent.post(SESSION).send({ name: 'admin', password: WRONG }).expect(401);
  await agent.post(SESSION).send({ name: 'admin', password: 7, token: WRONG }).expect(422);
  const again = await agent.post(SESSION).send({ name: 'admin', password: PASSWORD }).expect(201);
  signedIn(again.body as Session);
  secrets.push(cookieOf(again), (again.body as Session).csrfToken ?? '');

  const { authorization } = await addCaller(app.database, EVERY_RIGHT);
  secrets.push(authorization.slice('Bearer '.length));
  await request(server)
    .get('/api/v1/accounts')
    .set({ Host: '127.0.0.1:8080', authorization })
    .expect(200);
  await request(server)
    .get('/tiles/none/1/1/1.mvt')
    .set({ Host: '127.0.0.1:8080', authorization })
    .expect(404);
  const nobodys = 'rm_of-nobody-at-all-of-nobody';
  secrets.push(nobodys);
  await request(server)
    .get('/api/v1/accounts')
    .set({ Host: '127.0.0.1:8080', authorization: `Bearer ${nobodys}` })
    .expect(401);

  const id = (again.body as Session).account?.id ?? '';
  const link = await agent.post(`/api/v1/accounts/${id}/recovery`).expect(201);
  const recovery = (link.body as { url: string }).url.split('#')[1] ?? '';
  const key = /[\w-]{20,}/.exec(recovery)?.[0] ?? '';
  secrets.push(key);
  await agent.post('/api/v1/recovery').send({ token: key, password: NEXT }).expect(201);

  await app.database.asOwner((trx) => trx.raw('ALTER TABLE sessions RENAME TO sessions_away'));
  const failed = await agent.post(SESSION).send({ name: 'admin', password: NEXT });
  await app.database.asOwner((trx) => trx.raw('ALTER TABLE sessions_away RENAME TO sessions'));

  expect(failed.status).toBe(500);
  expect(secrets.filter((secret) => secret.length < 7)).toEqual([]);
  expect(lines.length).toBeGreaterThan(9);
  expect(written().filter(({ level }) => level === 50)).toHaveLength(1);
  expect(secrets.filter((secret) => lines.some((line) => line.includes(secret)))).toEqual([]);
});

it('a line says who asked by the ids of account and key, and from where, not by name', async () => {
  const caller = await addCaller(app.database, EVERY_RIGHT);
  lines = [];

  const { authorization, accountId, name } = caller;
  await request(server).get('/api/v1/keys').set({ Host: '127.0.0.1:8080', authorization });
  await request(server).get('/tiles/none/1/1/1.mvt').set({ Host: '127.0.0.1:8080', authorization });
  await request(server).get('/api/v1/methods').set({ Host: '127.0.0.1:8080' });

  const [known, , unknown] = written();
  expect(known).toMatchObject({ account: accountId, address: '127.0.0.1', status: 200 });
  expect(known?.['key']).toMatch(/^[0-9a-f-]{36}$/);
  expect(unknown).toMatchObject({ address: '127.0.0.1', status: 200 });
  expect(unknown).not.toHaveProperty('account');
  expect(lines.join('')).not.toContain(name);
});

it('a failure of the database is logged without the values that were sent to it', async () => {
  const failure = await app.database
    .write((trx) => trx.raw('SELECT ?::int / 0, ?::text', [WRONG.length, WRONG]))
    .catch((error: unknown) => error);
  const broken = await app.database
    .read((trx) => trx.raw('SELECT nothing FROM nowhere WHERE a = ?', [WRONG]))
    .catch((error: unknown) => error);

  for (const error of [failure, broken]) {
    lines = [];
    createLog('info', { write: (line) => void lines.push(line) }).error({ err: error }, 'failed');
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain(WRONG);
  }
});

it('the log itself takes out what is called like a secret, should anybody ever log it', () => {
  lines = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });

  log.info({ password: WRONG, req: { headers: { cookie: WRONG, authorization: WRONG } } }, 'a');
  log.info({ body: { token: WRONG, current: WRONG, next: WRONG } }, 'b');
  log.info({ res: { headers: { 'set-cookie': [WRONG] } } }, 'c');
  log.info({ req: { headers: { 'x-csrf-token': WRONG } }, csrfToken: WRONG }, 'd');
  log.error({ err: Object.assign(new Error('broken'), { detail: `Key (a)=(${WRONG})` }) }, 'e');

  expect(lines).toHaveLength(5);
  expect(lines.filter((line) => line.includes(WRONG))).toEqual([]);
});
