import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { JsonSchema } from '#server/http/openapi-schema.ts';
import { openApiDocument } from '#server/http/openapi.ts';
import type { OpenApiDocument, Operation } from '#server/http/openapi.ts';
import { endpoints } from '#server/routes.ts';

const document = openApiDocument(endpoints, {
  version: '0.0.0',
  publicUrl: 'http://127.0.0.1:8080',
});
const wire = JSON.parse(JSON.stringify(document)) as OpenApiDocument;
const operations = Object.entries(wire.paths).flatMap(([url, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method} ${url}`,
    url,
    operation,
  })),
);

/** Every object in the document with the address it stands at. */
function walk(value: unknown, visit: (node: JsonSchema, at: string) => void, at = '#'): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) visit(value as JsonSchema, at);
  for (const [key, member] of Object.entries(value)) walk(member, visit, `${at}/${key}`);
}

function resolve(schema: JsonSchema): JsonSchema {
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return schema;
  return wire.components.schemas[reference.replace('#/components/schemas/', '')] ?? {};
}

function declaredIn({ parameters }: Operation): string[] {
  const inPath = parameters.filter((parameter) => parameter.in === 'path' && parameter.required);
  return inPath.map(({ name }) => name);
}

describe('the OpenAPI document', () => {
  it('is the one that was committed: a change of the wire shows in review (UPDATE_SNAPSHOT=1 writes it)', () => {
    const file = path.join(import.meta.dirname, 'openapi.json');
    const made = `${JSON.stringify(document, null, 2)}\n`;
    if (process.env['UPDATE_SNAPSHOT'] === '1') writeFileSync(file, made);

    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(made));
  });

  it('gives every operation a summary, a tag, one success and its problems', () => {
    for (const { name, operation } of operations) {
      const statuses = Object.keys(operation.responses);
      expect([name, operation.summary.length > 5]).toEqual([name, true]);
      expect([name, operation.tags.length]).toEqual([name, 1]);
      expect([name, statuses.some((status) => /^20[01]$/.test(status))]).toEqual([name, true]);
      expect([name, statuses]).toEqual([
        name,
        expect.arrayContaining(['400', '406', '500', '503']),
      ]);
      expect([name, statuses.includes('422')]).toEqual([name, operation.requestBody !== undefined]);
    }
  });

  it('uses each operationId once and declares each path parameter, required', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);

    for (const { url, operation } of operations) {
      const named = [...url.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
      expect(declaredIn(operation).toSorted()).toEqual(named.toSorted());
    }
  });

  it('describes every property and every parameter', () => {
    const silent: string[] = [];
    walk(wire, (node, at) => {
      if (node['type'] !== 'object' || typeof node['properties'] !== 'object') return;
      for (const [key, property] of Object.entries(
        node['properties'] as Record<string, JsonSchema>,
      )) {
        if (!property['description'] && !resolve(property)['description'])
          silent.push(`${at}/${key}`);
      }
    });
    for (const { name, operation } of operations) {
      for (const { name: parameter, description } of operation.parameters) {
        if (!description) silent.push(`${name} ${parameter}`);
      }
    }
    expect(silent).toEqual([]);
  });

  it('refers only to schemas that it holds, and holds none that nothing refers to', () => {
    const referred = new Set<string>();
    walk(wire, (node) => {
      if (typeof node['$ref'] === 'string')
        referred.add(node['$ref'].replace('#/components/schemas/', ''));
    });
    expect([...referred].toSorted()).toEqual(Object.keys(wire.components.schemas).toSorted());
  });

  it('writes list parameters as comma lists and numbers as numbers', () => {
    const parameters = operations.flatMap(({ operation }) => operation.parameters);
    for (const parameter of parameters) {
      if (parameter.schema['type'] !== 'array') continue;
      expect(parameter).toMatchObject({ style: 'form', explode: false });
    }
    for (const { name, operation } of operations) {
      const limit = operation.parameters.find((parameter) => parameter.name === 'limit');
      if (!limit) continue;
      // A search shows a few rows of each kind; every list has pages of the same size.
      const bounds =
        name === 'get /api/v1/search'
          ? { maximum: 20, default: 8 }
          : { maximum: 1000, default: 100 };
      expect(limit).toMatchObject({
        required: false,
        schema: { type: 'integer', minimum: 1, ...bounds },
      });
    }
  });

  it('lets no schema be empty but where anything goes', () => {
    const open: string[] = [];
    walk(wire.components.schemas, (node, at) => {
      const keys = Object.keys(node).filter((key) => key !== 'description');
      const isSchema = /\/(?:properties\/[^/]+|items)$/.test(at);
      if (isSchema && keys.length === 0) open.push(at);
    });
    // GeoJSON coordinates nest by the type of the geometry; a change shows whatever a field holds.
    expect(open).toEqual(open.filter((at) => /coordinates|\/(?:before|after)$/.test(at)));
  });
});
