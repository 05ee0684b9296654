import { migrate, revert } from '#server/db/migrate.ts';
import { migrations } from '#migrations/index.ts';

import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});

afterAll(() => closeTestDatabase(database));

const names = migrations.map(({ name }) => name);

/** Everything of ours in the schema: tables with columns, indexes, functions and triggers (not what PostGIS brings). */
const shape = () =>
  database.asOwner(async (trx) => {
    const result = await trx.raw<{ rows: { line: string }[] }>(
      `WITH extension_owned AS (SELECT objid FROM pg_depend WHERE deptype = 'e')
       SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) AS line
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm')
          AND c.relname <> 'schema_migrations' AND c.oid NOT IN (SELECT objid FROM extension_owned)
       UNION ALL
       SELECT 'function ' || p.proname FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND p.oid NOT IN (SELECT objid FROM extension_owned)
       UNION ALL
       SELECT 'trigger ' || t.tgname FROM pg_trigger t WHERE NOT t.tgisinternal
       ORDER BY line`,
    );
    return result.rows.map(({ line }) => line);
  });

it('finds nothing to do on a database that is up to date', async () => {
  expect(await migrate(database)).toEqual([]);
});

it('takes every migration back, leaving nothing, and runs them all again to the same schema', async () => {
  const before = await shape();

  const reverted = await revert(database, migrations.length);

  expect(reverted).toEqual([...names].reverse());
  expect(await shape()).toEqual([]);

  expect(await migrate(database)).toEqual(names);
  expect(await shape()).toEqual(before);
  expect(before.length).toBeGreaterThan(50);
});

it('keeps nothing of a migration that fails half-way', async () => {
  const broken = {
    name: '9999-broken',
    up: async (trx: Parameters<(typeof migrations)[0]['up']>[0]) => {
      await trx.raw('CREATE TABLE half_made (id int)');
      await trx.raw('SELECT 1 / 0');
    },
    down: () => Promise.resolve(),
  };

  await expect(migrate(database, [...migrations, broken])).rejects.toThrow();

  const found = await database.asOwner((trx) => trx.schema.hasTable('half_made'));
  expect(found).toBe(false);
  expect(await migrate(database)).toEqual([]);
});

it('refuses a database that a newer version migrated, and says what to do', async () => {
  await database.asOwner((trx) =>
    trx('schema_migrations').insert({ name: '9999-from-the-future' }),
  );

  await expect(migrate(database)).rejects.toThrow(
    /made by a newer version of this program \(it has 9999-from-the-future\)\. Update the program/,
  );

  await database.asOwner((trx) =>
    trx('schema_migrations').where('name', '9999-from-the-future').delete(),
  );
});
