import { openApiDocument } from '#server/http/openapi.ts';
import type { OpenApiParameter } from '#server/http/openapi.ts';
import type { JsonSchema } from '#server/http/openapi-schema.ts';
import { TILE_LAYERS } from '#server/features/tiles/tile-layers.ts';
import { endpoints } from '#server/routes.ts';
import { anyOf } from '#tests/support/seeded-random.ts';
import type { Random } from '#tests/support/seeded-random.ts';
import { OTHERS_FILE } from './house.ts';
import type { World } from './world.ts';

export type Probe = {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
  /** Sent as CSV instead of a body. */
  readonly file?: string;
};

type Operation = {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly OpenApiParameter[];
};

/** Every one of the document. Changes are asked for with bodies that no rule takes, so that the world stays what it is. */
const OPERATIONS: readonly Operation[] = Object.entries(
  openApiDocument(endpoints, { version: '0', publicUrl: 'http://127.0.0.1' }).paths,
).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { parameters }]) => ({ method, path, parameters })),
);

/** Asked for more often than by turns: what has many filters, zooms or rows to give away. */
const OFTEN: Readonly<Record<string, number>> = {
  '/tiles/{layer}/{z}/{x}/{y}.mvt': 10,
  '/api/v1/exports': 6,
  '/api/v1/search': 3,
  '/api/v1/risk-points': 3,
  '/api/v1/enterprises': 3,
};

const IN_TURN = OPERATIONS.flatMap((operation) =>
  Array.from({ length: OFTEN[operation.path] ?? 1 }, () => operation),
);

/** A request of some operation with some of its parameters, right or wrong. */
export function aProbe(random: Random, world: World): Probe {
  if (random.integer(10) === 0) return aProbeForRestricted(random, world);
  if (random.integer(150) === 0) return anUpload(random, world);
  const operation = anyOf(random, IN_TURN);
  if (operation.path.startsWith('/tiles/')) return aTile(random, world, operation);
  const { method, path, parameters } = operation;
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(pathValue(random, world, path, name)),
  );
  const address = `${filled}${aQuery(random, world, parameters)}`;
  return method === 'get'
    ? { method, path: address }
    : { method, path: address, body: aBody(random, world) };
}

/** A tile over the province, or what is said of its layer; mostly with filters that the layer has. */
function aTile(random: Random, world: World, { method, path, parameters }: Operation): Probe {
  const layer = anyOf(random, TILE_LAYERS);
  const own = parameters.filter(({ name }) => layer.filters.some((filter) => filter === name));
  const [z, x, y] = tileOver(random, [125 + 2 * random.next(), 43 + random.next()]);
  const address = path
    .replace('{layer}', layer.id)
    .replace('{z}', `${z}`)
    .replace('{x}', `${x}`)
    .replace('{y}', `${y}`);
  const asked = random.integer(10) === 0 ? parameters : own;
  return { method, path: `${address}${aQuery(random, world, asked)}` };
}

function tileOver(random: Random, [lon, lat]: readonly [number, number]): readonly number[] {
  const z = random.integer(15);
  const side = 2 ** z;
  const x = Math.floor(((lon + 180) / 360) * side);
  const rad = (lat * Math.PI) / 180;
  return [z, x, Math.floor(((1 - Math.asinh(Math.tan(rad)) / Math.PI) / 2) * side)];
}

function aQuery(random: Random, world: World, parameters: readonly OpenApiParameter[]): string {
  const query = new URLSearchParams();
  for (const { name, in: place, required, schema } of parameters) {
    if (place !== 'query' || !(required || random.integer(5) === 0)) continue;
    query.set(name, queryValue(random, world, name, schema));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** A file with what rows are known by: the report on it compares them with the register. Or the one of somebody else. */
function anUpload(random: Random, world: World): Probe {
  const kind = anyOf(random, ['risk-points', 'enterprises']);
  const query = new URLSearchParams({ kind, crs: 'wgs84' });
  const method = 'post';
  const path = `/api/v1/imports?${query.toString()}`;
  if (random.integer(3) === 0) return { method, path, file: OTHERS_FILE };
  const rows = Array.from({ length: 3 }, () => {
    const { id, marks, restricted } = anyOf(random, world.rows);
    const [name, code] = [anyOf(random, marks), anyOf(random, [...marks, ...restricted, ''])];
    const owner = anyOf(random, ['', anyOf(random, world.rows).marks.at(-1) ?? '']);
    return [code, name, 125.3 + random.next(), 43.2, owner, anyOf(random, ['', id])].join(',');
  });
  const [of, system] = kind === 'enterprises' ? ['备注', '企业系统编号'] : ['所属企业', '系统编号'];
  const header = `编号,名称,经度,纬度,${of},${system}`;
  return { method, path, file: `${[header, ...rows].join('\n')}\n` };
}

/** The questions likeliest to tell what is not told: a row itself, and whether something is so. */
function aProbeForRestricted(random: Random, world: World): Probe {
  const { kind, id, restricted } = anyOf(
    random,
    world.rows.filter((row) => row.restricted.length > 0),
  );
  if (random.integer(2) === 0) return { method: 'get', path: `/api/v1/${kind}s/${id}` };
  const path = anyOf(random, ['search', 'search', 'enterprises', 'risk-points']);
  return {
    method: 'get',
    path: `/api/v1/${path}?${new URLSearchParams({ q: anyOf(random, restricted) }).toString()}`,
  };
}

function pathValue(random: Random, world: World, path: string, name: string): string {
  if (path.startsWith('/api/v1/methods/')) return 'lec';
  if (name === 'code') return anyOf(random, world.regions);
  // What was deleted stays so: it is the one change that asks for no version.
  if (path.endsWith('/restore'))
    return anyOf(
      random,
      world.rows.filter(({ isDeleted }) => !isDeleted),
    ).id;
  if (name === 'id' && path.startsWith('/api/v1/jurisdictions/')) return world.jurisdiction;
  if (name === 'id') return anId(random, world, path);
  return name === 'kind' ? 'risk-points' : '2';
}

const KINDS = ['enterprise', 'risk-point', 'hazard-source', 'measure', 'assessment'] as const;

/** Mostly of a row of the kind that the path is about. */
function anId(random: Random, world: World, path: string): string {
  const ofHouse = world.house.filter(({ kind: each }) => path.startsWith(`/api/v1/${each}s/`));
  if (ofHouse.length > 0 && random.integer(4) > 0) return anyOf(random, ofHouse).id;
  const kind = KINDS.find((each) => path.startsWith(`/api/v1/${each}s/`));
  const isAny = kind === undefined || random.integer(4) === 0;
  return anyOf(random, isAny ? world.rows : world.rows.filter((row) => row.kind === kind)).id;
}

/** One that the schema takes, but for one in twelve. */
function queryValue(
  random: Random,
  world: World,
  name: string,
  { enum: known, const: only, items }: JsonSchema,
): string {
  const row = anyOf(random, world.rows);
  if (random.integer(12) === 0) return anyOf(random, ['1', 'x', '', row.id, '龘']);
  if (only !== undefined) return JSON.stringify(only).replaceAll('"', '');
  const choices = (known ?? (items as JsonSchema | undefined)?.['enum']) as
    | readonly (string | number)[]
    | undefined;
  if (choices) {
    const one = String(anyOf(random, choices));
    const other = String(anyOf(random, choices));
    return items && one !== other && random.integer(2) === 0 ? `${one},${other}` : one;
  }
  const values: Readonly<Record<string, readonly string[]>> = {
    region: world.regions,
    parent: world.regions,
    field: [...world.fields, world.fields.join(',')],
    bbox: ['125,43,127,44', '125.2,43.1,125.4,43.3', '126,43,127,44'],
    limit: ['1', '3', '1000', '100', '20'],
    cursor: ['eyJ4', 'W10'],
    asOf: ['2026-06-15', '2025-01-01'],
    q: [
      row.marks.at(-1) ?? '',
      ...row.restricted,
      '龘',
      'RP-',
      row.id,
      '43.2, 125.3',
      '示例甲市 龘',
    ],
    reason: ['误录'],
    crs: ['wgs84', 'gcj02'],
    swapped: ['true'],
  };
  return anyOf(random, values[name] ?? [row.id]);
}

function aBody(random: Random, world: World): object {
  const row = anyOf(random, world.rows);
  return anyOf<object>(random, [
    {},
    { riskPointId: row.id, names: { zh: '' } },
    { enterpriseId: row.id, names: 7 },
    { riskPointId: row.id, kind: 'engineering', text: { zh: '' } },
  ]);
}
