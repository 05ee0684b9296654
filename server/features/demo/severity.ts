import type { Level } from '#server/domain/level.ts';
import { isLevel } from '#server/domain/level.ts';
import type { Random } from './random.ts';

type Steps = readonly (readonly [step: number, weight: number])[];

/** Points of an enterprise beside its leading one. */
export const AMONG_POINTS: Steps = [
  [0, 18],
  [1, 35],
  [2, 32],
  [3, 15],
];

/** Hazard sources of a point beside its leading one. */
export const AMONG_SOURCES: Steps = [
  [0, 25],
  [1, 40],
  [2, 35],
];

/** From an assessment back to the one before it: things mostly stayed or got better. */
export const BACK_IN_TIME: Steps = [
  [-1, 22],
  [0, 63],
  [1, 15],
];

/** A severity some steps milder (or worse, if negative), between `worst` and low. */
export function stepFrom(random: Random, severity: Level, steps: Steps, worst: Level): Level {
  const stepped = Math.min(4, Math.max(worst, severity + random.weighted(steps)));
  return isLevel(stepped) ? stepped : severity;
}
