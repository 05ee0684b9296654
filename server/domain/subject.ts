import { worstLevel } from './level.ts';
import type { Level, State } from './level.ts';
import { isLive } from './lifecycle.ts';
import type { Lifecycle } from './lifecycle.ts';

/** What a risk point says at one instant for one basis (see LevelPeriod for `lastLevel`). */
export type PointStanding = {
  readonly state: State;
  readonly level: Level | null;
  readonly lastLevel: Level | null;
};

/** What a voting subject (an enterprise, or a public-place point) brings to a roll-up. */
export type Vote = PointStanding & {
  /** It holds an expired 重大 and is not itself counted as 重大, so that each is counted once. */
  readonly hasExpiredMajor: boolean;
};

/**
 * An enterprise's single vote (rules §1): assessed when at least one live point is, at the worst of
 * those; otherwise expired if any point is, at the worst last level; otherwise not assessed, as it
 * is with no points. A planned or closed enterprise is not applicable.
 */
export function enterpriseVote(
  points: readonly PointStanding[],
  lifecycle: Lifecycle = 'running',
): Vote {
  const live = points.filter((point) => point.state !== 'not_applicable');
  const lastLevel = worstLevel(live.map((point) => point.lastLevel));
  if (!isLive(lifecycle)) return voteOf({ state: 'not_applicable', level: null, lastLevel });
  if (live.some((point) => point.state === 'assessed')) {
    const level = worstLevel(live.map((point) => point.level));
    return voteOf({ state: 'assessed', level, lastLevel });
  }
  const state = live.some((point) => point.state === 'expired') ? 'expired' : 'not_assessed';
  return voteOf({ state, level: null, lastLevel });
}

/** The vote of a risk point that stands for itself: a public place, with no enterprise. */
export function pointVote(point: PointStanding): Vote {
  return voteOf(point);
}

function voteOf(standing: PointStanding): Vote {
  const { state, level, lastLevel } = standing;
  const counts = state === 'assessed' || state === 'expired';
  return { state, level, lastLevel, hasExpiredMajor: counts && lastLevel === 1 && level !== 1 };
}
