import type { Response } from 'supertest';
import { ROLE_IDS } from '#server/domain/policy/role.ts';
import { openApiDocument } from '#server/http/openapi.ts';
import type { OpenApiParameter } from '#server/http/openapi.ts';
import { endpoints } from '#server/routes.ts';
import { gunzipSync } from 'node:zlib';
import type { TestGrant } from '#tests/support/callers.ts';
import type { Random } from '#tests/support/seeded-random.ts';
import type { Agent, TestApp } from '#tests/support/test-app.ts';
import { covers, isSeen } from './world.ts';
import type { World } from './world.ts';

export type Leak = {
  readonly grants: readonly TestGrant[];
  readonly request: string;
  readonly what: string;
};

type Probe = { readonly method: string; readonly path: string; readonly body?: object };

type Operation = {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly OpenApiParameter[];
};

/** Every operation of the document, but the long-running and those about accounts, which are not about rows. */
const OPERATIONS: readonly Operation[] = Object.entries(
  openApiDocument(endpoints, { version: '0', publicUrl: 'http://127.0.0.1' }).paths,
).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { parameters }]) => ({ method, path, parameters })),
);

/** Asking may also change: only with a body that no rule takes, so that the world stays what it is. */
const isAsked = ({ method, path }: Operation): boolean =>
  !/session|set-up|recovery|accounts|grants|keys|import|evaluate/.test(path) || method === 'get';

const ASKED = OPERATIONS.filter(isAsked);

/** A caller: one or two roles, each limited at random. */
export function aCaller(random: Random, world: World): readonly TestGrant[] {
  const placed = ROLE_IDS.filter((role) => role !== 'administrator' && role !== 'auditor');
  const enterprises = world.rows.filter(
    ({ kind, isDeleted }) => kind === 'enterprise' && !isDeleted,
  );
  const one = (): TestGrant => {
    const limits = random.integer(6);
    const enterprise = enterprises[random.integer(enterprises.length)];
    return {
      role: placed[random.integer(placed.length)] ?? 'viewer',
      ...((limits === 0 || limits === 4) && { regions: [pickOf(random, world.regions)] }),
      ...(limits === 1 && { jurisdictions: [world.jurisdiction] }),
      ...((limits === 2 || limits === 4) && { fields: [pickOf(random, world.fields)] }),
      ...(limits === 3 && enterprise && { enterpriseId: enterprise.id }),
      ...(limits === 5 && { regions: [pickOf(random, world.regions.slice(2))] }),
    };
  };
  return random.integer(4) === 0 ? [one(), one()] : [one()];
}

function pickOf<T>(random: Random, values: readonly T[]): T {
  const value = values[random.integer(values.length)];
  if (value === undefined) throw new Error('Nothing to pick from');
  return value;
}

/** A request of some operation with some of its parameters, right or wrong. */
function aProbe(random: Random, world: World): Probe {
  const { method, path, parameters } = pickOf(random, ASKED);
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(pathValue(random, world, path, name)),
  );
  const query = new URLSearchParams();
  for (const { name, in: place, required } of parameters) {
    if (place !== 'query' || !(required || random.integer(3) === 0)) continue;
    query.set(name, queryValue(random, world, name));
  }
  const text = query.toString();
  const address = text === '' ? filled : `${filled}?${text}`;
  return method === 'get'
    ? { method, path: address }
    : { method, path: address, body: aBody(random, world) };
}

function pathValue(random: Random, world: World, path: string, name: string): string {
  if (path.startsWith('/tiles/')) return tileValue(random, name);
  if (name === 'code') return pickOf(random, world.regions);
  // What was deleted stays so: it is the one change that asks for no version.
  if (path.endsWith('/restore'))
    return pickOf(
      random,
      world.rows.filter(({ isDeleted }) => !isDeleted),
    ).id;
  if (name === 'id') return pickOf(random, world.rows).id;
  if (name === 'kind') return 'risk-points';
  return 'lec';
}

const LAYERS = ['regions', 'risk-points', 'enterprises', 'base'];

function tileValue(random: Random, name: string): string {
  if (name === 'layer') return pickOf(random, LAYERS);
  return { z: '{z}', x: '{x}', y: '{y}' }[name] ?? '0';
}

/** The three numbers of a tile belong together: one over the province. */
function withTile(random: Random, path: string): string {
  if (!path.includes('%7Bz%7D')) return path;
  const z = random.integer(15);
  const [lon, lat] = [125 + 2 * random.next(), 43 + random.next()];
  const side = 2 ** z;
  const x = Math.floor(((lon + 180) / 360) * side);
  const rad = (lat * Math.PI) / 180;
  const y = Math.floor(((1 - Math.asinh(Math.tan(rad)) / Math.PI) / 2) * side);
  return path.replace('%7Bz%7D', `${z}`).replace('%7Bx%7D', `${x}`).replace('%7By%7D', `${y}`);
}

function queryValue(random: Random, world: World, name: string): string {
  const row = pickOf(random, world.rows);
  const values: Readonly<Record<string, readonly string[]>> = {
    region: world.regions,
    level: ['1', '2', '3,4', '1,2,3,4', '9'],
    dynamic: ['1', '2,3'],
    state: ['assessed', 'not_assessed,expired', 'no_such'],
    field: [...world.fields, 'coal-mine,hazardous-chemicals'],
    basis: ['current', 'inherent'],
    colour: ['assessed', 'dynamic'],
    rule: ['highest', 'weighted', 'density', 'coverage'],
    depth: ['province', 'city', 'county'],
    bbox: ['125,43,127,44', '125.2,43.1,125.4,43.3', '126,43,127,44'],
    limit: ['1', '3', '1000', '100'],
    cursor: ['eyJ4', 'W10'],
    q: [row.marks.at(-1) ?? '', '龘', 'RP-', row.id, '43.2, 125.3', '示例甲市 龘'],
    parent: world.regions,
    list: ['control-list', 'major-list', 'risk-points', 'enterprises'],
    format: ['csv', 'geojson', 'xlsx'],
    enterprise: [row.id],
    riskPoint: [row.id],
    hazardSource: [row.id],
    reason: ['误录'],
  };
  return pickOf(random, values[name] ?? ['1', 'x', row.id]);
}

function aBody(random: Random, world: World): object {
  const row = pickOf(random, world.rows);
  return pickOf<object>(random, [
    {},
    { riskPointId: row.id, names: { zh: '' } },
    { enterpriseId: row.id, names: 7 },
    { riskPointId: row.id, kind: 'engineering', text: { zh: '' } },
  ]);
}

type Asking = {
  readonly app: TestApp;
  readonly world: World;
  readonly random: Random;
  /** How many probes; each caller asks some of them. */
  readonly count: number;
  /** Ends at the first leak. */
  readonly untilLeak?: boolean;
};

const PROBES_OF_A_CALLER = 50;

/** Asks as many callers as it takes, and tells everything that an answer gives away. */
export async function findLeaks(asking: Asking): Promise<readonly Leak[]> {
  const { app, world, random, count, untilLeak = false } = asking;
  const leaks: Leak[] = [];
  for (let done = 0; done < count; done += PROBES_OF_A_CALLER) {
    const grants = random.integer(20) === 0 ? null : aCaller(random, world);
    const agent = grants === null ? app.visitor() : await app.agentOf(...grants);
    leaks.push(...(await countLeaks(agent, world, grants ?? NOTHING)));
    for (let step = 0; step < PROBES_OF_A_CALLER; step += 1) {
      leaks.push(...(await ask(agent, world, grants ?? NOTHING, aProbe(random, world), random)));
      if (untilLeak && leaks.length > 0) return leaks;
    }
  }
  return leaks;
}

const NOTHING: readonly TestGrant[] = [];

async function ask(
  agent: Agent,
  world: World,
  grants: readonly TestGrant[],
  probe: Probe,
  random: Random,
): Promise<readonly Leak[]> {
  const path = withTile(random, probe.path);
  const method = probe.method as 'get' | 'post' | 'patch' | 'delete';
  const begun = agent[method](path).buffer(true).parse(bytesOf);
  // A version that no row has: a change is refused, after everything else about it was looked at.
  if (method !== 'get') void begun.set('If-Match', '"999999"').set('Accept', 'application/json');
  const res = await (probe.body === undefined ? begun : begun.send(probe.body));
  const given = `${decodeURIComponent(path)} ${JSON.stringify(probe.body ?? {})}`;
  const text = `${JSON.stringify(res.headers)} ${textOf(res)}`;
  const request = `${method} ${path} ${JSON.stringify(probe.body ?? null)} → ${res.status}`;
  return world.rows
    .filter((row) => !isSeen(row, grants))
    .flatMap(({ marks }) => marks)
    .filter((mark) => text.includes(mark) && !given.includes(mark))
    .map((what) => ({ grants, request, what }));
}

function bytesOf(
  res: { on(event: string, run: (piece: Buffer) => void): unknown },
  done: (error: Error | null, body: Buffer) => void,
): void {
  const pieces: Buffer[] = [];
  res.on('data', (piece: Buffer) => pieces.push(Buffer.from(piece)));
  res.on('end', () => done(null, Buffer.concat(pieces)));
}

/** As text, whatever it is: tiles, and the parts of a spreadsheet, hold their names in UTF-8. */
function textOf(res: Response): string {
  const body = res.body as unknown;
  if (!Buffer.isBuffer(body)) return JSON.stringify(body ?? '');
  return (body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body).toString('utf8');
}

/** What is counted has to be what is seen: points and votes of the province. */
async function countLeaks(
  agent: Agent,
  world: World,
  grants: readonly TestGrant[],
): Promise<readonly Leak[]> {
  if (grants.length === 0) return [];
  const request = 'get /api/v1/regions/990000/summary';
  const { body } = await agent.get('/api/v1/regions/990000/summary').expect(200);
  const points = world.rows.filter(
    (row) => row.kind === 'risk-point' && isSeen(row, grants),
  ).length;
  const votes = world.rows.filter(
    ({ kind, belongs, isDeleted }) =>
      !isDeleted &&
      (kind === 'enterprise' || (kind === 'risk-point' && belongs.enterprise === null)) &&
      grants.some((grant) => covers(grant, belongs)),
  ).length;
  const told = body as Record<string, number>;
  const voted = ['s1', 's2', 's3', 's4', 'sU'].reduce((sum, key) => sum + (told[key] ?? 0), 0);
  const leaks: Leak[] = [];
  if (told['total'] !== points) {
    leaks.push({ grants, request, what: `total ${told['total']}, but ${points} are seen` });
  }
  if (voted !== votes)
    leaks.push({ grants, request, what: `${voted} votes, but ${votes} are seen` });
  return leaks;
}
