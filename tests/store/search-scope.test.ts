import { v7 } from 'uuid';
import { inScope } from '#server/db/scope.ts';
import type { Scope } from '#server/db/scope.ts';
import type { RowScope, ScopePart } from '#server/domain/policy/row-scope.ts';
import { makeWorld } from '#tests/support/leaks/world.ts';
import type { World } from '#tests/support/leaks/world.ts';
import { shippedSeed } from '#tests/support/test-app.ts';
import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

const NOW = Date.UTC(2026, 5, 15, 4);

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await openTestDatabase({ seed: shippedSeed });
  world = await makeWorld(database, NOW);
});
afterAll(() => closeTestDatabase(database));

const part = (limits: Partial<ScopePart>): ScopePart => ({
  regions: null,
  jurisdictions: [],
  fields: null,
  enterprise: null,
  ...limits,
});

const scope = (read: RowScope): Scope => ({
  role: 'risk_app',
  accountId: v7(),
  read,
  restricted: read,
  write: [],
  isDemo: false,
  isAuditor: false,
  origin: { keyId: null, address: null, requestId: null },
});

const enterpriseId = (at: number): string => {
  const found = world.rows.filter(({ kind, isDeleted }) => kind === 'enterprise' && !isDeleted)[at];
  if (found === undefined) throw new Error('The world has no such enterprise');
  return found.id;
};

/** Scopes of every form that a grant can have, and several together. */
const scopes = (): Readonly<Record<string, RowScope>> => ({
  nothing: [],
  'a county': [part({ regions: ['990101'] })],
  'a city': [part({ regions: ['990200'] })],
  'a field': [part({ fields: ['coal-mine'] })],
  'a county and a field': [part({ regions: ['990102'], fields: ['hazardous-chemicals'] })],
  'a park': [part({ regions: [], jurisdictions: [world.jurisdiction] })],
  'an enterprise': [part({ enterprise: enterpriseId(3) })],
  'three parts': [
    part({ regions: ['990200'], fields: ['coal-mine'] }),
    part({ regions: ['990101'], enterprise: enterpriseId(0) }),
    part({ enterprise: enterpriseId(5), fields: ['hazardous-chemicals'] }),
  ],
});

const TABLES = { 3: 'enterprises', 4: 'risk_points', 5: 'hazard_sources' } as const;

async function idsOf(sql: string, read: RowScope | null): Promise<readonly string[]> {
  const ask = (trx: Parameters<Parameters<TestDatabase['asOwner']>[0]>[0]) =>
    trx.raw<{ rows: { id: string }[] }>(sql);
  const { rows } = await (read === null
    ? database.asOwner(ask)
    : inScope(scope(read), () => database.unscoped.read(ask)));
  return rows.map(({ id }) => id);
}

/** Of each kind the entries that a scope sees, and those whose own rows it sees. */
async function seenBy(read: RowScope) {
  const seen: Record<string, readonly string[]> = {};
  const due: Record<string, readonly string[]> = {};
  for (const [kind, table] of Object.entries(TABLES)) {
    const entries = `SELECT ref AS id FROM search_entries WHERE kind = ${kind} ORDER BY 1`;
    const rows = new Set(await idsOf(`SELECT id::text FROM ${table}`, read));
    seen[table] = await idsOf(entries, read);
    due[table] = (await idsOf(entries, null)).filter((id) => rows.has(id));
  }
  return { seen, due };
}

async function expectTheSame(): Promise<void> {
  for (const [what, read] of Object.entries(scopes())) {
    const { seen, due } = await seenBy(read);
    expect({ what, ...seen }).toEqual({ what, ...due });
  }
}

describe('entries of the search', () => {
  it('are seen by whoever sees the row that they stand for', async () => {
    await expectTheSame();

    const { seen } = await seenBy([part({ enterprise: enterpriseId(3) })]);
    expect(seen['enterprises']).toHaveLength(1);
    expect(seen['risk_points']).toHaveLength(2);
    expect(seen['hazard_sources']).toHaveLength(2);
  });

  it.each([
    [
      'a point lies in another county',
      `UPDATE risk_points SET geom = ST_Translate(geom, 0, 0.6) WHERE region = '990101'`,
    ],
    [
      'points are of other fields',
      `UPDATE risk_points SET fields = '{metallurgy}' WHERE fields = '{coal-mine}' AND region = '990200'`,
    ],
    [
      'points lose their enterprise',
      `UPDATE risk_points SET enterprise_id = NULL, enterprise_city_code = NULL WHERE region = '990102'`,
    ],
    [
      'points come under a park',
      `UPDATE risk_points SET jurisdiction_id = (SELECT id FROM jurisdictions) WHERE region = '990200'`,
    ],
    [
      'an enterprise has its seat elsewhere',
      `UPDATE enterprises SET geom = ST_Translate(geom, 0, 0.6) WHERE region = '990101'`,
    ],
    [
      'an enterprise is of another field',
      `UPDATE enterprises SET fields = '{metallurgy}' WHERE region = '990200'`,
    ],
    [
      'a hazard source is of another point',
      `UPDATE hazard_sources h SET risk_point_id = (SELECT p.id FROM risk_points p
         WHERE p.city_code = h.city_code AND p.id <> h.risk_point_id ORDER BY p.id LIMIT 1)`,
    ],
  ])('follow when %s', async (_what, change) => {
    const before = await Promise.all(Object.values(scopes()).map((read) => seenBy(read)));
    await database.asOwner((trx) => trx.raw(change));

    await expectTheSame();
    const after = await Promise.all(Object.values(scopes()).map((read) => seenBy(read)));
    expect(after).not.toEqual(before);
  });
});
