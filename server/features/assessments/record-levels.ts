import type { Knex } from 'knex';
import { BASES } from '#server/domain/level.ts';
import { levelTimeline } from '#server/domain/timeline.ts';
import type { LevelPeriod } from '#server/domain/timeline.ts';
import {
  applyPeriodChange,
  beginPeriods,
  currentPeriods,
  lockPointHistories,
  refreshPoints,
} from './level-periods.store.ts';
import type { PeriodChange, PointHistory, StoredPeriod } from './level-periods.store.ts';

/** Points handled at once: bounds the memory of a bulk load, and of the statements that follow from it. */
const BATCH = 500;
const REFRESHED_AT_ONCE = 10_000;

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
  for (let start = 0; start < sorted.length; start += REFRESHED_AT_ONCE) {
    const chunk = sorted.slice(start, start + REFRESHED_AT_ONCE);
    await recordPeriods(trx, chunk, now);
    await refreshPoints(trx, chunk, now);
  }
}

async function recordPeriods(
  trx: Knex.Transaction,
  ids: readonly string[],
  now: number,
): Promise<void> {
  // Of many points most are new and simple; what is left is worked out point by point.
  const begun = ids.length > BATCH ? await beginPeriods(trx, ids, now) : new Set<string>();
  const rest = ids.filter((id) => !begun.has(id));
  for (let start = 0; start < rest.length; start += BATCH) {
    const batch = rest.slice(start, start + BATCH);
    const histories = await lockPointHistories(trx, batch);
    const known = await currentPeriods(trx, batch);
    const changes = histories.map((history) => changeOf(history, known.get(history.id) ?? [], now));
    await applyPeriodChange(trx, {
      close: changes.flatMap((change) => change.close),
      open: changes.flatMap((change) => change.open),
    });
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
