import { openApiDocument } from '#server/http/openapi.ts';
import type { JsonSchema } from '#server/http/openapi-schema.ts';
import { endpoints } from '#server/routes.ts';
import { TEST_URL, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

type Place = {
  readonly method: string;
  readonly path: string;
  readonly name: string;
  readonly schema: JsonSchema;
};

const document = openApiDocument(endpoints, { version: '0', publicUrl: TEST_URL });
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
);

const everyParameter: readonly Place[] = operations.flatMap(({ method, path, operation }) =>
  operation.parameters
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, schema }) => ({ method, path: filled(path), name, schema })),
);
const lists = everyParameter.filter(({ schema }) => schema['type'] === 'array');
/** Reading is enough: what is asked of a parameter is read the same way for all methods. */
const readLists = lists.filter(({ method }) => method === 'get');

/** Some address of the kind; whether the thing is there does not matter. */
function filled(path: string): string {
  const values: Readonly<Record<string, string>> = {
    id: '018f0000-0000-7000-8000-000000000001',
    code: '220000',
    layer: 'risk-points',
    z: '6',
    x: '53',
    y: '23',
    list: 'risk-points',
    format: 'csv',
    kind: 'risk-points',
  };
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '1');
}

/** Values that the list takes; the codes of a list without names of its own are those of the code lists. */
function valuesOf({ schema }: Place): readonly string[] {
  const items = (schema['items'] ?? {}) as JsonSchema;
  const known = (items['enum'] ?? (items['const'] === undefined ? null : [items['const']])) as
    | readonly (string | number)[]
    | null;
  return known === null ? ['chemicals', 'mining'] : known.map(String);
}

let app: TestApp;

beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app?.close());

it('there are lists among the parameters, and each says how many values it takes at most', () => {
  expect(lists.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['level', 'dynamic', 'state', 'field']),
  );
  const open = lists.filter(({ schema }) => typeof schema['maxItems'] !== 'number');
  expect(open.map(({ path, name }) => `${path} ${name}`)).toEqual([]);
});

it('a parameter that is given a thousand times is a fault, told once', async () => {
  const tried = everyParameter.filter(({ method }) => method === 'get');
  for (const { path, name } of tried) {
    const query = Array.from({ length: 1_000 }, () => `${name}=1`).join('&');
    const res = await app.agent.get(`${path}?${query}`);

    expect([path, name, res.status]).toEqual([path, name, 400]);
    const text = res.text || String(res.body);
    expect([path, name, text.length < 3_000]).toEqual([path, name, true]);
  }
});

it('a list with a thousand values is refused, whether they differ or not', async () => {
  for (const place of readLists) {
    const { path, name } = place;
    const [value = ''] = valuesOf(place);
    for (const values of [
      Array.from({ length: 1_000 }, () => value),
      Array.from({ length: 1_000 }, (_, n) => `v-${n}`),
    ]) {
      const res = await app.agent.get(`${path}?${name}=${values.join(',')}`);
      expect([path, name, res.status]).toEqual([path, name, 400]);
    }
  }
});

it('a value that stands in a list several times asks for no more than once', async () => {
  for (const place of readLists) {
    const { path, name } = place;
    const [value = ''] = valuesOf(place);
    const once = await app.agent.get(`${path}?${name}=${value}`);
    const often = await app.agent.get(`${path}?${name}=${Array(20).fill(value).join(',')}`);

    // Beside the instance of a problem, which is the request's own.
    expect([path, name, often.status]).toEqual([path, name, once.status]);
    if (once.status !== 200) continue;
    expect([path, name, often.headers['etag']]).toEqual([path, name, once.headers['etag']]);
  }
});

it('a list in a body says how many members it takes at most', () => {
  const open: string[] = [];
  const walk = (schema: unknown, at: string, seen: readonly string[]): void => {
    if (typeof schema !== 'object' || schema === null) return;
    const node = schema as JsonSchema;
    const reference = node['$ref'];
    if (typeof reference === 'string') {
      const name = reference.replace('#/components/schemas/', '');
      if (!seen.includes(name)) walk(document.components.schemas[name], at, [...seen, name]);
      return;
    }
    const isOpen =
      node['type'] === 'array' && !node['prefixItems'] && node['maxItems'] === undefined;
    if (isOpen) open.push(at);
    for (const [key, member] of Object.entries(node)) walk(member, `${at}/${key}`, seen);
  };
  for (const { method, path, operation } of operations) {
    for (const { schema } of Object.values(operation.requestBody?.content ?? {})) {
      walk(schema, `${method} ${path}`, []);
    }
  }
  // The rules of geometry count the corners, before anything is done with them.
  expect(open.filter((at) => !at.endsWith('/geometry/properties/coordinates'))).toEqual([]);
});
