import { z } from 'zod';
import { needs, OPEN } from '#server/contract/access.ts';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import { signIn } from '#server/features/accounts/session.contract.ts';
import { listRiskPoints } from '#server/features/risk-points/risk-points.contract.ts';
import { call, reloadSession } from '#client/api/client.ts';
import { ApiProblem } from '#client/api/problem.ts';
import { sessionStore } from '#client/state/session-store.ts';
import type { Session } from '#client/state/session-store.ts';

const save = defineEndpoint({
  method: 'post',
  path: '/api/v1/things',
  operationId: 'saveThing',
  summary: 'Saves',
  tags: [],
  access: needs('register.write'),
  body: z.object({ name: z.string() }),
  response: z.object({ ok: z.boolean() }),
  problems: [],
});

const send = defineEndpoint({
  method: 'post',
  path: '/api/v1/files',
  operationId: 'sendFile',
  summary: 'Takes a file',
  tags: [],
  access: OPEN,
  response: z.object({ ok: z.boolean() }),
  problems: [],
});

const sessionWith = (csrfToken: string): Session => ({
  account: {
    id: '00000000-0000-4000-8000-000000000001',
    name: 'an.quan',
    fullName: '安全科',
    mustChangePassword: false,
    isDemo: false,
  },
  roles: ['assessor'],
  permissions: ['register.read'],
  csrfToken,
  isLimited: false,
  demonstration: false,
});

const nobody: Session = {
  account: null,
  roles: [],
  permissions: [],
  csrfToken: null,
  isLimited: false,
  demonstration: false,
};

type Answer = readonly [status: number, body: unknown];

/** Gives the answers of an address one after the other, the last for ever, and writes down who asked with what. */
function aService(answers: Readonly<Record<string, readonly Answer[]>>) {
  const seen: string[] = [];
  const left = new Map(Object.entries(answers).map(([key, list]) => [key, [...list]]));
  const own = ((url: string, init: RequestInit) => {
    const token = new Headers(init.headers).get('x-csrf-token');
    const key = `${init.method ?? 'GET'} ${url}`;
    seen.push(token === null ? key : `${key} ${token}`);
    const list = left.get(key) ?? [];
    const [status, body] = (list.length > 1 ? list.shift() : list[0]) ?? [404, {}];
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    return Promise.resolve(
      new Response(JSON.stringify(body), { status, headers: { 'content-type': type } }),
    );
  }) as typeof fetch;
  return { own, seen };
}

const SESSION = 'GET /api/v1/session';
const THINGS = 'POST /api/v1/things';
const REFUSED: Answer = [403, { type: 'https://x/problems/forbidden' }];
const ENDED: Answer = [401, { type: 'https://x/problems/unauthenticated' }];
const OK: Answer = [200, { ok: true }];

const statusOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 200,
    (error: unknown) => (error instanceof ApiProblem ? error.status : 0),
  );

beforeEach(() => sessionStore.set({ session: sessionWith('old'), problem: null }));
afterAll(() => sessionStore.set({ session: null, problem: null }));

describe('the token of a session', () => {
  it('goes with every change, files included, and with nothing that only reads', async () => {
    const { own, seen } = aService({
      [THINGS]: [OK],
      'POST /api/v1/files': [OK],
      'GET /api/v1/risk-points': [[200, {}]],
    });
    await call(save, { body: { name: 'a' } }, { fetch: own });
    await call(send, { upload: new Blob(['x'], { type: 'text/csv' }) }, { fetch: own });
    await call(listRiskPoints, {}, { fetch: own });

    expect(seen).toEqual([`${THINGS} old`, 'POST /api/v1/files old', 'GET /api/v1/risk-points']);
  });

  it('is fetched anew when it was refused, and the change sent once more', async () => {
    const { own, seen } = aService({
      [THINGS]: [REFUSED, OK],
      [SESSION]: [[200, sessionWith('new')]],
    });

    expect(await call(save, { body: { name: 'a' } }, { fetch: own })).toEqual({ ok: true });
    expect(seen).toEqual([`${THINGS} old`, SESSION, `${THINGS} new`]);
  });

  it('leaves a refusal for want of permission as it is', async () => {
    const { own, seen } = aService({ [THINGS]: [REFUSED], [SESSION]: [[200, sessionWith('old')]] });

    expect(await statusOf(call(save, { body: { name: 'a' } }, { fetch: own }))).toBe(403);
    expect(seen).toEqual([`${THINGS} old`, SESSION]);
  });
});

describe('a session that has ended', () => {
  it('makes the page know that nobody is signed in, and is told as it is', async () => {
    const { own, seen } = aService({
      'GET /api/v1/risk-points': [ENDED],
      [SESSION]: [ENDED, [200, nobody]],
    });

    expect(await statusOf(call(listRiskPoints, {}, { fetch: own }))).toBe(401);
    expect(sessionStore.get().session).toEqual(nobody);
    expect(seen).toEqual(['GET /api/v1/risk-points', SESSION, SESSION]);
  });

  it('is asked about once by all who hear of it at the same time', async () => {
    const { own, seen } = aService({
      'GET /api/v1/risk-points': [ENDED],
      [SESSION]: [[200, nobody]],
    });
    const both = [1, 2].map(() => statusOf(call(listRiskPoints, {}, { fetch: own })));

    expect(await Promise.all(both)).toEqual([401, 401]);
    expect(seen.filter((key) => key === SESSION)).toHaveLength(1);
  });

  it('is not asked about for a wrong password', async () => {
    const { own, seen } = aService({ 'POST /api/v1/session': [ENDED] });
    const body = { name: 'an.quan', password: 'not this one' };

    expect(await statusOf(call(signIn, { body }, { fetch: own }))).toBe(401);
    expect(seen).toEqual(['POST /api/v1/session old']);
  });

  it('stays as it was known while the service does not answer', async () => {
    const { own } = aService({ [SESSION]: [[503, {}]] });

    expect(await statusOf(reloadSession({ fetch: own }))).toBe(503);
    expect(sessionStore.get().session).toEqual(sessionWith('old'));
  });
});
