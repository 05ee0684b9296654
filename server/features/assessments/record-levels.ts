import type { Knex } from 'knex';
import { BASES } from '#server/domain/level.ts';
import { levelTimeline } from '#server/domain/timeline.ts';
import type { LevelPeriod } from '#server/domain/timeline.ts';
import {
  applyPeriodChange,
  currentPeriods,
  lockPointHistories,
  refreshPoints,
} from './level-periods.store.ts';
import type { PeriodChange, PointHistory, StoredPeriod } from './level-periods.store.ts';

/** Points handled at once: bounds the memory of a bulk load. */
const BATCH = 500;

/**
 * Works out the level periods of risk points from their assessments and lifecycle, and stores what differs from what
 * is known: the one path by which a level changes, for an edit, a bulk load and a lapse alike. Rows that no longer
 * hold are ended in recorded time, never changed. `now` is epoch milliseconds.
 */
export async function recordLevels(
  trx: Knex.Transaction,
  ids: readonly string[],
  now: number,
): Promise<void> {
  const sorted = ids.toSorted();
  for (let start = 0; start < sorted.length; start += BATCH) {
    const batch = sorted.slice(start, start + BATCH);
    const histories = await lockPointHistories(trx, batch);
    const known = await currentPeriods(trx, batch);
    const changes = histories.map((history) => changeOf(history, known.get(history.id) ?? [], now));
    await applyPeriodChange(trx, {
      close: changes.flatMap((change) => change.close),
      open: changes.flatMap((change) => change.open),
    });
    await refreshPoints(trx, batch, now);
  }
}

function changeOf(
  history: PointHistory,
  known: readonly StoredPeriod[],
  now: number,
): PeriodChange {
  const wanted = BASES.flatMap((basis) =>
    levelTimeline({ ...history, basis, now }).map((period) => ({ basis, period })),
  );
  const knownKeys = new Set(known.map((row) => keyOf(row.basis, row)));
  const wantedKeys = new Set(wanted.map(({ basis, period }) => keyOf(basis, period)));
  return {
    close: known.filter((row) => !wantedKeys.has(keyOf(row.basis, row))).map((row) => row.id),
    open: wanted
      .filter(({ basis, period }) => !knownKeys.has(keyOf(basis, period)))
      .map(({ basis, period }) => ({
        cityCode: history.cityCode,
        riskPointId: history.id,
        basis,
        period,
      })),
  };
}

function keyOf(basis: string, period: LevelPeriod): string {
  const { validFrom, validTo, state, level, lastLevel, dynamicLevel, lifecycle, decidedBy } =
    period;
  return [
    basis,
    validFrom,
    validTo,
    state,
    level,
    lastLevel,
    dynamicLevel,
    lifecycle,
    decidedBy,
  ].join('|');
}
