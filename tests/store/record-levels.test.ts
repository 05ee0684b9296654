import type { Knex } from 'knex';
import { recordLevels } from '#server/features/assessments/record-levels.ts';
import {
  aRiskPoint,
  aSmallProvince,
  anAssessment,
  settle,
  withMethods,
} from '#tests/support/factories.ts';
import { openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

const NOW = Date.parse('2026-06-15T00:00:00Z');

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  await database.asOwner(async (trx) => {
    await aSmallProvince(trx);
    await withMethods(trx);
  });
});
afterAll(() => database?.dispose());

const aPoint = () =>
  database.asOwner(async (trx) => {
    const point = await aRiskPoint(trx);
    await settle(trx, NOW);
    return point;
  });

const periods = async (
  id: string,
  where = "recorded_to = 'infinity'",
): Promise<readonly string[]> =>
  database.asOwner(async (trx) => {
    const { rows } = await trx.raw<{ rows: { line: string }[] }>(
      `SELECT to_char(valid_from AT TIME ZONE 'UTC', 'YYYY-MM-DD') || ' ' ||
         CASE WHEN valid_to = 'infinity' THEN 'now' ELSE to_char(valid_to AT TIME ZONE 'UTC', 'YYYY-MM-DD') END || ' ' ||
         state || ' ' || COALESCE(level::text, '-') AS line
       FROM level_periods WHERE risk_point_id = ? AND basis = 'current' AND ${where} ORDER BY valid_from, recorded_from`,
      [id],
    );
    return rows.map((row) => row.line);
  });

describe('recording levels', () => {
  it('ends what no longer holds in recorded time and keeps it', async () => {
    const point = await aPoint();

    await database.asOwner(async (trx) => {
      await anAssessment(trx, point, 2, { at: '2026-03-01T00:00:00Z' });
      await recordLevels(trx, [point.id], NOW);
    });

    expect(await periods(point.id)).toEqual([
      '2025-01-01 2026-03-01 not_assessed -',
      '2026-03-01 now assessed 2',
    ]);
    expect(await periods(point.id, "recorded_to < 'infinity'")).toEqual([
      '2025-01-01 now not_assessed -',
    ]);
  });

  it('writes nothing when nothing changed', async () => {
    const point = await aPoint();
    const before = await periods(point.id, 'true');

    await database.asOwner((trx) => recordLevels(trx, [point.id], NOW + 1_000));

    expect(await periods(point.id, 'true')).toEqual(before);
  });

  it('takes an assessment made late at its own date', async () => {
    const point = await aPoint();
    await database.asOwner(async (trx) => {
      await anAssessment(trx, point, 3, { at: '2026-05-01T00:00:00Z' });
      await recordLevels(trx, [point.id], NOW);
      await anAssessment(trx, point, 1, { at: '2026-04-01T00:00:00Z' });
      await recordLevels(trx, [point.id], NOW);
    });

    expect(await periods(point.id)).toEqual([
      '2025-01-01 2026-04-01 not_assessed -',
      '2026-04-01 2026-05-01 assessed 1',
      '2026-05-01 now assessed 3',
    ]);
  });

  it('of two writers at once loses neither', async () => {
    const point = await aPoint();
    const write = (level: 2 | 4, at: string) =>
      database.write(async (trx: Knex.Transaction) => {
        await trx.raw('SELECT id FROM risk_points WHERE id = ? FOR UPDATE', [point.id]);
        await anAssessment(trx, point, level, { at });
        await recordLevels(trx, [point.id], NOW);
      });

    await Promise.all([write(2, '2026-03-01T00:00:00Z'), write(4, '2026-04-01T00:00:00Z')]);

    expect(await periods(point.id)).toEqual([
      '2025-01-01 2026-03-01 not_assessed -',
      '2026-03-01 2026-04-01 assessed 2',
      '2026-04-01 now assessed 4',
    ]);
  });

  it('forbids changing or deleting what was recorded', async () => {
    const point = await aPoint();
    const refused = (sql: string) =>
      expect(database.asOwner((trx) => trx.raw(sql, [point.id]))).rejects.toThrow();

    await refused("UPDATE level_periods SET state = 'expired' WHERE risk_point_id = ?");
    await refused('DELETE FROM level_periods WHERE risk_point_id = ?');
  });
});
