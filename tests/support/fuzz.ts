import type { Response } from 'supertest';
import { openApiDocument } from '#server/http/openapi.ts';
import type { Operation } from '#server/http/openapi.ts';
import { endpoints } from '#server/routes.ts';
import { anyOf } from '#tests/support/seeded-random.ts';
import type { Random } from '#tests/support/seeded-random.ts';
import type { Agent } from '#tests/support/test-app.ts';

type Schema = Readonly<Record<string, unknown>>;
type Asked = { readonly method: string; readonly path: string; readonly operation: Operation };

const document = openApiDocument(endpoints, { version: '0', publicUrl: 'http://127.0.0.1' });

const OPERATIONS: readonly Asked[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
);

/** What programs and people send that nobody has thought of. */
const ODD: readonly [unknown, ...unknown[]] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '😀'.repeat(50),
  "'; DROP TABLE accounts; --",
  '%_\\',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '__proto__',
  '-1',
  '0',
  '1e400',
  '9007199254740993',
  '99999999999999999999',
  'NaN',
  'null',
  '2026-13-45',
  '0001-01-01T00:00:00Z',
  '1,2,3,4,5',
  ','.repeat(300),
  'x'.repeat(5000),
  null,
  true,
  -1,
  0,
  1e308,
  2 ** 53,
  0.1,
  [],
  {},
  [[[[[[[[1]]]]]]]],
  { constructor: { prototype: {} } },
];

const MEDIA_TYPES: readonly [string, ...string[]] = [
  'application/json',
  'application/json; charset=utf-16',
  'text/csv',
  'text/plain',
  'application/geo+json',
];

const RAW: readonly [string, ...string[]] = [
  '',
  '{',
  'null',
  '[]',
  '"text"',
  '{"a":1,"a":2}',
  `{"__proto__":{"admin":true}}`,
  `${'['.repeat(3000)}1${']'.repeat(3000)}`,
  '\ufeff{}',
  '{"a":"\ud800"}',
];

/** One generated request; `ids` are of rows that there are. Resolves with the answer and what was asked. */
export async function fuzz(
  agent: Agent,
  random: Random,
  ids: readonly [string, ...string[]],
): Promise<{ readonly res: Response; readonly request: string }> {
  const { method, path, operation } = anyOf(random, OPERATIONS);
  const address = addressOf(random, path, operation, ids);
  const body = method === 'get' || method === 'delete' ? undefined : bodyOf(random, operation, ids);
  const begun = agent[method as 'get' | 'post'](address);
  void begun.set(headersOf(random));
  const sent =
    body === undefined ? begun : begun.set('Content-Type', mediaType(random)).send(textOf(body));
  const request = `${method} ${address} ${JSON.stringify(body ?? null)?.slice(0, 300)}`;
  return { res: await sent, request };
}

function mediaType(random: Random): string {
  return random.integer(10) === 0 ? random.pick(MEDIA_TYPES) : 'application/json';
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
}

function headersOf(random: Random): Record<string, string> {
  return {
    ...(random.integer(3) === 0 && { 'If-Match': random.pick(['"1"', '*', 'W/"2.x"', 'x', '""']) }),
    ...(random.integer(8) === 0 && {
      'Idempotency-Key': random.pick(['k', 'ключ'.slice(0, 0), 'a b', 'x'.repeat(300)]),
    }),
    ...(random.integer(8) === 0 && {
      Accept: random.pick(['application/geo+json', 'text/html', '*/*', 'image/png', ';;']),
    }),
    ...(random.integer(8) === 0 && { 'Accept-Language': random.pick(['en', 'zh', '*;q=0', ',,']) }),
  };
}

function addressOf(
  random: Random,
  path: string,
  { parameters }: Operation,
  ids: readonly [string, ...string[]],
): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encode(random.integer(3) === 0 ? random.pick(ODD) : likely(random, name, ids)),
  );
  const query: string[] = [];
  for (const { name, in: place } of parameters) {
    if (place !== 'query' || random.integer(2) === 0) continue;
    const value = random.integer(3) === 0 ? random.pick(ODD) : likely(random, name, ids);
    query.push(`${name}=${encode(value)}`);
    if (random.integer(30) === 0) query.push(`${name}=again`);
  }
  if (random.integer(15) === 0) query.push('unknown=1');
  return query.length === 0 ? filled : `${filled}?${query.join('&')}`;
}

/** A half of a character cannot be in an address. */
function encode(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return encodeURIComponent(Buffer.from(text).toString()).slice(0, 2000).replace(/%.?$/, '');
}

function likely(random: Random, name: string, ids: readonly [string, ...string[]]): string {
  const values: Readonly<Record<string, readonly [string, ...string[]]>> = {
    id: ids,
    code: ['990000', '990101', '000000'],
    region: ['990000', '990101', '123456'],
    layer: ['regions', 'risk-points', 'enterprises', 'base'],
    z: ['0', '5', '12', '15'],
    x: ['0', '16', '3471'],
    y: ['0', '11', '1500'],
    level: ['1', '1,2'],
    limit: ['1', '1000', '1001'],
    bbox: ['125,43,126,44', '179,-1,-179,1', '1,1,1,1'],
    kind: ['risk-points', 'enterprises'],
    list: ['control-list', 'risk-points'],
    format: ['csv', 'xlsx', 'geojson'],
    v: ['national', '5x5@1'],
    q: ['龘', '43.5,125.5', 'sl', 'RP'],
    asOf: ['2025-06-30'],
  };
  return random.pick(values[name] ?? ids);
}

function bodyOf(
  random: Random,
  { requestBody }: Operation,
  ids: readonly [string, ...string[]],
): unknown {
  if (random.integer(12) === 0) return random.pick(RAW);
  const schema = Object.values(requestBody?.content ?? {})[0]?.schema;
  return schema === undefined ? random.pick(ODD) : valueOf(random, schema, ids, 0);
}

/** A value that the schema would take, but for one in some places. */
function valueOf(
  random: Random,
  given: Schema,
  ids: readonly [string, ...string[]],
  depth: number,
): unknown {
  const schema = resolved(given);
  if (random.integer(9) === 0 || depth > 8) return random.pick(ODD);
  const choices = (schema['anyOf'] ?? schema['oneOf']) as readonly Schema[] | undefined;
  if (choices) return valueOf(random, anyOf(random, choices), ids, depth + 1);
  const known = schema['enum'] as readonly unknown[] | undefined;
  if (known) return anyOf(random, known);
  if ('const' in schema) return schema['const'];
  switch (schema['type']) {
    case 'object':
      return objectOf(random, schema, ids, depth);
    case 'array': {
      const tuple = schema['prefixItems'] as readonly Schema[] | undefined;
      if (tuple) return tuple.map((item) => valueOf(random, item, ids, depth + 1));
      const items = (schema['items'] || {}) as Schema;
      return Array.from({ length: random.integer(4) }, () =>
        valueOf(random, items, ids, depth + 1),
      );
    }
    case 'integer':
    case 'number':
      return random.pick([0, 1, 3, 6, 15, -1, 125.5, 43.5, 1e9]);
    case 'boolean':
      return random.integer(2) === 0;
    case 'null':
      return null;
    default:
      return random.pick([...ids, '示例', '990101', '2026-06-01T00:00:00Z', 'lec', 'viewer']);
  }
}

function objectOf(
  random: Random,
  schema: Schema,
  ids: readonly [string, ...string[]],
  depth: number,
): Record<string, unknown> {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
  const required = (schema['required'] ?? []) as readonly string[];
  const made = properties
    .filter(([name]) => required.includes(name) || random.integer(2) === 0)
    .map(([name, of]) => [name, valueOf(random, of, ids, depth + 1)] as const);
  return { ...Object.fromEntries(made), ...(random.integer(20) === 0 && { surplus: 1 }) };
}

function resolved(schema: Schema): Schema {
  const { $ref } = schema;
  if (typeof $ref !== 'string') return schema;
  return document.components.schemas[$ref.replace('#/components/schemas/', '')] ?? {};
}
