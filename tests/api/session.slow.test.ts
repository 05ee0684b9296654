import { addCaller } from '#tests/support/callers.ts';
import { PASSWORD, SESSION, setUp, setUpToken, signIn } from '#tests/support/sessions.ts';
import { testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

let app: TestApp;

beforeEach(async () => {
  app = await testApp();
});
afterEach(() => app?.close());

describe('the first administrator', () => {
  it('is made once by the one-time address, is signed in, and manages accounts', async () => {
    const agent = app.visitor();
    const token = await setUpToken(app);
    const body = { token, name: 'admin', fullName: '管理员', password: PASSWORD };

    const { body: session } = await agent.post('/api/v1/set-up').send(body).expect(201);

    expect(session).toMatchObject({
      account: { name: 'admin' },
      roles: ['administrator'],
      permissions: ['register.read', 'accounts.manage'],
    });
    await agent.get('/api/v1/accounts').expect(200);
    await app
      .visitor()
      .post('/api/v1/set-up')
      .send({ ...body, name: 'second' })
      .expect(410);
  });

  it.each([
    ['aaaaaaaaaaaa', /6 different characters/],
    ['1234567890', /run of digits/],
    ['my-admin-password', /name of the account/],
  ])('does not get the password %s', async (password, why) => {
    const body = { token: await setUpToken(app), name: 'admin', fullName: '管理员', password };

    const res = await app
      .visitor()
      .post('/api/v1/set-up')
      .set('Accept-Language', 'en')
      .send(body)
      .expect(422);

    expect(JSON.stringify(res.body)).toMatch(why);
    // The address is still good.
    await app
      .visitor()
      .post('/api/v1/set-up')
      .send({ ...body, password: PASSWORD })
      .expect(201);
  });
});

describe('a session', () => {
  it('begins with name and password, in any case of letters, and its cookie is out of scripts’ reach', async () => {
    await setUp(app, app.visitor());
    const agent = app.visitor();

    const res = await signIn(agent, 'ADMIN', PASSWORD).expect(201);

    expect(res.headers['set-cookie']).toEqual([
      expect.stringMatching(/^rm=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
    expect((await agent.get(SESSION).expect(200)).body).toMatchObject({
      account: { name: 'admin' },
    });
  });

  it('changes nothing without the token that only our own page knows', async () => {
    const agent = app.visitor();
    const { csrfToken } = await setUp(app, agent);
    const body = { name: 'li.na', fullName: '评估员' };

    await agent.post('/api/v1/accounts').send(body).expect(403);
    await agent.post('/api/v1/accounts').set('X-CSRF-Token', 'x'.repeat(43)).send(body).expect(403);
    await agent
      .post('/api/v1/accounts')
      .set('X-CSRF-Token', csrfToken ?? '')
      .send(body)
      .expect(201);
  });

  it('ends when it is told to, and its cookie is nobody’s from then on', async () => {
    const agent = app.visitor();
    const { csrfToken } = await setUp(app, agent);
    const copied = (await signIn(app.visitor(), 'admin', PASSWORD)).headers[
      'set-cookie'
    ] as unknown as string[];

    await agent
      .delete(SESSION)
      .set('X-CSRF-Token', csrfToken ?? '')
      .expect(200);

    expect((await agent.get(SESSION).expect(200)).body).toMatchObject({ account: null });
    // The other session of the account goes on.
    const cookie = copied[0]?.split(';')[0] ?? '';
    await app.visitor().get('/api/v1/accounts').set('Cookie', cookie).expect(200);
  });

  it('is over after two hours without use, and after twelve in any case', async () => {
    const agent = app.visitor();
    await setUp(app, agent);
    const hour = 3_600_000;
    for (let hours = 1; hours <= 11; hours += 1) {
      app.clock.now += hour;
      await agent.get('/api/v1/accounts').expect(200);
    }
    app.clock.now += hour;
    await agent.get('/api/v1/accounts').expect(401);

    const second = app.visitor();
    await signIn(second, 'admin', PASSWORD).expect(201);
    app.clock.now += 2 * hour + 1;
    const res = await second.get('/api/v1/accounts').expect(401);
    // The browser is told to forget the cookie.
    expect(String(res.headers['set-cookie'])).toMatch(/rm=; .*Max-Age=0/);
  });

  it('does not begin over an open line', async () => {
    await setUp(app, app.visitor());
    const proxied = () => app.visitor().post(SESSION).set('X-Forwarded-For', '10.0.0.7');

    await proxied().send({ name: 'admin', password: PASSWORD }).expect(403);
    const res = await proxied()
      .set('X-Forwarded-Proto', 'https')
      .send({ name: 'admin', password: PASSWORD })
      .expect(201);
    expect(String(res.headers['set-cookie'])).toMatch(/^__Host-rm=.*; Secure$/);
  });
});

describe('a refusal', () => {
  it('is the same for a wrong password and for a name that there is not, and locks out either', async () => {
    await setUp(app, app.visitor());
    const details = new Set<string>();

    for (const name of ['admin', 'nobody']) {
      for (let tries = 1; tries <= 5; tries += 1) {
        const { body } = await signIn(app.visitor(), name, 'wrong').expect(401);
        details.add((body as { detail: string }).detail);
      }
      const res = await signIn(app.visitor(), name, PASSWORD).expect(429);
      expect(res.headers['retry-after']).toBe('60');
    }

    expect([...details]).toEqual(['账号名或密码不正确。']);
  });

  it('of many tries at the same moment looks at no more than of as many one after the other', async () => {
    await setUp(app, app.visitor());
    const tries = Array.from({ length: 12 }, () => signIn(app.visitor(), 'admin', 'wrong'));

    const statuses = (await Promise.all(tries)).map(({ status }) => status);

    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(7);
  });

  it('waits twice as long each time, and is forgotten after a sign-in', async () => {
    await setUp(app, app.visitor());
    for (let tries = 1; tries <= 5; tries += 1) await signIn(app.visitor(), 'admin', 'wrong');
    app.clock.now += 60_000;
    await signIn(app.visitor(), 'admin', 'wrong').expect(401);
    expect((await signIn(app.visitor(), 'admin', PASSWORD)).headers['retry-after']).toBe('120');

    app.clock.now += 120_000;
    await signIn(app.visitor(), 'admin', PASSWORD).expect(201);
    await signIn(app.visitor(), 'admin', 'wrong').expect(401);
    await signIn(app.visitor(), 'admin', PASSWORD).expect(201);
  });

  it.each(['Bearer rm_of-nobody-at-all-of-nobody', 'Basic YWRtaW46cGFzc3dvcmQ=', 'Bearer'])(
    'meets %s even where nothing has to be shown',
    async (authorization) => {
      await app.visitor().get('/api/v1/regions').set('Authorization', authorization).expect(401);
    },
  );
});

it('a cookie under the plain name is nobody’s where a proxy stands between', async () => {
  const agent = app.visitor();
  await setUp(app, agent);

  await agent.get('/api/v1/accounts').expect(200);
  await agent.get('/api/v1/accounts').set('X-Forwarded-Proto', 'https').expect(401);
});

describe('the demonstration', () => {
  it('is not offered where the register holds anything real, or nothing', async () => {
    const agent = app.visitor();

    await agent.post('/api/v1/session/demonstration').send({ role: 'viewer' }).expect(409);
    expect((await agent.get(SESSION)).body).toMatchObject({ demonstration: false });
  });
});

it('somebody whose account is disabled is nobody at once', async () => {
  const caller = await addCaller(app.database, [{ role: 'viewer' }]);
  const ask = () =>
    app.visitor().get('/api/v1/risk-points').set('Authorization', caller.authorization);
  await ask().expect(200);

  await app.agent
    .patch(`/api/v1/accounts/${caller.accountId}`)
    .send({ isDisabled: true })
    .expect(200);

  await ask().expect(401);
});
