import type { Random } from './random.ts';
import type { Standing } from './subject-plan.ts';

/** Assessments last 12 months: these are over on any reference day, leap years included. */
const LAPSED_DAYS = { newest: 372, oldest: 425 };

/** Young enough to hold for another six months. */
const CURRENT_DAYS = { newest: 8, oldest: 175 };

/** Days ago on which a subject was assessed, oldest first. */
export function assessmentDays(random: Random, standing: Standing): readonly number[] {
  if (standing === 'never') return [];
  if (standing === 'lapsed') return [random.whole(LAPSED_DAYS.newest, LAPSED_DAYS.oldest)];
  const last = random.whole(CURRENT_DAYS.newest, CURRENT_DAYS.oldest);
  return random.weighted<() => readonly number[]>([
    [() => [last], 20],
    [() => [random.whole(230, 425), last], 62],
    [() => [random.whole(350, 425), random.whole(200, 310), last], 18],
  ])();
}
