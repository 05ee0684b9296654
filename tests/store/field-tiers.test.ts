import { v7 } from 'uuid';
import { inScope } from '#server/db/scope.ts';
import type { Scope } from '#server/db/scope.ts';
import { EVERYTHING } from '#server/domain/policy/row-scope.ts';
import type { RowScope } from '#server/domain/policy/row-scope.ts';
import { makeWorld } from '#tests/support/leaks/world.ts';
import { shippedSeed } from '#tests/support/test-app.ts';
import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

const NOW = Date.UTC(2026, 5, 15, 4);

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase({ seed: shippedSeed });
  await makeWorld(database, NOW);
});
afterAll(() => closeTestDatabase(database));

const scope = (restricted: RowScope): Scope => ({
  role: 'risk_app',
  accountId: v7(),
  read: EVERYTHING,
  restricted,
  write: [],
  isDemo: false,
  isAuditor: false,
  origin: { keyId: null, address: null, requestId: null },
});

const SOUTH: RowScope = [
  { regions: ['990101'], jurisdictions: [], fields: null, enterprise: null },
];

async function textsOf(sql: string): Promise<readonly string[]> {
  const { rows } = await database.asOwner((trx) => trx.raw<{ rows: { text: string }[] }>(sql));
  return rows.map(({ text }) => text);
}

describe('the table of tiers', () => {
  /** Rows of somebody’s own, or of accounts and the audit: held by other rules than the register. */
  const NOT_OF_THE_REGISTER = [
    'accounts',
    'api_keys',
    'audit_events',
    'grants',
    'idempotency_keys',
    'import_mappings',
    'import_results',
    'import_rows',
    'import_subjects',
    'imports',
    'one_time_links',
    'sessions',
    'sign_in_failures',
  ];

  it('has every table with a policy, but those that are not about enterprises', async () => {
    const without = await textsOf(
      `SELECT c.relname AS text FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relrowsecurity
         AND c.relname NOT IN (SELECT relation FROM field_tiers) ORDER BY 1`,
    );

    expect(without).toEqual(NOT_OF_THE_REGISTER);
  });

  it('has every column of its tables, and no others', async () => {
    const columns = `SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE c.relnamespace IN ('public'::regnamespace, 'published'::regnamespace) AND a.attnum > 0
        AND NOT a.attisdropped AND c.relname IN (SELECT relation FROM field_tiers)`;

    expect(
      await textsOf(`SELECT c.relname || '.' || c.attname AS text FROM (${columns}) AS c
        EXCEPT SELECT relation || '.' || field FROM field_tiers`),
    ).toEqual([]);
    expect(
      await textsOf(`SELECT relation || '.' || field AS text FROM field_tiers
        EXCEPT SELECT c.relname || '.' || c.attname FROM (${columns}) AS c`),
    ).toEqual([]);
  });

  it('says of every column that nobody’s requests may read that it is public', async () => {
    const told = await textsOf(
      `SELECT n.nspname || '.' || c.relname || '.' || a.attname AS text
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
       LEFT JOIN field_tiers t ON t.relation = c.relname AND t.field = a.attname
       WHERE c.relkind IN ('r', 'v', 'm', 'p') AND a.attnum > 0 AND NOT a.attisdropped
         AND n.nspname NOT IN ('pg_catalog', 'information_schema')
         AND has_column_privilege('risk_public', c.oid, a.attnum, 'SELECT') AND t.tier IS DISTINCT FROM 'public'
         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') ORDER BY 1`,
    );

    expect(told).toEqual([]);
  });

  it('restricts exactly the names of persons and what came with a file', async () => {
    expect(
      await textsOf(
        `SELECT relation || '.' || field AS text FROM field_tiers WHERE tier = 'restricted' ORDER BY 1`,
      ),
    ).toEqual([
      'enterprises.attributes',
      'enterprises.origin',
      'enterprises.origin_key',
      'enterprises.principal_name',
      'hazard_sources.attributes',
      'hazard_sources.origin',
      'hazard_sources.origin_key',
      'risk_points.attributes',
      'risk_points.origin',
      'risk_points.origin_key',
      'risk_points.person',
      'search_entries.source_code',
    ]);
  });

  it('does not take a field for restricted that no view leaves out', async () => {
    await expect(
      database.asOwner((trx) =>
        trx('field_tiers')
          .where({ relation: 'risk_points', field: 'geom' })
          .update('tier', 'restricted'),
      ),
    ).rejects.toThrow(/outside what the database allows/);
  });
});

describe('a masked view', () => {
  const VIEWS = ['enterprises', 'hazard_sources', 'risk_points', 'search_entries'];

  it('is there for each table with a field that can be restricted', async () => {
    expect(
      await textsOf(`SELECT DISTINCT relation AS text FROM field_tiers WHERE is_masked ORDER BY 1`),
    ).toEqual(VIEWS);
  });

  it.each(VIEWS)('of %s has the columns of its table in their order', async (table) => {
    const columnsOf = (schema: string) =>
      textsOf(
        `SELECT a.attname || ' ' || format_type(a.atttypid, a.atttypmod) AS text FROM pg_attribute a
         WHERE a.attrelid = '${schema}.${table}'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`,
      );

    expect(await columnsOf('masked')).toEqual(await columnsOf('public'));
  });
});

describe('a reading transaction', () => {
  const persons = (who: Scope): Promise<readonly { region: string; n: number }[]> =>
    inScope(who, () =>
      database.unscoped.read(async (trx) => {
        const { rows } = await trx.raw<{ rows: { region: string; n: number }[] }>(
          `SELECT region, count(*)::int AS n FROM risk_points
           WHERE person IS NOT NULL OR origin IS NOT NULL OR attributes <> '{}' GROUP BY 1 ORDER BY 1`,
        );
        return rows;
      }),
    );

  it('of somebody who works nowhere is told no restricted field', async () => {
    expect(await persons(scope([]))).toEqual([]);
  });

  // Six points in the county: see the tests of the row policies.
  it('of somebody who works in one county is told those of its rows', async () => {
    expect(await persons(scope(SOUTH))).toEqual([{ region: '990101', n: 6 }]);
  });

  it('of somebody who works everywhere is told all', async () => {
    const all = await persons(scope(EVERYTHING));

    expect(all.reduce((sum, { n }) => sum + n, 0)).toBe(30);
  });

  it.each([
    [
      'risk_points_geom',
      'SELECT id, person FROM risk_points WHERE geom && ST_MakeEnvelope(125, 43, 125.1, 43.1, 4326)',
    ],
    [
      'risk_points_geom_3857',
      `SELECT rp.id, e.principal_name FROM risk_points rp
       LEFT JOIN enterprises e ON e.city_code = rp.enterprise_city_code AND e.id = rp.enterprise_id
       WHERE rp.geom_3857 && ST_MakeEnvelope(0, 0, 100, 100, 3857)`,
    ],
    ['risk_points_id', `SELECT name_zh, attributes FROM risk_points WHERE id = '${v7()}'`],
    [
      'search_entries_grams',
      `SELECT ref FROM search_entries WHERE search_grams(kind, severity, city_code, doc, initials) @> ARRAY[1::bigint, 2]`,
    ],
    ['search_entries_code', `SELECT ref FROM search_entries WHERE kind = 3 AND code = 'x'`],
  ])('through the views uses the index %s', async (index, sql) => {
    await database.asOwner((trx) => trx.raw('ANALYZE'));
    const { rows } = await inScope(scope(SOUTH), () =>
      database.unscoped.read(async (trx) => {
        // The tables are small here: whether the index may be used is the question, not whether it pays.
        await trx.raw('SET LOCAL enable_seqscan = off');
        return trx.raw<{ rows: { 'QUERY PLAN': string }[] }>(`EXPLAIN ${sql}`);
      }),
    );

    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(
      new RegExp(String.raw`\b${index}\b`),
    );
  });
});
