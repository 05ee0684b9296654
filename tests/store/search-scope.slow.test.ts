import type { Knex } from 'knex';
import { differences } from '#server/db/reconcile.ts';
import { scopeStatements } from '#server/db/scope.ts';
import type { RowScope } from '#server/domain/policy/row-scope.ts';
import { settle } from '#tests/support/factories.ts';
import { makeWorld } from '#tests/support/leaks/world.ts';
import type { World } from '#tests/support/leaks/world.ts';
import { part, readingScope } from '#tests/support/scopes.ts';
import { shippedSeed } from '#tests/support/test-app.ts';
import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

type Trx = Knex.Transaction;

const NOW = Date.UTC(2026, 5, 15, 4);

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await openTestDatabase({ seed: shippedSeed });
  world = await makeWorld(database, NOW);
});
afterAll(() => closeTestDatabase(database));

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
  'a city and a field': [part({ regions: ['990200'], fields: ['hazardous-chemicals'] })],
  'a park': [part({ regions: [], jurisdictions: [world.jurisdiction] })],
  'an enterprise': [part({ enterprise: enterpriseId(3) })],
  'three parts': [
    part({ regions: ['990200'], fields: ['coal-mine'] }),
    part({ regions: ['990101'], enterprise: enterpriseId(0) }),
    part({ enterprise: enterpriseId(5), fields: ['hazardous-chemicals'] }),
  ],
});

const TABLES = { 3: 'enterprises', 4: 'risk_points', 5: 'hazard_sources' } as const;

async function idsOf(trx: Trx, sql: string): Promise<readonly string[]> {
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(sql);
  return rows.map(({ id }) => id);
}

/** Of each kind the entries that a scope sees, and those whose own rows it sees. */
async function seenBy(trx: Trx, read: RowScope) {
  const seen: Record<string, readonly string[]> = {};
  const due: Record<string, readonly string[]> = {};
  for (const [kind, table] of Object.entries(TABLES)) {
    const entries = `SELECT ref AS id FROM search_entries WHERE kind = ${kind} ORDER BY 1`;
    await trx.raw('RESET ROLE');
    const all = await idsOf(trx, entries);
    await trx.raw(scopeStatements(readingScope(read), { isReading: true }));
    const rows = new Set(await idsOf(trx, `SELECT id::text FROM ${table}`));
    seen[table] = await idsOf(trx, entries);
    due[table] = all.filter((id) => rows.has(id));
  }
  await trx.raw('RESET ROLE');
  return { seen, due };
}

/** What every scope sees, which is what it sees of the rows themselves. */
async function seenByAll(trx: Trx): Promise<string> {
  const all: Record<string, unknown> = {};
  for (const [what, read] of Object.entries(scopes())) {
    const { seen, due } = await seenBy(trx, read);
    expect({ what, ...seen }).toEqual({ what, ...due });
    all[what] = seen;
  }
  return JSON.stringify(all);
}

class NotKept extends Error {}

/** In a transaction of its own that leaves nothing behind. */
async function inPassing(work: (trx: Trx) => Promise<void>): Promise<void> {
  const passing = database.asOwner(async (trx) => {
    await work(trx);
    throw new NotKept();
  });
  await passing.catch((error: unknown) => {
    if (!(error instanceof NotKept)) throw error;
  });
}

const POINT_OF_SOUTH = `(SELECT id FROM risk_points WHERE region = '990101' ORDER BY id LIMIT 1)`;
const MOVED = `geom = ST_Translate(geom, 0, 0.6)`;

describe('entries of the search', () => {
  it('are seen by whoever sees the row that they stand for', () =>
    inPassing(async (trx) => {
      await seenByAll(trx);

      const { seen } = await seenBy(trx, [part({ enterprise: enterpriseId(3) })]);
      expect(seen['enterprises']).toHaveLength(1);
      expect(seen['risk_points']).toHaveLength(2);
      expect(seen['hazard_sources']).toHaveLength(2);
    }));

  it.each([
    ['points lie in another county', `UPDATE risk_points SET ${MOVED} WHERE region = '990101'`],
    [
      'points lie in another city',
      `UPDATE risk_points SET geom = ST_Translate(geom, 1, 0) WHERE region = '990101';
       SELECT * FROM relocate_rows()`,
    ],
    [
      'points are of other fields',
      `UPDATE risk_points SET fields = '{metallurgy}' WHERE region = '990200'`,
    ],
    [
      'points lose their enterprise',
      `UPDATE risk_points SET enterprise_id = NULL, enterprise_city_code = NULL, kind = 'public_place'
       WHERE region = '990102'`,
    ],
    [
      'points come under a park',
      `UPDATE risk_points SET jurisdiction_id = (SELECT id FROM jurisdictions) WHERE region = '990101'`,
    ],
    [
      'enterprises have their seats in another city',
      `UPDATE enterprises SET geom = ST_Translate(geom, 1, 0) WHERE region = '990101';
       SELECT * FROM relocate_rows()`,
    ],
    [
      'enterprises are of another field',
      `UPDATE enterprises SET fields = '{hazardous-chemicals}' WHERE region = '990200'`,
    ],
    [
      'a hazard source is of another point',
      `UPDATE hazard_sources h SET risk_point_id = (SELECT p.id FROM risk_points p
         WHERE p.city_code = h.city_code AND p.id <> h.risk_point_id ORDER BY p.id LIMIT 1)`,
    ],
    [
      'a hazard source has another name after its point has moved',
      `UPDATE risk_points SET ${MOVED} WHERE id = ${POINT_OF_SOUTH};
       UPDATE hazard_sources SET name_zh = '示例新名' WHERE city_code = '990100'`,
    ],
    [
      'a hazard source comes to a point that has moved',
      `UPDATE risk_points SET ${MOVED} WHERE id = ${POINT_OF_SOUTH};
       INSERT INTO hazard_sources (city_code, id, risk_point_id, name_zh, kind, accident_types)
       SELECT h.city_code, gen_random_uuid(), h.risk_point_id, '示例新源', h.kind, h.accident_types
       FROM hazard_sources h WHERE h.city_code = '990100'`,
    ],
    [
      'hazard sources are deleted',
      `UPDATE hazard_sources SET deleted_at = now(), deletion_id = NULL`,
    ],
  ])('follow when %s', (_what, change) =>
    inPassing(async (trx) => {
      const before = await seenByAll(trx);
      await trx.raw(change);
      await settle(trx, NOW);
      await trx.raw('SELECT refresh_enterprises(ARRAY(SELECT id FROM enterprises))');

      expect((await seenByAll(trx)) === before).toBe(false);
      const found = await differences(trx);
      expect(found.find(({ what }) => what === 'entries of the search')).toMatchObject({ rows: 0 });
    }),
  );

  it('that no longer say where they belong are told by the check of derived rows', () =>
    inPassing(async (trx) => {
      await trx.raw(`UPDATE search_entries SET fields = '{metallurgy}' WHERE kind = 5`);
      const found = await differences(trx);

      expect(found.find(({ what }) => what === 'entries of the search')).toMatchObject({
        rows: 30,
      });
    }));
});
