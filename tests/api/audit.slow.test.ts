import { parse as parseCsv } from 'csv-parse/sync';
import { addCaller } from '#tests/support/callers.ts';
import { editing, newEnterprise, newTank } from '#tests/support/editing.ts';
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

    expect(await events(`subject=${id.slice(-12)}`)).toHaveLength(2);
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

  it('tells who made an address for somebody else’s account, and who looked at reasons and parts', async () => {
    const edit = editing(app);
    const owner = (await edit.post('/enterprises', newEnterprise())).body as { id: string };
    const point = (await edit.post('/risk-points', newTank(owner.id))).body as { id: string };
    const reader = await addCaller(app.database, [{ role: 'planner' }]);
    const agent = app.visitor().set('Authorization', reader.authorization);
    await agent.get(`/api/v1/risk-points/${point.id}/why`).expect(200);
    await agent.get(`/api/v1/hazard-sources?riskPoint=${point.id}`).expect(200);
    await app.agent.post(`/api/v1/accounts/${reader.accountId}/recovery`).expect(201);

    const looked = await events(`account=${reader.accountId}`);
    const [link] = await events(`subject=${reader.accountId}&action=recovery-link`);

    expect(looked.map(({ action, subjectKind }) => [action, subjectKind])).toEqual([
      ['read', 'hazard_sources'],
      ['read', 'risk_points'],
    ]);
    expect(looked[0]?.after).toMatchObject({ query: { riskPoint: point.id } });
    expect(link).toMatchObject({ subjectKind: 'accounts', after: null });
    expect(link?.account).not.toBeNull();
  });

  it('refuses instants that no database knows, as a list and as a file', async () => {
    for (const from of ['0000-01-01T00:00:00Z', '2026-06-15T00:00:00+23:59']) {
      for (const path of ['audit', 'audit/file']) {
        const { body } = await app.agent.get(`/api/v1/${path}`).query({ from }).expect(400);
        expect(body.errors).toMatchObject([{ parameter: 'from' }]);
      }
    }
  });

  it('tells of what is taken out of the tables, whoever does it', async () => {
    const { body } = await editing(app).post('/enterprises', newEnterprise());
    const { id } = body as { id: string };
    await app.database.asOwner((trx) => trx('enterprises').where({ id }).delete());

    const [removed] = await events(`subject=${id}`);

    expect(removed).toMatchObject({ action: 'remove', subjectKind: 'enterprises', after: null });
    expect(removed?.before).toMatchObject({ id });
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

  it('names those of whom it tells something', async () => {
    const caller = await addCaller(app.database, [{ role: 'planner' }]);
    await app.database.asOwner((trx) =>
      trx.raw('INSERT INTO audit_events (action, account_id) VALUES (?, ?)', [
        'read',
        caller.accountId,
      ]),
    );

    const { body } = await app.agent.get('/api/v1/audit/accounts').expect(200);

    const { items } = body as { items: { id: string; name: string | null }[] };
    expect(items).toContainEqual({ id: caller.accountId, name: caller.name });
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  });
});

type Line = Readonly<Record<string, string>>;

/** The file as a reader of CSV sees it: titles, and rows by their headers. */
async function file(query: string): Promise<{ titles: readonly string[]; rows: readonly Line[] }> {
  await app.database.write((trx) => trx.raw('SELECT seal_audit(10000)'));
  const { body, headers } = await app.agent
    .get(`/api/v1/audit/file?${query}`)
    .responseType('blob')
    .expect(200);
  const bytes = body as Buffer;
  expect(headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(headers['content-disposition']).toContain('attachment; filename=');
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lines: string[][] = parseCsv(bytes, { bom: true, relax_column_count: true });
  const [title = [], filter = [], time = [], columns = [], ...rest] = lines;
  return {
    titles: [title, filter, time].map(([text = '']) => text),
    rows: rest.map((cells) =>
      Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? ''])),
    ),
  };
}

describe('the audit as a file', () => {
  it('has a row for each event that was asked for, newest first, in the words of the language', async () => {
    const caller = await addCaller(app.database, [{ role: 'assessor' }]);
    const agent = app.visitor().set('Authorization', caller.authorization);
    const made = await agent.post('/api/v1/enterprises').send(newEnterprise()).expect(201);
    const { id } = made.body as { id: string };
    await agent
      .patch(`/api/v1/enterprises/${id}`)
      .set('If-Match', String(made.headers['etag']))
      .send({ address: '示例路 9 号' })
      .expect(200);

    const { titles, rows } = await file(`subject=${id}&language=zh`);

    expect(titles[0]).toBe('审计记录');
    expect(titles[1]).toBe(`筛选条件：对象编号：${id}`);
    expect(titles[2]).toBe('数据时间：2026-06-15 12:00:00（Asia/Shanghai）');
    expect(rows.map((row) => [row['操作'], row['对象'], row['对象编号'], row['账号']])).toEqual([
      ['修改', '企业', id, caller.name],
      ['新增', '企业', id, caller.name],
    ]);
    expect(rows[0]).toMatchObject({
      改动前: '{"address":null,"version":1}',
      改动后: '{"address":"示例路 9 号","version":2}',
      来源地址: expect.stringMatching(/127\.0\.0\.1$/) as unknown,
      账号编号: caller.accountId,
      时间: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/) as unknown,
      哈希: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
    });
    const english = await file(`subject=${id}&action=add&language=en`);
    expect(english.titles[1]).toBe(`Filter: action: Added; id of what it was done to: ${id}`);
    expect(english.rows.map((row) => [row['Action'], row['Done to']])).toEqual([
      ['Added', 'Enterprise'],
    ]);
  });

  it('goes on page after page without a gap or a repeat', async () => {
    await app.database.asOwner((trx) =>
      trx.raw(
        `INSERT INTO audit_events (action, subject_kind, subject_id, after)
         SELECT 'read', 'list', 'many', jsonb_build_object('n', n) FROM generate_series(1, 601) AS n`,
      ),
    );

    const { rows } = await file('subject=many&language=en');

    const places = rows.map((row) => Number(row['Place in the chain']));
    expect(new Set(places).size).toBe(601);
    expect(places).toEqual(places.toSorted((a, b) => b - a));
  });

  it('is noted itself', async () => {
    const reader = await addCaller(app.database, [{ role: 'auditor' }]);
    const agent = app.visitor().set('Authorization', reader.authorization);
    await agent.get('/api/v1/audit/file?action=sign-in').expect(200);

    const [own] = await events(`account=${reader.accountId}`);

    expect(own).toMatchObject({
      action: 'export',
      subjectKind: 'audit',
      after: { query: { action: 'sign-in' } },
    });
  });

  it('holds no text that a spreadsheet would run', async () => {
    await app.database.asOwner((trx) =>
      trx.raw('INSERT INTO audit_events (action, subject_id, address) VALUES (?, ?, ?)', [
        'read',
        '=1+1',
        '@SUM(A1)',
      ]),
    );

    const { rows } = await file(`subject=${encodeURIComponent('=1+1')}&language=en`);

    expect(rows.map((row) => [row['Id'], row['From']])).toEqual([["'=1+1", "'@SUM(A1)"]]);
  });

  it('is for auditors only', async () => {
    const viewer = await app.agentOf({ role: 'viewer' });

    for (const path of ['/api/v1/audit/file', '/api/v1/audit/accounts']) {
      await viewer.get(path).expect(403);
      await app.visitor().get(path).expect(401);
    }
  });
});
