import { v7 } from 'uuid';
import { insertKey } from '#server/features/accounts/keys.store.ts';
import { newToken, tokenHash } from '#server/features/accounts/secrets.ts';
import { ROLE_IDS } from '#server/domain/policy/role.ts';
import { aSmallProvince, anEnterprise, aRiskPoint, settle } from '#tests/support/factories.ts';
import { addCaller } from '#tests/support/callers.ts';
import { pointersOf } from '#tests/support/editing.ts';
import { seededRandom } from '#tests/support/seeded-random.ts';
import { aCaller } from '#tests/support/leaks/a-caller.ts';
import { isSeen, makeWorld } from '#tests/support/leaks/world.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

let app: TestApp;

beforeAll(async () => {
  app = await testApp();
  await app.database.asOwner(aSmallProvince);
});
afterAll(() => app?.close());

const account = async (): Promise<string> => (await addCaller(app.database, [])).accountId;
const grant = (body: object) => app.agent.post('/api/v1/grants').send(body);

describe('a grant', () => {
  it('opens a part of the register at once, and closes it when it is taken back', async () => {
    const caller = await addCaller(app.database, []);
    const point = await app.database.asOwner(async (trx) => {
      const made = await aRiskPoint(trx, { at: [125.3, 43.2] });
      await settle(trx, TEST_NOW);
      return made;
    });
    const ask = (id: string) =>
      app.visitor().get(`/api/v1/risk-points/${id}`).set('Authorization', caller.authorization);
    await ask(point.id).expect(403);

    const { body } = await grant({
      accountId: caller.accountId,
      role: 'viewer',
      regions: ['990101'],
    }).expect(201);
    await ask(point.id).expect(200);
    await ask(v7()).expect(404);

    await app.agent.delete(`/api/v1/grants/${(body as { id: string }).id}`).expect(200);
    await ask(point.id).expect(403);
  });

  it('ends by itself', async () => {
    const caller = await addCaller(app.database, []);
    const expiresAt = new Date(TEST_NOW + 3_600_000).toISOString();
    const { accountId } = caller;
    await grant({ accountId, role: 'agency', regions: ['990200'], expiresAt }).expect(201);
    const ask = () =>
      app.visitor().get('/api/v1/risk-points').set('Authorization', caller.authorization);
    await ask().expect(200);

    app.clock.now = TEST_NOW + 3_600_001;
    await ask().expect(403);
    app.clock.now = TEST_NOW;
  });

  it('keeps to the limits of its role, and tells all faults at once', async () => {
    const accountId = await account();
    const faults = async (body: object) =>
      pointersOf(await grant({ accountId, ...body }).expect(422));

    expect(await faults({ role: 'officer' })).toEqual(['/enterpriseId']);
    expect(await faults({ role: 'regulator' })).toEqual(['/fields']);
    expect(await faults({ role: 'agency', expiresAt: '2020-01-01T00:00:00Z' })).toEqual([
      '/expiresAt',
    ]);
    expect(await faults({ role: 'administrator', regions: ['990100'] })).toEqual(['/role']);
    expect(
      await faults({ role: 'viewer', regions: ['990100', '123456'], fields: ['no-such'] }),
    ).toEqual(['/fields/0', '/regions/1']);
    expect(await faults({ role: 'officer', enterpriseId: v7() })).toEqual(['/enterpriseId']);
  });

  it('of an administrator is not taken back by the same', async () => {
    const { body } = await app.agent.get('/api/v1/session').expect(200);
    const { id } = (body as { account: { id: string } }).account;
    const list = await app.agent.get('/api/v1/accounts').expect(200);
    const { items } = list.body as {
      items: { id: string; grants: { id: string; role: string }[] }[];
    };
    const own = items.find((item) => item.id === id)?.grants ?? [];
    const of = own.find(({ role }) => role === 'administrator');

    await app.agent.delete(`/api/v1/grants/${of?.id}`).expect(409);
  });
});

describe('an account', () => {
  it('has a name that no other has, whatever the case of its letters', async () => {
    await app.agent.post('/api/v1/accounts').send({ name: 'Zhao', fullName: '赵' }).expect(201);
    await app.agent.post('/api/v1/accounts').send({ name: 'zhao', fullName: '赵' }).expect(409);
  });

  it.each(ROLE_IDS.filter((role) => role !== 'administrator'))(
    'with the role %s does not manage accounts',
    async (role) => {
      const agent = await app.agentOf({ role });

      await agent.get('/api/v1/accounts').expect(403);
      await agent.post('/api/v1/grants').send({}).expect(403);
    },
  );
});

describe('a key', () => {
  it('is told once, may only read unless it is made so, and is refused when it is revoked', async () => {
    const agent = await sessionOf('assessor');
    const made = await agent.post('/api/v1/keys', { name: '统计程序' });
    expect(made.status).toBe(201);
    const { key, secret } = made.body as { key: { id: string; prefix: string }; secret: string };
    expect(secret.startsWith(key.prefix)).toBe(true);
    const program = () => app.visitor().set('Authorization', `Bearer ${secret}`);

    await program().get('/api/v1/risk-points').expect(200);
    await program().post('/api/v1/enterprises').send({}).expect(403);
    expect(JSON.stringify((await agent.get('/api/v1/keys')).body)).not.toContain(secret);

    expect((await agent.delete(`/api/v1/keys/${key.id}`)).status).toBe(200);
    await program().get('/api/v1/risk-points').expect(401);
  });

  it('may be for a part of what its account sees, and ends', async () => {
    const point = await app.database.asOwner(async (trx) => {
      const made = await aRiskPoint(trx, { at: [126.4, 43.4] });
      await settle(trx, TEST_NOW);
      return made;
    });
    const agent = await sessionOf('assessor');
    const key = async (regions: readonly string[] | null) => {
      const { body } = await agent.post('/api/v1/keys', { name: '甲', regions, days: 1 });
      return (body as { secret: string }).secret;
    };
    const ask = (secret: string) =>
      app.visitor().get(`/api/v1/risk-points/${point.id}`).set('Authorization', `Bearer ${secret}`);
    const [east, south] = [await key(['990200']), await key(['990101'])];

    await ask(east).expect(200);
    await ask(south).expect(404);
    app.clock.now += 86_400_001;
    await ask(east).expect(401);
    app.clock.now = TEST_NOW;
  });

  it('for some regions does not manage accounts', async () => {
    const secret = `rm_${newToken()}`;
    const { accountId } = await addCaller(app.database, [{ role: 'administrator' }]);
    const key = { id: v7(), accountId, name: '窄', prefix: 'rm_', isReadOnly: false };
    const times = { createdAt: new Date(0), expiresAt: new Date(Date.UTC(2200, 0)) };
    const secretHash = tokenHash(secret);
    await app.database.accounts((trx) =>
      insertKey(trx, { ...key, ...times, secretHash, regions: ['990100'] }),
    );
    const ask = (path: string) => app.visitor().get(path).set('Authorization', `Bearer ${secret}`);

    await ask('/api/v1/risk-points').expect(200);
    await ask('/api/v1/accounts').expect(403);
  });

  it('makes no other key', async () => {
    await app.agent.post('/api/v1/keys').send({ name: '又一个' }).expect(403);
  });
});

const ADDRESSES: Readonly<Record<string, string>> = {
  enterprise: '/api/v1/enterprises',
  'risk-point': '/api/v1/risk-points',
  'hazard-source': '/api/v1/hazard-sources',
  measure: '/api/v1/measures',
  assessment: '/api/v1/assessments',
};

describe('outside the scope', () => {
  it('an address is the same 404 as one that there is not, for pairs of accounts of any kind', async () => {
    const own = await testApp();
    try {
      const world = await makeWorld(own.database, TEST_NOW);
      const random = seededRandom(200);
      const asked = world.rows.filter(({ kind }) => kind in ADDRESSES);
      let compared = 0;
      while (compared < 200) {
        const [a, b] = [aCaller(random, world), aCaller(random, world)];
        const hidden = asked.filter((row) => isSeen(row, a) && !isSeen(row, b));
        const row = hidden[random.integer(hidden.length)];
        if (row === undefined) continue;
        compared += 1;
        const agent = await own.agentOf(...b);
        const missing = v7();
        const [of, none] = await Promise.all(
          [row.id, missing].map((id) => agent.get(`${ADDRESSES[row.kind]}/${id}`).expect(404)),
        );
        const plain = (res: typeof of, id: string) =>
          JSON.stringify({ ...(res?.body as object), instance: '' }).replaceAll(id, 'ID');
        expect(plain(of, row.id)).toBe(plain(none, missing));
      }
    } finally {
      await own.close();
    }
  }, 120_000);

  it('a new enterprise is refused, and nothing of it stays', async () => {
    const agent = await app.agentOf({ role: 'assessor', regions: ['990101'] });
    const body = { names: { zh: '示例新厂' }, position: [126.5, 43.5] };

    const res = await agent.post('/api/v1/enterprises').send(body).expect(403);

    expect((res.body as { detail: string }).detail).toMatch(/超出您可以更改的/);
    const { body: found } = await app.agent.get('/api/v1/enterprises?q=示例新厂').expect(200);
    expect((found as { items: unknown[] }).items).toEqual([]);
  });

  it('is not handed out what may only be looked at', async () => {
    const own = await app.agentOf(
      { role: 'viewer', regions: ['990101'] },
      { role: 'planner', regions: ['990200'] },
    );
    await app.database.asOwner(async (trx) => {
      await aRiskPoint(trx, { at: [125.35, 43.15], zh: '只看的点' });
      await aRiskPoint(trx, { at: [126.35, 43.15], zh: '可发的点' });
      await settle(trx, TEST_NOW);
    });

    const { text } = await own.get('/api/v1/exports?list=risk-points&format=csv').expect(200);

    expect(text).toContain('可发的点');
    expect(text).not.toContain('只看的点');
  });

  it('what may be seen but not changed is a 404 to a change', async () => {
    const enterprise = await app.database.asOwner(async (trx) => {
      const made = await anEnterprise(trx, { at: [126.6, 43.6] });
      await settle(trx, TEST_NOW);
      return made;
    });
    const agent = await app.agentOf({ role: 'viewer' }, { role: 'assessor', regions: ['990101'] });
    const address = `/api/v1/enterprises/${enterprise.id}`;

    const { headers } = await agent.get(address).expect(200);
    await agent
      .patch(address)
      .set('If-Match', String(headers['etag']))
      .send({ address: '新址' })
      .expect(404);
  });
});

/** Requests of somebody who is signed in, with the token that changes need. */
async function sessionOf(role: 'assessor') {
  const name = `user-${v7().slice(-8)}`;
  const { body } = await app.agent.post('/api/v1/accounts').send({ name, fullName: '用户' });
  const made = body as { account: { id: string }; firstPassword: string };
  await grant({ accountId: made.account.id, role }).expect(201);
  const agent = app.visitor();
  const first = { name, password: made.firstPassword };
  const signed = await agent.post('/api/v1/session').send(first).expect(201);
  const token = (signed.body as { csrfToken: string }).csrfToken;
  const next = '长白山下的第一场雪 2026';
  const changed = await agent
    .post('/api/v1/session/password')
    .set('X-CSRF-Token', token)
    .send({ current: made.firstPassword, next })
    .expect(200);
  const csrf = (changed.body as { csrfToken: string }).csrfToken;
  return {
    get: (path: string) => agent.get(path),
    post: (path: string, sent: object) => agent.post(path).set('X-CSRF-Token', csrf).send(sent),
    delete: (path: string) => agent.delete(path).set('X-CSRF-Token', csrf),
  };
}
