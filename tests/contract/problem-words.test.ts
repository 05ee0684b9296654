import { Router } from 'express';
import { z } from 'zod';
import { limitParam, uuid } from '#server/contract/params.contract.ts';
import { readRuleText } from '#server/contract/rule-text.ts';
import { attributesBody, typedText } from '#server/contract/register.contract.ts';
import { PROBLEM_KINDS } from '#server/http/problem-kinds.ts';
import { RequestRefusedError } from '#server/http/request-errors.ts';
import { bodyFaults, parameterFaults, WITH_INPUT } from '#server/http/schema-faults.ts';
import { endpoints } from '#server/routes.ts';
import { edgeApp } from './http-app.ts';

const body = z.strictObject({
  name: typedText(5),
  count: z.int().min(1).max(9),
  share: z.number().gt(0).lt(1),
  kind: z.enum(['tank', 'line']),
  only: z.literal('wgs84'),
  on: z.boolean(),
  id: uuid,
  at: z.iso.datetime({ offset: true }),
  list: z.array(z.string()).min(1).max(2),
  map: attributesBody,
  step: z.number().multipleOf(5),
});
const SOUND = {
  name: 'a',
  count: 1,
  share: 0.5,
  kind: 'tank',
  only: 'wgs84',
  on: true,
  id: '01900000-0000-7000-8000-000000000000',
  at: '2026-01-31T08:00:00+08:00',
  list: ['a'],
  map: {},
  step: 5,
};

describe('a fault of a body', () => {
  it.each([
    ['/name', '', '不能为空。', 'Must not be empty'],
    [
      '/name',
      'abcdef',
      '最多 5 个字符，现有 6 个字符。',
      'Must have at most 5 characters; given: 6',
    ],
    ['/name', undefined, '缺少此项；应为文本。', 'Is missing; must be text'],
    ['/name', null, '应为文本，现为 null。', 'Must be text; given: null'],
    ['/name', 'a\u0000', '不能含有 NUL 字符，', 'Must not contain a NUL character; given: '],
    ['/count', 'x', '应为数字，现为“x”。', 'Must be a number; given: "x"'],
    ['/count', 1.5, '应为整数，现为 1.5。', 'Must be a whole number; given: 1.5'],
    ['/count', 0, '不能小于 1，现为 0。', 'Must be at least 1; given: 0'],
    ['/count', 10, '不能大于 9，现为 10。', 'Must be at most 9; given: 10'],
    ['/share', 0, '应大于 0，现为 0。', 'Must be more than 0; given: 0'],
    ['/share', 1, '应小于 1，现为 1。', 'Must be less than 1; given: 1'],
    [
      '/kind',
      'pump',
      '应为 tank、line 之一，现为“pump”。',
      'Must be one of tank, line; given: "pump"',
    ],
    [
      '/kind',
      undefined,
      '缺少此项；应为 tank、line 之一。',
      'Is missing; must be one of tank, line',
    ],
    ['/only', { a: 1 }, '应为 wgs84，现为对象。', 'Must be wgs84; given: an object'],
    [
      '/on',
      ['a', 'b'],
      '应为 true 或 false，现为有 2 项的列表。',
      'Must be true or false; given: a list of 2',
    ],
    [
      '/id',
      'x'.repeat(200),
      `应为 UUID，如 01900000-0000-7000-8000-000000000000，现为“${'x'.repeat(60)}…”。`,
      `Must be a UUID such as 01900000-0000-7000-8000-000000000000; given: "${'x'.repeat(60)}…"`,
    ],
    [
      '/at',
      'today',
      '应为 RFC 3339 时间，如 2026-01-31T08:00:00+08:00，现为“today”。',
      'Must be an RFC 3339 time such as 2026-01-31T08:00:00+08:00; given: "today"',
    ],
    ['/list', [], '不能为空。', 'Must not be empty'],
    ['/list', ['a', 'b', 'c'], '最多 2 项，现有 3 项。', 'Must have at most 2 items; given: 3'],
    [
      '/map',
      { constructor: 'x' },
      '名称不能是 __proto__、constructor 或 prototype，现为对象。',
      'No name may be __proto__, constructor or prototype; given: an object',
    ],
    ['/step', 7, '无效数字：必须是 5 的倍数', 'Invalid number: must be a multiple of 5'],
  ])('at %s, given %j, is said in Chinese and in English', (pointer, value, zh, en) => {
    const parsed = body.safeParse({ ...SOUND, [pointer.slice(1)]: value }, WITH_INPUT);

    const [fault, ...others] = bodyFaults(parsed.error as z.ZodError);
    expect([fault?.pointer, others]).toEqual([pointer, []]);
    expect(fault?.detail).toEqual({
      zh: expect.stringContaining(zh),
      en: expect.stringContaining(en),
    });
  });

  it('in a name of a map says so', () => {
    const parsed = body.safeParse({ ...SOUND, map: { ' ': 'x' } }, WITH_INPUT);

    expect(bodyFaults(parsed.error as z.ZodError).map(({ detail }) => detail)).toEqual([
      { zh: '名称有误：不能为空。', en: 'A name is at fault: Must not be empty' },
    ]);
  });
});

it.each(['-1', '0', '1001', 'many', '1.5', ''])('limit=%s is told what is allowed', (limit) => {
  const parsed = z.strictObject({ limit: limitParam }).safeParse({ limit }, WITH_INPUT);

  const [fault] = parameterFaults(parsed.error as z.ZodError, ['limit']);
  const given = /^-?\d+$/.test(limit) ? [` ${limit}`, limit] : [`“${limit}”`, `"${limit}"`];
  expect(fault?.detail).toEqual({
    zh: `应为 1 到 1000 的整数，现为${given[0]}。`,
    en: `Must be a whole number from 1 to 1000; given: ${given[1]}`,
  });
});

/** The texts that the rules of a schema, and of all within it, state themselves. */
function textsIn(schema: unknown, seen = new Set<unknown>()): readonly string[] {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return [];
  seen.add(schema);
  const internals: unknown = Reflect.get(schema, '_zod');
  if (internals === undefined) return Object.values(schema).flatMap((part) => textsIn(part, seen));
  const { def } = internals as { readonly def: Readonly<Record<string, unknown>> };
  const { error } = def;
  const own = typeof error === 'function' ? [String(error({}))] : [];
  return [...own, ...Object.values(def).flatMap((part) => textsIn(part, seen))];
}

it('every rule of a request states what it expects in both languages', () => {
  const texts = endpoints.flatMap(({ operationId, params, query, body: taken }) =>
    [params, query, taken].flatMap((schema) =>
      textsIn(schema).map((text) => [operationId, text] as const),
    ),
  );

  expect(texts.length).toBeGreaterThan(30);
  expect(texts.filter(([, text]) => readRuleText(text) === null)).toEqual([]);
});

const router = Router();
router.get('/fail/:slug', (req) => {
  throw new RequestRefusedError(req.params.slug as 'gone', { zh: '原因', en: 'Reason' });
});
const { agent } = edgeApp(router);

describe('the title of a problem', () => {
  it.each([
    ['not-found', '未找到', 'Not found'],
    ['method-not-allowed', '方法不允许', 'Method not allowed'],
    ['not-acceptable', '无法提供所需格式', 'Not acceptable'],
    ['stale', '已被他人修改', 'Changed meanwhile'],
    ['payload-too-large', '内容过大', 'Too large'],
    ['unsupported-media-type', '不支持的内容类型', 'Unsupported media type'],
    ['precondition-required', '缺少 If-Match', 'If-Match needed'],
    ['too-many-requests', '请求过多', 'Too many requests'],
    ['overloaded', '系统繁忙', 'Busy'],
    ['internal', '内部错误', 'Internal error'],
  ] as const)('%s is in the language of its detail', async (slug, zh, en) => {
    const said = async (language: string | null) => {
      const test = agent.get(`/fail/${slug}`).ok(() => true);
      const { body: answer, headers } = await (language === null
        ? test
        : test.set('Accept-Language', language));
      return [answer.title, answer.detail, headers['content-language'], headers['vary']];
    };

    expect(await said(null)).toEqual([zh, '原因', 'zh-CN', 'Accept-Language']);
    expect(await said('fr')).toEqual([zh, '原因', 'zh-CN', 'Accept-Language']);
    expect(await said('en-GB,en;q=0.9,zh;q=0.1')).toEqual([en, 'Reason', 'en', 'Accept-Language']);
  });

  it('is Chinese and English for every kind', () => {
    for (const { title, titleZh } of Object.values(PROBLEM_KINDS)) {
      expect(title).toMatch(/^[ -~]+$/);
      expect(titleZh).toMatch(/\p{Script=Han}/u);
    }
  });
});
