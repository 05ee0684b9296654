import type { Response } from 'supertest';
import { ROLE_IDS } from '#server/domain/policy/role.ts';
import { openApiDocument } from '#server/http/openapi.ts';
import type { OpenApiParameter } from '#server/http/openapi.ts';
import { endpoints } from '#server/routes.ts';
import { gunzipSync } from 'node:zlib';
import type { TestGrant } from '#tests/support/callers.ts';
import type { Random } from '#tests/support/seeded-random.ts';
import type { Agent, TestApp } from '#tests/support/test-app.ts';
import { countLeaks } from './counts.ts';
import type { Leak } from './counts.ts';
import { OWN_EYES, someEyes } from './eyes.ts';
import type { Eyes } from './eyes.ts';
import { rowsToldIn } from './told-rows.ts';
import { isSeen, isTold } from './world.ts';
import type { SecretRow, World } from './world.ts';

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
  const placed = ROLE_IDS.filter((role) => role !== 'auditor');
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
  if (random.integer(10) === 0) return aProbeForRestricted(random, world);
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

/** The questions likeliest to tell what is not told: a row itself, and whether something is so. */
function aProbeForRestricted(random: Random, world: World): Probe {
  const { kind, id, restricted } = pickOf(
    random,
    world.rows.filter((row) => row.restricted.length > 0),
  );
  if (random.integer(2) === 0) return { method: 'get', path: `/api/v1/${kind}s/${id}` };
  const path = pickOf(random, ['search', 'search', 'enterprises', 'risk-points']);
  return {
    method: 'get',
    path: `/api/v1/${path}?${new URLSearchParams({ q: pickOf(random, restricted) }).toString()}`,
  };
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
  if (name === 'id') return anId(random, world, path);
  if (name === 'kind') return 'risk-points';
  return 'lec';
}

const KINDS = ['enterprise', 'risk-point', 'hazard-source', 'measure', 'assessment'] as const;

/** Mostly of a row of the kind that the path is about. */
function anId(random: Random, world: World, path: string): string {
  const kind = KINDS.find((each) => path.startsWith(`/api/v1/${each}s/`));
  const isAny = kind === undefined || random.integer(4) === 0;
  return pickOf(random, isAny ? world.rows : world.rows.filter((row) => row.kind === kind)).id;
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
    q: [
      row.marks.at(-1) ?? '',
      ...row.restricted,
      '龘',
      'RP-',
      row.id,
      '43.2, 125.3',
      '示例甲市 龘',
    ],
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
  await publish(app);
  for (let done = 0; done < count; done += PROBES_OF_A_CALLER) {
    const grants = random.integer(20) === 0 ? null : aCaller(random, world);
    const agent = grants === null ? app.visitor() : await app.agentOf(...grants);
    leaks.push(...(await countLeaks(agent, world, grants ?? NOTHING)));
    for (let step = 0; step < PROBES_OF_A_CALLER; step += 1) {
      const eyes = grants === null ? OWN_EYES : someEyes(random, world);
      const looking = { world, grants: grants ?? NOTHING, eyes };
      leaks.push(...(await ask(agent, looking, aProbe(random, world), random)));
      if (untilLeak && leaks.length > 0) return leaks;
    }
  }
  return leaks;
}

const NOTHING: readonly TestGrant[] = [];

/** What everyone is told is there to be asked for, too. */
async function publish({ services: { publication } }: TestApp): Promise<void> {
  await publication.release('审查记录', null);
  await publication.publish();
}

type Looking = {
  readonly world: World;
  readonly grants: readonly TestGrant[];
  readonly eyes: Eyes;
};

async function ask(
  agent: Agent,
  { world, grants, eyes }: Looking,
  probe: Probe,
  random: Random,
): Promise<readonly Leak[]> {
  const path = withTile(random, probe.path);
  const method = probe.method as 'get' | 'post' | 'patch' | 'delete';
  const begun = agent[method](path).buffer(true).parse(bytesOf);
  if (eyes.header !== null) void begun.set('X-View-As', eyes.header);
  // A version that no row has: a change is refused, after everything else about it was looked at.
  if (method !== 'get') void begun.set('If-Match', '"999999"').set('Accept', 'application/json');
  const res = await (probe.body === undefined ? begun : begun.send(probe.body));
  const given = `${decodeURIComponent(path)} ${JSON.stringify(probe.body ?? {})}`;
  const text = `${JSON.stringify(res.headers)} ${textOf(res)}`;
  const as = eyes.header === null ? '' : ` as ${eyes.header}`;
  const request = `${method} ${path}${as} ${JSON.stringify(probe.body ?? null)} → ${res.status}`;
  return rowsToldIn(text, world)
    .flatMap((row) => secretsOf(row, { grants, eyes }, given))
    .filter((mark) => text.includes(mark) && !given.includes(mark))
    .map((what) => ({ grants, request, what }));
}

/** All texts of a row that an answer must not have. */
function secretsOf(
  row: SecretRow,
  { grants, eyes }: Pick<Looking, 'grants' | 'eyes'>,
  given: string,
): readonly string[] {
  if (!isSeen(row, grants, eyes)) return [...row.marks, ...row.restricted];
  if (isTold(row, grants, eyes)) return [];
  // Whoever asks for a row by what is not told of it must not find it.
  const isAskedFor = row.restricted.some((mark) => given.includes(`q=${mark}`));
  return isAskedFor ? [...row.marks, ...row.restricted] : row.restricted;
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
