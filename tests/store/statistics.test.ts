import { renewStatistics } from '#server/db/statistics.ts';
import { aRiskPoint, aSmallProvince } from '#tests/support/factories.ts';
import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';
import type { Knex } from 'knex';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  await database.asOwner(aSmallProvince);
});
afterAll(() => closeTestDatabase(database));

/** Rows that the planner believes a table to have; -1: it never looked. */
const believed = (table: string) =>
  database.read(async (trx: Knex.Transaction) => {
    const { rows } = await trx.raw<{ rows: [{ tuples: number }] }>(
      'SELECT c.reltuples::int AS tuples FROM pg_class c WHERE c.oid = ?::regclass',
      [table],
    );
    return rows[0].tuples;
  });

/** More than the few pages that make no difference. */
const MANY = 700;

const grow = () =>
  database.asOwner(async (trx) => {
    const { id } = await aRiskPoint(trx);
    await trx.raw(
      `INSERT INTO lifecycle_changes (city_code, risk_point_id, at, lifecycle)
       SELECT rp.city_code, rp.id, timestamptz '2000-01-01' + n * interval '1 day', 'running'
       FROM risk_points rp CROSS JOIN generate_series(1, ?::int) AS n WHERE rp.id = ?`,
      [MANY * 4, id],
    );
  });

it('looks at tables that have grown, at the request of a login that does not own them', async () => {
  await grow();
  const before = await believed('lifecycle_changes');
  await database.write(renewStatistics);

  expect(before).toBeLessThan(MANY);
  expect(await believed('lifecycle_changes')).toBeGreaterThan(MANY * 4);
});

it('leaves alone what has hardly grown', async () => {
  const before = await believed('lifecycle_changes');
  await database.asOwner((trx) => aRiskPoint(trx));
  await database.write(renewStatistics);

  expect(await believed('lifecycle_changes')).toBe(before);
});
