import { PASSWORD, setUp, setUpToken, signIn } from '#tests/support/sessions.ts';
import type { Session } from '#tests/support/sessions.ts';
import { testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

let app: TestApp;

beforeEach(async () => {
  app = await testApp();
});
afterEach(() => app?.close());

describe('a password', () => {
  it('given by an administrator must be changed before anything else', async () => {
    const admin = app.visitor();
    const { csrfToken } = await setUp(app, admin);
    const made = await admin
      .post('/api/v1/accounts')
      .set('X-CSRF-Token', csrfToken ?? '')
      .send({ name: 'li.na', fullName: '评估员' })
      .expect(201);
    const { firstPassword, account } = made.body as {
      firstPassword: string;
      account: { id: string };
    };
    await app.agent
      .post('/api/v1/grants')
      .send({ accountId: account.id, role: 'viewer' })
      .expect(201);

    const agent = app.visitor();
    const { body } = await signIn(agent, 'li.na', firstPassword).expect(201);
    const session = body as Session;
    expect(session.account?.mustChangePassword).toBe(true);
    await agent.get('/api/v1/risk-points').expect(403);

    await agent
      .post('/api/v1/session/password')
      .set('X-CSRF-Token', session.csrfToken ?? '')
      .send({ current: firstPassword, next: PASSWORD })
      .expect(200);
    await agent.get('/api/v1/risk-points').expect(200);
  });

  it('that is changed ends every other session of the account', async () => {
    const agent = app.visitor();
    const { csrfToken } = await setUp(app, agent);
    const other = app.visitor();
    await signIn(other, 'admin', PASSWORD).expect(201);

    await agent
      .post('/api/v1/session/password')
      .set('X-CSRF-Token', csrfToken ?? '')
      .send({ current: PASSWORD, next: '另一个足够长的密码 88' })
      .expect(200);

    await agent.get('/api/v1/accounts').expect(200);
    await other.get('/api/v1/accounts').expect(401);
    await signIn(app.visitor(), 'admin', PASSWORD).expect(401);
  });

  it('that is lost is set anew by a one-time address, once, within a day', async () => {
    await setUp(app, app.visitor());
    const list = await app.agent.get('/api/v1/accounts').expect(200);
    const { items } = list.body as { items: { id: string; name: string }[] };
    const id = items.find(({ name }) => name === 'admin')?.id ?? '';
    const link = async () => {
      const { body } = await app.agent.post(`/api/v1/accounts/${id}/recovery`).expect(201);
      return (body as { url: string }).url.split('#')[1] ?? '';
    };
    const recover = (token: string) =>
      app.visitor().post('/api/v1/recovery').send({ token, password: '全新的足够长的密码 66' });

    const first = await link();
    const second = await link();
    await recover(first).expect(410);
    await recover(second).expect(201);
    await recover(second).expect(410);
    await signIn(app.visitor(), 'admin', '全新的足够长的密码 66').expect(201);

    const late = await link();
    app.clock.now += 86_400_001;
    await recover(late).expect(410);
  });

  it('can be looked at, as often as one likes, without using the address up', async () => {
    const setUpLink = await setUpToken(app);
    const look = (token: string, purpose: string) =>
      app.visitor().post('/api/v1/session/link').send({ token, purpose });
    const { body } = await look(setUpLink, 'set-up').expect(200);
    expect(body).toMatchObject({ account: null });
    await look(setUpLink, 'recovery').expect(410);

    const made = await app.agent
      .post('/api/v1/accounts')
      .send({ name: 'li.na', fullName: '评估一科' })
      .expect(201);
    const { id } = (made.body as { account: { id: string } }).account;
    const link = await app.agent.post(`/api/v1/accounts/${id}/recovery`).expect(201);
    const { url, expiresAt } = link.body as { url: string; expiresAt: string };
    const token = url.split('#')[1] ?? '';
    for (let time = 0; time < 2; time += 1) {
      const seen = await look(token, 'recovery').expect(200);
      expect(seen.body).toEqual({ account: { name: 'li.na', fullName: '评估一科' }, expiresAt });
    }
    await look(token, 'set-up').expect(410);
    await look('x'.repeat(43), 'recovery').expect(410);
    await app.agent.patch(`/api/v1/accounts/${id}`).send({ isDisabled: true }).expect(200);
    await look(token, 'recovery').expect(410);
    await app.agent.patch(`/api/v1/accounts/${id}`).send({ isDisabled: false }).expect(200);

    await app
      .visitor()
      .post('/api/v1/recovery')
      .send({ token, password: '全新的足够长的密码 66' })
      .expect(201);
    await look(token, 'recovery').expect(410);
    app.clock.now += 8 * 86_400_000;
    await look(setUpLink, 'set-up').expect(410);
  });
});
