import { addCaller } from '#tests/support/callers.ts';
import { editing, newEnterprise } from '#tests/support/editing.ts';
import { aSmallProvince } from '#tests/support/factories.ts';
import { PASSWORD, setUp, signIn } from '#tests/support/sessions.ts';
import { testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

let app: TestApp;

beforeAll(async () => {
  app = await testApp();
  await app.database.asOwner(aSmallProvince);
});
afterAll(() => app?.close());

type Event = {
  seq: number;
  account: { id: string; name: string | null } | null;
  keyId: string | null;
  address: string | null;
  requestId: string | null;
  action: string;
  subjectKind: string | null;
  subjectId: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

async function events(query: string): Promise<readonly Event[]> {
  await app.database.write((trx) => trx.raw('SELECT seal_audit(10000)'));
  const { body } = await app.agent.get(`/api/v1/audit?${query}`).expect(200);
  return (body as { items: Event[] }).items;
}

describe('the audit', () => {
  it('tells who changed what in a record, with what stood there, from where and by which request', async () => {
    const caller = await addCaller(app.database, [{ role: 'assessor' }]);
    const agent = app.visitor().set('Authorization', caller.authorization);
    const made = await agent.post('/api/v1/enterprises').send(newEnterprise()).expect(201);
    const { id } = made.body as { id: string };
    const changed = await agent
      .patch(`/api/v1/enterprises/${id}`)
      .set('If-Match', String(made.headers['etag']))
      .send({ address: '示例路 8 号' })
      .expect(200);

    const [change, add] = await events(`subject=${id}`);

    expect(add).toMatchObject({ action: 'add', subjectKind: 'enterprises', before: null });
    expect(change).toMatchObject({
      account: { id: caller.accountId, name: caller.name },
      keyId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
      address: expect.stringMatching(/127\.0\.0\.1$/) as unknown,
      requestId: changed.headers['x-request-id'],
      action: 'change',
      subjectKind: 'enterprises',
      before: { address: null },
      after: { address: '示例路 8 号' },
    });
  });

  it('tells who read a record and who was handed out a list', async () => {
    const edit = editing(app);
    const { body } = await edit.post('/enterprises', newEnterprise());
    const { id } = body as { id: string };
    const reader = await addCaller(app.database, [{ role: 'planner' }]);
    const agent = app.visitor().set('Authorization', reader.authorization);
    await agent.get(`/api/v1/enterprises/${id}`).expect(200);
    await agent.get('/api/v1/exports?list=enterprises&format=csv&region=990100').expect(200);

    const found = await events(`account=${reader.accountId}`);

    expect(found.map(({ action, subjectId }) => [action, subjectId])).toEqual([
      ['export', null],
      ['read', id],
    ]);
    expect(found[0]?.after).toMatchObject({ query: { list: 'enterprises', region: '990100' } });
  });

  it('tells of sign-ins, refusals and grants, and never a secret', async () => {
    const { account } = await setUp(app, app.visitor());
    await signIn(app.visitor(), 'admin', '不是这个密码 1').expect(401);
    await signIn(app.visitor(), 'admin', PASSWORD).expect(201);

    const found = await events(`subject=${account?.id}`);

    expect(found.map(({ action }) => action)).toEqual([
      'sign-in',
      'sign-in-refused',
      'sign-in',
      'add',
    ]);
    const all = JSON.stringify(await events('limit=1000'));
    expect(all).toContain('"grants"');
    for (const secret of [PASSWORD, '不是这个密码', 'argon2', 'secret_hash', 'password_hash']) {
      expect(all).not.toContain(secret);
    }
  });

  it.each(['viewer', 'assessor', 'administrator'] as const)('is not for a %s', async (role) => {
    const agent = await app.agentOf({ role });

    await agent.get('/api/v1/audit').expect(403);
  });
});
