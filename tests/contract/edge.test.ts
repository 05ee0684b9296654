import { Router } from 'express';
import type { ProblemSlug } from '#server/contract/problem.contract.ts';
import {
  ConflictError,
  NotFoundError,
  OverloadedError,
  RuleViolationError,
  TimeoutError,
} from '#server/domain/errors.ts';
import { PROBLEM_KINDS } from '#server/http/problem-kinds.ts';
import { RequestRefusedError } from '#server/http/request-errors.ts';
import { tokenBucket } from '#server/http/token-bucket.ts';
import { edgeApp } from './http-app.ts';

const errors: Readonly<Record<string, unknown>> = {
  missing: new NotFoundError('region', '999999'),
  layer: new NotFoundError('zoom of this tile layer', '3', {
    zh: '级别为 4 至 9。',
    en: 'Zooms go from 4 to 9.',
  }),
  conflict: new ConflictError({ zh: '它在使用中。', en: 'It is in use.' }),
  rule: new RuleViolationError({ zh: '不可如此。', en: 'It may not be.' }, [
    { pointer: '/a', detail: { zh: '不行', en: 'No' } },
  ]),
  busy: new OverloadedError('pool of 10 is full', 7),
  slow: new TimeoutError('canceling statement SELECT secret'),
  bug: new TypeError('secret_column is not a function'),
  thrown: 'just a string',
  unauthenticated: new RequestRefusedError('unauthenticated', { zh: '请登录。', en: 'Sign in.' }),
  gone: new RequestRefusedError('gone', { zh: '已撤销。', en: 'It was revoked.' }),
  stale: new RequestRefusedError('stale', { zh: '请重新读取。', en: 'Read it again.' }),
  unconditional: new RequestRefusedError('precondition-required', {
    zh: '请发送 If-Match。',
    en: 'Send If-Match.',
  }),
};

let time = 0;
const router = Router();
router.get('/fail/:name', (req) => {
  throw errors[req.params.name];
});
router.get('/half', (_req, res) => {
  res.write('half of an ans');
  throw new Error('broke in the middle');
});
router.post('/write', (_req, res) => res.status(204).end());
router.get('/limited', tokenBucket({ capacity: 2, perSecond: 0.5, now: () => time }), (_req, res) =>
  res.status(204).end(),
);

const { agent, lines } = edgeApp(router);

describe('problems', () => {
  it.each([
    ['missing', 404, 'not-found'],
    ['conflict', 409, 'conflict'],
    ['rule', 422, 'rule-violation'],
    ['busy', 503, 'overloaded'],
    ['slow', 503, 'query-timeout'],
    ['unauthenticated', 401, 'unauthenticated'],
    ['gone', 410, 'gone'],
    ['stale', 412, 'stale'],
    ['unconditional', 428, 'precondition-required'],
    ['bug', 500, 'internal'],
    ['thrown', 500, 'internal'],
  ])('turns %s into %i %s', async (name, status, slug) => {
    const { body } = await agent.get(`/fail/${name}`).expect(status);
    expect(body.type).toBe(`http://127.0.0.1:8080/problems/${slug}`);
    expect(body.title).toBe(PROBLEM_KINDS[slug as ProblemSlug].titleZh);
  });

  it('names what was not found in the language of the caller, and what there is instead', async () => {
    const detail = async (name: string, lang: string) =>
      (await agent.get(`/fail/${name}`).set('Accept-Language', lang)).body.detail;

    expect(await detail('missing', 'zh-CN')).toBe('没有找到行政区“999999”。');
    expect(await detail('layer', 'zh-CN')).toBe('没有找到该瓦片图层的级别“3”。级别为 4 至 9。');
    expect(await detail('layer', 'en')).toBe(
      'No zoom of this tile layer "3". Zooms go from 4 to 9.',
    );
  });

  it('says when to come back', async () => {
    const busy = await agent.get('/fail/busy');
    expect(busy.headers['retry-after']).toBe('7');
    const slow = await agent.get('/fail/slow');
    expect(slow.headers['retry-after']).toBe('5');
  });

  it('never shows the message of a 5xx; the log has it, with the id that the answer names', async () => {
    for (const name of ['bug', 'slow', 'busy', 'thrown']) {
      lines.length = 0;
      const res = await agent.get(`/fail/${name}`);
      expect(JSON.stringify(res.body)).not.toMatch(/secret|pool of|just a string/);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatchObject({
        level: 50,
        status: res.status,
        id: res.headers['x-request-id'],
      });
      expect(JSON.stringify(lines[0])).toMatch(/secret|pool of|just a string/);
      expect(res.body.instance).toBe(`urn:uuid:${String(res.headers['x-request-id'])}`);
    }
  });

  it('logs a 4xx at info, without an error', async () => {
    lines.length = 0;
    await agent.get('/fail/missing').expect(404);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: 30, method: 'GET', url: '/fail/missing', status: 404 });
    expect(lines[0]).not.toHaveProperty('err');
  });

  it('breaks the connection when half of an answer is out', async () => {
    await expect(agent.get('/half')).rejects.toThrow(/aborted|socket hang up/);
  });

  it('is 404 for an unknown route and 400 for a path that cannot be decoded or holds a NUL', async () => {
    await agent.get('/nowhere').expect(404);
    await agent.get('/fail/%E0%A4%A').expect(400);
    await agent.get('/nowhere/%ff').expect(400);
    await agent.get('/fail/a%00b').expect(400);
  });
});

describe('the edge', () => {
  it.each(['localhost:3000', '127.0.0.1', '127.9.9.9:1', '[::1]:8080', 'LOCALHOST'])(
    'serves the host %s',
    async (host) => {
      await agent.get('/limited-not').set('Host', host).expect(404);
    },
  );

  it.each(['evil.example', 'localhost.evil.example', '192.168.1.2:8080', '127.0.0.1.evil.example'])(
    'refuses the host %s, which another page could have pointed here',
    async (host) => {
      await agent.get('/limited').set('Host', host).expect(403);
    },
  );

  it.each([
    [{ Origin: 'https://evil.example' }],
    [{ Origin: 'null' }],
    [{ Origin: 'http://127.0.0.1:9999' }],
    [{ 'Sec-Fetch-Site': 'cross-site' }],
    [{ 'Sec-Fetch-Site': 'same-site', Origin: 'http://127.0.0.1:8080' }],
  ])('refuses a write with %j', async (headers) => {
    await agent.post('/write').set(headers).expect(403);
  });

  it.each([
    [{}],
    [{ Origin: 'http://127.0.0.1:8080', 'Sec-Fetch-Site': 'same-origin' }],
    [{ Origin: 'http://localhost:5173', Host: 'localhost:5173' }],
  ])('takes a write with %j', async (headers) => {
    await agent.post('/write').set(headers).expect(204);
  });

  it('answers 429 with Retry-After when the bucket is empty, and fills it with time', async () => {
    await agent.get('/limited').expect(204);
    await agent.get('/limited').expect(204);
    const third = await agent.get('/limited').expect(429);
    // Half a token a second: a whole one after two.
    expect(third.headers['retry-after']).toBe('2');

    time += 1_900;
    await agent.get('/limited').expect(429);
    time += 200;
    await agent.get('/limited').expect(204);
    await agent.get('/limited').expect(429);
  });

  it('allows nothing from elsewhere and gives each answer a nonce of its own', async () => {
    const [first, second] = await Promise.all([agent.get('/nowhere'), agent.get('/nowhere')]);
    const policy = String(first.headers['content-security-policy']);

    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("worker-src 'self'");
    expect(policy).toContain("img-src 'self' data: blob:");
    expect(policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]{24}'/);
    expect(policy).not.toMatch(/unsafe|upgrade-insecure-requests|\*/);
    expect(policy).not.toBe(second.headers['content-security-policy']);
    expect(first.headers['x-content-type-options']).toBe('nosniff');
    expect(first.headers).not.toHaveProperty('strict-transport-security');
  });
});
