import { differences } from '#server/db/reconcile.ts';
import { recordLevels } from '#server/features/assessments/record-levels.ts';
import { anAssessment, aRiskPoint, aSmallProvince, withMethods } from '#tests/support/factories.ts';
import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';
import type { Knex } from 'knex';

const NOW = Date.parse('2026-06-15T00:00:00Z');
/** More than are worked out one by one. */
const MANY = 520;

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  await database.asOwner(async (trx) => {
    await aSmallProvince(trx);
    await withMethods(trx);
  });
});
afterAll(() => closeTestDatabase(database));

/** Points of every kind that the short way must take or leave, by what they are. */
async function somePoints(trx: Knex.Transaction): Promise<Readonly<Record<string, string>>> {
  const running = await aRiskPoint(trx);
  const closed = await aRiskPoint(trx, { lifecycle: 'closed' });
  const planned = await aRiskPoint(trx, { lifecycle: 'planned' });
  const without = await aRiskPoint(trx, { lifecycle: 'suspended' });
  await trx('lifecycle_changes').where('risk_point_id', without.id).delete();
  const later = await aRiskPoint(trx);
  await trx('lifecycle_changes').insert({
    city_code: later.cityCode,
    risk_point_id: later.id,
    at: '2026-02-01T00:00:00Z',
    lifecycle: 'closed',
  });
  const assessed = await aRiskPoint(trx);
  await anAssessment(trx, assessed, 2);
  const unborn = await aRiskPoint(trx, { existsFrom: '2026-07-01T00:00:00Z' });
  const known = await aRiskPoint(trx);
  await recordLevels(trx, [known.id], NOW - 1000);
  const points = { running, closed, planned, without, later, assessed, unborn, known };
  return Object.fromEntries(Object.entries(points).map(([what, { id }]) => [what, id]));
}

const periodsOf = (ids: Readonly<Record<string, string>>) =>
  database.asOwner(async (trx) => {
    const { rows } = await trx.raw<{ rows: { id: string; period: string }[] }>(
      `SELECT lp.risk_point_id AS id, concat_ws(' ', lp.basis, lp.state, lp.level, lp.last_level, lp.dynamic_level,
         lp.lifecycle, lp.decided_by IS NOT NULL, lp.valid_from, lp.valid_to) AS period
       FROM level_periods lp WHERE lp.recorded_to = 'infinity' AND lp.risk_point_id = ANY (?::uuid[]) ORDER BY 2`,
      [Object.values(ids)],
    );
    const of = (id: string) => rows.filter((row) => row.id === id).map(({ period }) => period);
    return Object.fromEntries(Object.entries(ids).map(([what, id]) => [what, of(id)]));
  });

it('gives many points at once the periods that it gives each alone', async () => {
  const { alone, together } = await database.asOwner(async (trx) => {
    const sets = { alone: await somePoints(trx), together: await somePoints(trx) };
    for (const id of Object.values(sets.alone)) await recordLevels(trx, [id], NOW);
    const others: string[] = [];
    for (let n = 0; n < MANY; n += 1) others.push((await aRiskPoint(trx)).id);
    await recordLevels(trx, [...others, ...Object.values(sets.together)], NOW);
    return sets;
  });

  const expected = await periodsOf(alone);
  expect(await periodsOf(together)).toEqual(expected);
  expect(expected).toMatchObject({
    running: [expect.stringContaining('not_assessed'), expect.stringContaining('not_assessed')],
    closed: [expect.stringContaining('not_applicable'), expect.stringContaining('not_applicable')],
    unborn: [],
  });
  expect(expected['later']).toHaveLength(4);
  const differing = await database.asOwner(differences);
  expect(differing.filter(({ rows }) => rows > 0)).toEqual([]);
});
