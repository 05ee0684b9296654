import { Router } from 'express';
import { z } from 'zod';
import { OPEN } from '#server/contract/access.ts';
import { defineEndpoint } from '#server/contract/endpoint.ts';
import { limitParam, levelListParam, text } from '#server/contract/params.contract.ts';
import { ruleText } from '#server/contract/rule-text.ts';
import { mount } from '#server/http/mount.ts';
import { edgeApp } from './http-app.ts';

const saveThing = defineEndpoint({
  method: 'post',
  path: '/api/v1/things/{id}',
  operationId: 'saveThing',
  summary: 'Saves a thing',
  tags: ['test'],
  access: OPEN,
  params: z.object({ id: z.string().regex(/^\d+$/, ruleText('应为数字', 'Must be a number')) }),
  query: z.strictObject({ limit: limitParam, level: levelListParam, q: text(5).optional() }),
  body: z.strictObject({
    name: z.string(),
    nested: z.strictObject({ 'a/b': z.number() }).optional(),
    any: z.unknown().optional(),
  }),
  response: z.object({ id: z.string(), echo: z.unknown() }),
  status: 201,
  problems: [],
});

const listThings = defineEndpoint({
  method: 'get',
  path: '/api/v1/things',
  operationId: 'listThings',
  summary: 'Lists things',
  tags: ['test'],
  access: OPEN,
  query: z.strictObject({}),
  response: z.object({
    items: z.array(z.object({ id: z.string(), position: z.tuple([z.number(), z.number()]) })),
    next: z.string().nullable(),
  }),
  geojson: true,
  problems: [],
});

const drift = defineEndpoint({
  method: 'get',
  path: '/api/v1/drift',
  operationId: 'drift',
  summary: 'Answers what its contract does not name',
  tags: ['test'],
  access: OPEN,
  response: z.object({ known: z.number() }),
  problems: [],
});

const router = Router();
mount(
  router,
  saveThing,
  ({ params, query, body, locale }) => ({ id: params.id, echo: { query, body, locale } }),
  {
    location: ({ id }) => `/api/v1/things/${id}`,
  },
);
mount(router, listThings, () => ({
  items: [{ id: 'a', position: [125.3, 43.9] as const }],
  next: 'more',
}));
const extra = { known: 1, unknown: 2 };
mount(router, drift, () => extra);

const { agent, lines } = edgeApp(router, [saveThing, listThings, drift]);
const post = (path: string, body: string, type = 'application/json') =>
  agent.post(path).set('Content-Type', type).send(body);

const nested = (depth: number) => `{"name":"x","any":${'['.repeat(depth)}${']'.repeat(depth)}}`;
const sized = (bytes: number) => `{"name":"${'x'.repeat(bytes - 11)}"}`;

type Fault = { parameter?: string; pointer?: string; detail: string };
const placesOf = (body: { errors: Fault[] }) =>
  body.errors.map((fault) => fault.parameter ?? fault.pointer);

describe('mount', () => {
  it('hands typed values to the handler and answers with the status and the address of what was made', async () => {
    const res = await post('/api/v1/things/7?limit=5&level=2,1,2', '{"name":"x"}').expect(201);

    expect(res.headers['location']).toBe('/api/v1/things/7');
    expect(res.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(res.body).toEqual({
      id: '7',
      echo: { query: { limit: 5, level: [2, 1] }, body: { name: 'x' }, locale: 'zh' },
    });
  });

  it('knows the language that the caller prefers', async () => {
    const { body } = await post('/api/v1/things/7', '{"name":"x"}').set(
      'Accept-Language',
      'en-GB,en;q=0.9,zh;q=0.1',
    );
    expect(body.echo.locale).toBe('en');
  });

  it('collects the faults of path, query and body at once; a faulty address is 400', async () => {
    const { body } = await post(
      '/api/v1/things/x?limit=0&colour=red&level=5',
      '{"nested":{"a/b":"1"},"b":1}',
    ).expect(400);

    expect(body.type).toMatch(/invalid-request$/);
    expect(placesOf(body)).toEqual([
      'id',
      'limit',
      'level',
      'colour',
      '/name',
      '/nested/a~1b',
      '/b',
    ]);
    const texts = body.errors.map((fault: Fault) => fault.detail);
    expect(texts).toEqual([
      '应为数字，现为“x”。',
      '应为 1 到 1000 的整数，现为 0。',
      '应为 1、2、3、4 之一，现为“5”。',
      '没有这个参数；可用：limit、level、q。',
      '缺少此项；应为文本。',
      '应为数字，现为“1”。',
      '没有这一项。',
    ]);
  });

  it('refuses a repeated parameter and names it, even when the values are equal', async () => {
    const { body } = await agent.get('/api/v1/things?a=1&a=1').expect(400);
    expect(body.errors).toContainEqual({
      parameter: 'a',
      detail: '给出了不止一次；请只给一次。',
    });
  });

  it.each([
    ['?q=%zz', 'q'],
    ['?q=%ff', 'q'],
    ['?q=a%00b', 'q'],
    ['?q=%ED%A0%80', 'q'],
    ['?limit=99999999999999999999', 'limit'],
    ['?limit=1.5', 'limit'],
    ['?limit=', 'limit'],
    ['?level=', 'level'],
    ['?level=1.0', 'level'],
    ['?q=abcdef', 'q'],
    ['?q[]=a', 'q[]'],
    ['?__proto__=a', '__proto__'],
  ])('answers 400 to %s and names the parameter', async (query, parameter) => {
    const { body } = await post(`/api/v1/things/7${query}`, '{"name":"x"}').expect(400);
    expect(placesOf(body)).toEqual([parameter]);
  });

  it.each([
    ['{"name":"a\\u0000b"}', '/name'],
    ['{"name":"\\ud800"}', '/name'],
    ['{"name":"x","any":{"k\\u0000":1}}', '/any'],
    ['{"name":"x","any":{"__proto__":{"a":1}}}', '/any/__proto__'],
    ['{"name":"x","any":[1,{"n":1e999}]}', '/any/1/n'],
    ['3', ''],
    ['null', ''],
    ['[]', ''],
  ])('answers 422 to the body %s and points to the place', async (json, pointer) => {
    const { body } = await post('/api/v1/things/7', json).expect(422);
    expect(body.type).toMatch(/invalid-body$/);
    expect(placesOf(body)).toEqual([pointer]);
  });

  it('takes 32 levels of nesting and refuses more, however many', async () => {
    await post('/api/v1/things/7', nested(31)).expect(201);
    await post('/api/v1/things/7', nested(32)).expect(422);
    await post('/api/v1/things/7', nested(100_000)).expect(422);
  });

  it.each(['', '{', '{"name":"x"} x', '{name:1}'])(
    'answers 400 to the text %j, which is not JSON',
    async (json) => {
      const { body } = await post('/api/v1/things/7', json).expect(400);
      expect(body.type).toMatch(/invalid-request$/);
    },
  );

  it('answers 400 to a POST without a body and to bytes that are not UTF-8', async () => {
    await agent.post('/api/v1/things/7').expect(400);
    await agent
      .post('/api/v1/things/7')
      .set('Content-Type', 'application/json')
      .serialize((bytes: Buffer) => bytes as unknown as string)
      .send(Buffer.from([0x22, 0xff, 0x22]))
      .expect(400);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16'])(
    'answers 415 to a body of the type %s',
    async (type) => {
      await post('/api/v1/things/7', '{"name":"x"}', type).expect(415);
    },
  );

  it('answers 413 to a body over 256 KB and takes one just below', async () => {
    await post('/api/v1/things/7', sized(256 * 1024)).expect(201);
    await post('/api/v1/things/7', sized(256 * 1024 + 1)).expect(413);
  });

  it('answers a list as GeoJSON to who asks for it', async () => {
    const res = await agent.get('/api/v1/things').set('Accept', 'application/geo+json').expect(200);

    expect(res.headers['content-type']).toBe('application/geo+json');
    expect(res.headers['vary']).toContain('Accept');
    expect(JSON.parse(res.text || String(res.body))).toEqual({
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          id: 'a',
          geometry: { type: 'Point', coordinates: [125.3, 43.9] },
          properties: { id: 'a' },
        },
      ],
      next: 'more',
    });
  });

  it('answers JSON to a browser and 406 to who takes neither form', async () => {
    const browser = 'text/html,application/xhtml+xml,*/*;q=0.8';
    const res = await agent.get('/api/v1/things').set('Accept', browser).expect(200);
    expect(res.headers['content-type']).toMatch(/^application\/json/);

    await agent.get('/api/v1/things').set('Accept', 'text/csv').expect(406);
  });

  it('has an ETag and answers 304 when it still holds; HEAD has no body', async () => {
    const first = await agent.get('/api/v1/things').expect(200);
    await agent
      .get('/api/v1/things')
      .set('If-None-Match', String(first.headers['etag']))
      .expect(304);

    const head = await agent.head('/api/v1/things').expect(200);
    expect(head.text).toBeUndefined();
    expect(head.headers['etag']).toBe(first.headers['etag']);
  });

  it('answers 405 with Allow to another method, 204 to OPTIONS, and tells path from path', async () => {
    const wrong = await agent.delete('/api/v1/things').expect(405);
    expect(wrong.headers['allow']).toBe('GET, HEAD, OPTIONS');
    const read = await agent.get('/api/v1/things/7').expect(405);
    expect(read.headers['allow']).toBe('OPTIONS, POST');
    const asked = await agent.options('/api/v1/things').expect(204);
    expect(asked.headers['allow']).toBe('GET, HEAD, OPTIONS');
    await agent.get('/api/v1/things/7/parts').expect(404);
  });

  it('fails when the answer holds a member that the contract does not name', async () => {
    await agent.get('/api/v1/drift').expect(500);
    expect(JSON.stringify(lines.at(-1))).toContain('drift answers members');
  });
});
