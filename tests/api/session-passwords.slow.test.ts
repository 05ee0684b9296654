import { PASSWORD, setUp, signIn } from '#tests/support/sessions.ts';
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
});
