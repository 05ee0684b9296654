import { escapeHtml } from './html-page.ts';
import type { OpenApiDocument, OpenApiParameter, Operation } from './openapi.ts';
import type { JsonSchema } from './openapi-schema.ts';

/** Beside the style of every server-made page. */
export const DOCS_STYLE = `
.layout{display:grid;grid-template-columns:220px minmax(0,1fr);gap:28px;align-items:start}
nav{position:sticky;top:20px;max-height:calc(100vh - 40px);overflow:auto;font-size:13px}
nav a{display:block;padding:2px 0;text-decoration:none;overflow-wrap:anywhere}nav strong{display:block;margin:12px 0 2px;font-size:12px;color:var(--ink3);font-weight:500}
@media (max-width:820px){.layout{grid-template-columns:minmax(0,1fr)}nav{position:static;max-height:none;columns:2}}
.verb{display:inline-block;min-width:52px;padding:1px 8px;border-radius:6px;background:var(--accent);color:var(--card);font:600 11px/19px ui-monospace,monospace;text-align:center}
.verb.post{background:var(--ink2)}
.path{font:600 14px/22px ui-monospace,SFMono-Regular,Menlo,monospace;margin-left:8px;overflow-wrap:anywhere}
.try{float:right;font-size:13px}
details{border-top:1px solid var(--line);padding:8px 0}details>summary{cursor:pointer;color:var(--ink2)}
.card>p{margin-top:8px}.type{color:var(--ink3)}
`;

type Located = { readonly path: string; readonly method: string; readonly operation: Operation };

/** The document as one page to read: no script, nothing loaded. Returns escaped HTML. */
export function docsBody(document: OpenApiDocument): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Located => ({ path, method, operation })),
  );
  const sections = document.tags.map(({ name }) => {
    const own = operations.filter(({ operation }) => operation.tags[0] === name);
    return `<h2 id="${slug(name)}">${escapeHtml(name)}</h2>${own.map(operationCard).join('')}`;
  });
  return (
    `<h1>${escapeHtml(document.info.title)} · API ${escapeHtml(document.info.version)}</h1>` +
    `<p>${escapeHtml(document.info.description)} <a href="/openapi.json">OpenAPI 3.1 document</a> · ` +
    `<a href="/problems">Problems</a> · <a href="/">Map</a></p>` +
    `<div class="layout"><nav aria-label="Operations">${contents(document, operations)}</nav>` +
    `<div>${sections.join('')}<h2 id="schemas">schemas</h2>${schemaCards(document)}</div></div>`
  );
}

const slug = (text: string) => `t-${text.replaceAll(/\W+/g, '-')}`;

function contents(document: OpenApiDocument, operations: readonly Located[]): string {
  const groups = document.tags.map(({ name }) => {
    const links = operations
      .filter(({ operation }) => operation.tags[0] === name)
      .map(({ operation }) => `<a href="#${operation.operationId}">${operation.operationId}</a>`);
    return `<strong>${escapeHtml(name)}</strong>${links.join('')}`;
  });
  return `${groups.join('')}<strong>reference</strong><a href="#schemas">schemas</a>`;
}

function operationCard({ path, method, operation }: Located): string {
  const isTryable = method === 'get' && !path.includes('{');
  const link = isTryable ? `<a class="try" href="${path}">Try it →</a>` : '';
  return (
    `<section class="card" id="${operation.operationId}">${link}` +
    `<span class="verb ${method}">${method.toUpperCase()}</span><span class="path">${escapeHtml(path)}</span>` +
    `<p>${escapeHtml(operation.summary)}</p>${parameterTable(operation.parameters)}` +
    `${bodyBlock(operation)}${responseTable(operation)}</section>`
  );
}

function parameterTable(parameters: readonly OpenApiParameter[]): string {
  if (parameters.length === 0) return '';
  const rows = parameters.map(
    (parameter) =>
      `<tr><td><code>${escapeHtml(parameter.name)}</code>${parameter.required ? ' *' : ''}</td>` +
      `<td class="type">${typeText(parameter.schema)}</td><td>${escapeHtml(parameter.description ?? '')}</td></tr>`,
  );
  return `<h3>Parameters</h3><table><tr><th>Name</th><th>Type</th><th>Meaning</th></tr>${rows.join('')}</table>`;
}

function bodyBlock({ requestBody }: Operation): string {
  const schema = requestBody?.content['application/json']?.schema;
  return schema === undefined ? '' : `<h3>Body</h3>${propertyTable(schema)}`;
}

function responseTable({ responses }: Operation): string {
  const rows = Object.entries(responses).map(([status, { description, content }]) => {
    const types = Object.entries(content ?? {}).map(
      ([mediaType, { schema }]) => `<code>${mediaType}</code> ${typeText(schema)}`,
    );
    const isProblem = Number(status) >= 400;
    const meaning = isProblem
      ? description
          .split(', ')
          .map((name) => `<a href="/problems/${name}">${name}</a>`)
          .join(', ')
      : `${escapeHtml(description)}<br>${types.join('<br>')}`;
    return `<tr><td>${status}</td><td>${meaning}</td></tr>`;
  });
  return `<details><summary>Answers</summary><table>${rows.join('')}</table></details>`;
}

function schemaCards(document: OpenApiDocument): string {
  return Object.entries(document.components.schemas)
    .map(([name, schema]) => {
      return `<section class="card" id="s-${name}"><span class="path">${name}</span><p>${words(schema)}</p>${propertyTable(schema)}</section>`;
    })
    .join('');
}

function propertyTable(schema: JsonSchema): string {
  const properties = schema['properties'];
  if (typeof properties !== 'object' || properties === null) {
    return `<p class="type">${typeText(schema)}</p>`;
  }
  const required = new Set((schema['required'] ?? []) as string[]);
  const rows = Object.entries(properties as Record<string, JsonSchema>).map(
    ([name, property]) =>
      `<tr><td><code>${escapeHtml(name)}</code>${required.has(name) ? ' *' : ''}</td>` +
      `<td class="type">${typeText(property)}</td><td>${words(property)}</td></tr>`,
  );
  return `<table>${rows.join('')}</table>`;
}

function typeText(schema: JsonSchema): string {
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    const name = escapeHtml(reference.split('/').at(-1) ?? '');
    return `<a href="#s-${name}">${name}</a>`;
  }
  const choices = schema['enum'] ?? (schema['const'] === undefined ? undefined : [schema['const']]);
  if (Array.isArray(choices))
    return choices.map((choice) => escapeHtml(String(choice))).join(' | ');
  const options = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(options)) return (options as JsonSchema[]).map(typeText).join(' or ');
  if (schema['type'] === 'array') {
    return `list of ${typeText((schema['items'] ?? {}) as JsonSchema)}`;
  }
  const type = Array.isArray(schema['type']) ? schema['type'].join(' or ') : schema['type'];
  const format = typeof schema['format'] === 'string' ? ` (${schema['format']})` : '';
  return escapeHtml((typeof type === 'string' ? type : 'any') + format);
}

function words({ description }: JsonSchema): string {
  return typeof description === 'string' ? escapeHtml(description) : '';
}
