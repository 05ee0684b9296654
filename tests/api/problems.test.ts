import { PROBLEM_SLUGS } from '#server/contract/problem.contract.ts';
import { PROBLEM_KINDS } from '#server/http/problem-kinds.ts';
import { endpoints } from '#server/routes.ts';
import { testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app?.close());

describe('problem pages', () => {
  it.each([...PROBLEM_SLUGS])('explains %s in both languages', async (slug) => {
    const res = await app.agent.get(`/problems/${slug}`).expect(200);

    const { title, titleZh, status } = PROBLEM_KINDS[slug];
    expect(res.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(res.text).toContain(title);
    expect(res.text).toContain(titleZh);
    expect(res.text).toContain(`HTTP ${status}`);
  });

  it('lists them all, and is 404 for one that does not exist', async () => {
    const { text } = await app.agent.get('/problems').expect(200);
    for (const slug of PROBLEM_SLUGS) expect(text).toContain(`/problems/${slug}"`);
    await app.agent.get('/problems/whatever').expect(404);
  });
});

describe('the whole service', () => {
  it('describes itself', async () => {
    const { body } = await app.agent.get('/openapi.json').expect(200);
    expect(body.openapi).toBe('3.1.1');
    expect(Object.keys(body.paths)).toContain('/api/v1/methods/{id}/evaluate');

    const { text } = await app.agent.get('/docs').expect(200);
    for (const { operationId } of endpoints) expect(text).toContain(`id="${operationId}"`);
    expect(text).not.toContain('<script');
  });

  it('mounts every endpoint that it describes', async () => {
    const samples: Readonly<Record<string, string>> = { layer: 'base', z: '0', x: '0', y: '0' };
    for (const { method, path, upload } of endpoints) {
      const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => samples[name] ?? 'x');
      const res = await app.agent[method](url)
        .query({ 'no-such-parameter': 1 })
        .set({ 'If-Match': '*', ...(upload && { 'Content-Type': upload[0] ?? '' }) })
        .send(upload ? 'x' : method === 'get' ? undefined : {});
      // A route that was not mounted would answer 404 without naming the parameter.
      expect([path, res.status]).toEqual([path, 400]);
    }
  });

  it('answers 404 to routes that come later and to unknown paths, as a page to a person', async () => {
    await app.agent.get('/api/v1/overrides').expect(404);
    await app.agent
      .get('/api/v1/overrides')
      .set('Accept', 'text/html')
      .expect(404)
      .expect('Content-Type', 'application/problem+json');
    const page = await app.agent
      .get('/no/such/page')
      .set('Accept', 'text/html,*/*;q=0.8')
      .expect(404);
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    expect(page.text).toContain('没有这个页面');
  });

  it('answers 405 with Allow to a method that a path does not have', async () => {
    const res = await app.agent.put('/api/v1/methods').send({}).expect(405);
    expect(res.headers['allow']).toBe('GET, HEAD, OPTIONS');
    await app.agent.post('/docs').expect(405);
  });

  it.each([
    ['GET', '/api/v1/nothing', {}, 404, '未找到', '该地址下没有内容。'],
    ['GET', '/api/v1/regions/999999', {}, 404, '未找到', '没有找到行政区“999999”。'],
    [
      'GET',
      '/api/v1/risk-points?limit=-1',
      {},
      400,
      '请求无效',
      '请求有 1 处错误，逐一列在 errors 中。',
    ],
    [
      'DELETE',
      '/api/v1/methods',
      {},
      405,
      '方法不允许',
      '此处不支持 DELETE；可用：GET, HEAD, OPTIONS。',
    ],
    [
      'GET',
      '/api/v1/methods',
      { Accept: 'text/csv' },
      406,
      '无法提供所需格式',
      '该地址只能以 application/json 回答。',
    ],
    [
      'POST',
      '/api/v1/enterprises',
      { 'Content-Type': 'text/plain' },
      415,
      '不支持的内容类型',
      '请以 application/json 发送请求体。',
    ],
    [
      'POST',
      '/api/v1/enterprises',
      { 'Content-Type': 'application/json' },
      422,
      '请求内容不合规范',
      '请求有 1 处错误，逐一列在 errors 中。',
    ],
    [
      'PATCH',
      '/api/v1/enterprises/01900000-0000-7000-8000-000000000000',
      { 'Content-Type': 'application/json' },
      428,
      '缺少 If-Match',
      '请先读取该记录，并把它的 ETag 作为 If-Match 发送。',
    ],
    ['GET', '/tiles/risk/0/0/9.pbf', {}, 404, '未找到', '该地址下没有内容。'],
  ] as const)('answers %s %s with a title and a reason in Chinese', async (...args) => {
    const [method, path, headers, status, title, detail] = args;
    const name = method.toLowerCase() as Lowercase<typeof method>;
    const test = app.agent[name](path).set(headers);

    const { body, headers: answered } = await (name === 'get' ? test : test.send('[]'));
    expect(body).toMatchObject({ status, title, detail });
    expect(answered['content-language']).toBe('zh-CN');
  });

  it('limits evaluate for each caller', async () => {
    const statuses: number[] = [];
    const evaluate = () =>
      app.agent.post('/api/v1/methods/lec/evaluate').send({ inputs: { L: 3, E: 6, C: 15 } });
    // At once, so that a slow machine does not fill the bucket faster than they come.
    for (let round = 0; round < 20 && !statuses.includes(429); round += 1) {
      const answers = await Promise.all(Array.from({ length: 60 }, evaluate));
      statuses.push(...answers.map(({ status }) => status));
    }
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(100);
    expect(statuses).toContain(429);
  });

  it('answers 503 with Retry-After, and without details, when the database is gone', async () => {
    // The last test of the file: its database does not come back.
    await app.database.close();

    const res = await app.agent.get('/api/v1/about').expect(503);
    expect(Number(res.headers['retry-after'])).toBeGreaterThan(0);
    expect(res.body.detail).not.toMatch(/connect|socket|pool/i);
    await app.agent.get('/readyz').expect(503);
    await app.agent.get('/healthz').expect(200);
  });
});
