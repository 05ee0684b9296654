import { v7 } from 'uuid';
import { inScope } from '#server/db/scope.ts';
import type { Scope } from '#server/db/scope.ts';
import { OutOfScopeError } from '#server/domain/errors.ts';
import { part, readingScope } from '#tests/support/scopes.ts';
import { makeWorld } from '#tests/support/leaks/world.ts';
import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';
import { shippedSeed } from '#tests/support/test-app.ts';

const NOW = Date.UTC(2026, 5, 15, 4);

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase({ seed: shippedSeed });
  await makeWorld(database, NOW);
});
afterAll(() => closeTestDatabase(database));

/** Whole, as `scope_regions` tells them for a grant of one county and of one city. */
const SOUTH = [part({ regions: ['990101'] })];
const EAST = [part({ regions: ['990200'] })];

async function countIn(who: Scope, table: string): Promise<number> {
  const { rows } = await inScope(who, () =>
    database.unscoped.read((trx) =>
      trx.raw<{ rows: { n: number }[] }>(`SELECT count(*)::int AS n FROM ${table}`),
    ),
  );
  return rows[0]?.n ?? 0;
}

describe('every table', () => {
  /** Borders, lists, methods, the base map and counters: nothing about a single enterprise. */
  const REFERENCE = [
    'base_features',
    'code_lists',
    'data_versions',
    'demo_sets',
    'field_tiers',
    'jurisdictions',
    'method_versions',
    'methods',
    'pinyin_initials',
    'publication_areas',
    'publication_days',
    'publication_leaves',
    'publication_members',
    'publication_releases',
    'region_parts',
    'region_shapes',
    'regions',
    'register_changes',
    'schema_migrations',
    'seeds',
  ];

  it('has a policy that holds for its owner too, or is reference data', async () => {
    const { rows } = await database.asOwner((trx) =>
      trx.raw<{ rows: { relname: string }[] }>(
        `SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
           AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
           AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') ORDER BY 1`,
      ),
    );

    expect(rows.map(({ relname }) => relname)).toEqual(REFERENCE);
  });

  it('of nobody is a view of the published ones, and no other relation', async () => {
    const { rows } = await database.asOwner((trx) =>
      trx.raw<{ rows: { at: string }[] }>(
        `SELECT n.nspname || ' ' || c.relkind::text AS at FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'v', 'm', 'p') AND has_table_privilege('risk_public', c.oid, 'SELECT')
           AND n.nspname NOT IN ('pg_catalog', 'information_schema')
           AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') GROUP BY 1`,
      ),
    );

    expect(rows).toEqual([{ at: 'published v' }]);
  });

  it.each(['password_hash', 'secret_hash', 'token_hash'])(
    'with a %s is out of reach of requests about the register',
    async (column) => {
      const { rows } = await database.asOwner((trx) =>
        trx.raw<{ rows: { role: string }[] }>(
          `SELECT DISTINCT r.rolname AS role FROM information_schema.columns c
           CROSS JOIN pg_roles r WHERE c.table_schema = 'public' AND c.column_name = ?
             AND r.rolname IN ('risk_app', 'risk_public', 'risk_auth')
             AND has_column_privilege(r.rolname, format('public.%I', c.table_name), c.column_name, 'SELECT')`,
          [column],
        ),
      );

      expect(rows).toEqual([{ role: 'risk_auth' }]);
    },
  );
});

describe('a scope', () => {
  it('that nobody has set gives nothing, and no transaction', async () => {
    await expect(database.unscoped.read((trx) => trx('enterprises'))).rejects.toThrow(
      /needs a scope/,
    );
    expect(await countIn(readingScope([]), 'risk_points')).toBe(0);
  });

  // Each of five places has for each of two fields: 1 enterprise, 2 points of enterprises (one of its own and one of
  // the enterprise next door) and 1 public place; each point 1 source, measure and assessment. In the south one
  // enterprise more, which was deleted.
  it.each([
    ['risk_points', 6],
    ['hazard_sources', 6],
    ['control_measures', 6],
    ['assessments', 6],
    ['point_states', 12],
    // Two seats here and the deleted one, and two whose points lie here.
    ['enterprises', 5],
    // On both bases: two seats and two public places; the deleted enterprise has none.
    ['subject_states', 8],
    ['deletions', 1],
  ])('of one county has of %s only its own: %s', async (table, rows) => {
    expect(await countIn(readingScope(SOUTH), table)).toBe(rows);
  });

  it('of a field has the rows with this field everywhere', async () => {
    const coal = readingScope([part({ fields: ['coal-mine'] })]);

    expect(await countIn(coal, 'risk_points')).toBe(15);
    expect(await countIn(coal, 'hazard_sources')).toBe(15);
  });

  it('of two parts has the rows of both', async () => {
    expect(await countIn(readingScope([...SOUTH, ...EAST]), 'risk_points')).toBe(6 + 12);
  });

  it('lets a row be changed only where it may be written, and a new one lie only there', async () => {
    const who = readingScope([...SOUTH, ...EAST], SOUTH);
    const change = (region: string) =>
      inScope(who, () =>
        database.unscoped.write((trx) =>
          trx('risk_points').where({ region }).update({ location: '东侧' }),
        ),
      );
    const add = (lon: number, lat: number) =>
      inScope(who, () =>
        database.unscoped.write((trx) =>
          trx.raw(
            `INSERT INTO enterprises (id, name_zh, lifecycle, geom)
             VALUES (?, '新企业', 'running', ST_SetSRID(ST_MakePoint(?, ?), 4326))`,
            [v7(), lon, lat],
          ),
        ),
      );

    expect(await change('990101')).toBe(6);
    expect(await change('990200')).toBe(0);
    await add(125.4, 43.1);
    await expect(add(126.4, 43.1)).rejects.toBeInstanceOf(OutOfScopeError);
  });
});

describe('the plan of a scoped statement', () => {
  const plan = async (sql: string): Promise<string> => {
    const { rows } = await inScope(readingScope(SOUTH), () =>
      database.unscoped.read((trx) =>
        trx.raw<{ rows: { 'QUERY PLAN': string }[] }>(`EXPLAIN ${sql}`),
      ),
    );
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  };

  it.each([
    [
      'risk_points_geom',
      'SELECT id FROM risk_points WHERE geom && ST_MakeEnvelope(125, 43, 125.1, 43.1, 4326)',
    ],
    [
      'point_states_place',
      'SELECT risk_point_id FROM point_states WHERE place && ST_MakeEnvelope(0, 0, 100, 100, 3857)',
    ],
    ['risk_points_id', `SELECT name_zh FROM risk_points WHERE id = '${v7()}'`],
    [
      'search_entries_grams',
      `SELECT ref FROM search_entries WHERE search_grams(kind, severity, city_code, doc, initials) @> ARRAY[1::bigint, 2]`,
    ],
  ])('uses the index %s', async (index, sql) => {
    await database.asOwner((trx) => trx.raw('ANALYZE'));
    const { rows } = await inScope(readingScope(SOUTH), () =>
      database.unscoped.read(async (trx) => {
        // The tables are small here: whether the index may be used is the question, not whether it pays.
        await trx.raw('SET LOCAL enable_seqscan = off');
        return trx.raw<{ rows: { 'QUERY PLAN': string }[] }>(`EXPLAIN ${sql}`);
      }),
    );

    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain(index);
  });

  it('uses the index of the map for a caller of a region and a field, and asks no function for each row', async () => {
    await database.asOwner((trx) => trx.raw('ANALYZE'));
    const limited = readingScope([part({ regions: ['990101'], fields: ['coal-mine'] })]);
    const { rows } = await inScope(limited, () =>
      database.unscoped.read(async (trx) => {
        await trx.raw('SET LOCAL enable_seqscan = off');
        return trx.raw<{ rows: { 'QUERY PLAN': string }[] }>(
          `EXPLAIN SELECT risk_point_id FROM point_states WHERE place && ST_MakeEnvelope(0, 0, 100, 100, 3857)`,
        );
      }),
    );

    const found = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(found).toContain('point_states_place');
    // Only where there are further parts: the first one is looked up in what was read once.
    expect(found).toMatch(/InitPlan/);
  });

  it('reads each setting once, not once for each row', async () => {
    expect(await plan('SELECT count(*) FROM point_states')).toMatch(/InitPlan/);
  });
});
