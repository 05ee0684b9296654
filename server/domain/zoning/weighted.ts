import type { Bilingual } from '../bilingual.ts';
import { isWorse } from '../level.ts';
import type { Level } from '../level.ts';
import { assessedSubjects } from './subject-counts.ts';
import type { SubjectCounts } from './subject-counts.ts';

/** Weight of one subject by level: rules §7 of this service, weighted rule v1. */
const WEIGHTS: Readonly<Record<Level, number>> = { 1: 10, 2: 5, 3: 2, 4: 1 };

/** Weight of a never assessed subject in W⁺, as if it were 较大: rules §7, weighted rule v1. */
export const UNKNOWN_WEIGHT = 5;

/** Smallest share of assessed subjects that may give a colour: rules §7, weighted rule v1. */
export const GATE_THRESHOLD = 0.6;

/** Number of 重大 from which an area is at least orange: rules §7, weighted rule v1. */
export const MANY_MAJORS_CITY = 20;
export const MANY_MAJORS_COUNTY = 5;

type WeightBand = {
  readonly id: string;
  readonly level: Level;
  readonly when: (w: number) => boolean;
  readonly because: Bilingual;
};

/** Ordered worst first, the last is the default: rules §7, weighted rule v1. */
export const WEIGHT_BANDS: readonly WeightBand[] = [
  {
    id: 'red',
    level: 1,
    when: (w) => w >= 5,
    because: { zh: 'W ≥ 5.0 → 红', en: 'W ≥ 5.0 → red' },
  },
  {
    id: 'orange',
    level: 2,
    when: (w) => w >= 3,
    because: { zh: '3.0 ≤ W < 5.0 → 橙', en: '3.0 ≤ W < 5.0 → orange' },
  },
  {
    id: 'yellow',
    level: 3,
    when: (w) => w >= 1.5,
    because: { zh: '1.5 ≤ W < 3.0 → 黄', en: '1.5 ≤ W < 3.0 → yellow' },
  },
  { id: 'blue', level: 4, when: () => true, because: { zh: 'W < 1.5 → 蓝', en: 'W < 1.5 → blue' } },
];

type FloorRule = {
  readonly id: string;
  readonly level: Level;
  readonly when: (majors: number, manyMajors: number) => boolean;
};

/** Floors against dilution, ordered worst first; none applies by default: rules §7. */
export const FLOORS: readonly FloorRule[] = [
  { id: 'many-majors', level: 2, when: (majors, many) => majors >= many },
  { id: 'any-major', level: 3, when: (majors) => majors >= 1 },
];

export type Floor = {
  readonly id: string;
  readonly level: Level;
  /** Number of 重大 that hold the floor, expired ones included. */
  readonly count: number;
  readonly because: Bilingual;
};

/** W = Σ weight / assessed subjects, 1 to 10; null where none is assessed. */
export function weightedMean(c: SubjectCounts): number | null {
  const assessed = assessedSubjects(c);
  return assessed === 0 ? null : sumOf(c) / assessed;
}

/** W⁺: expired subjects at their last level, never assessed ones as 较大; null with no subject. */
export function cautiousMean(c: SubjectCounts): number | null {
  const all = assessedSubjects(c) + c.sU;
  if (all === 0) return null;
  const expired = WEIGHTS[1] * c.e1 + WEIGHTS[2] * c.e2 + WEIGHTS[3] * c.e3 + WEIGHTS[4] * c.e4;
  return (sumOf(c) + expired + UNKNOWN_WEIGHT * c.u0) / all;
}

/** Σ of the assessed subjects' weights. */
export function sumOf({ s1, s2, s3, s4 }: SubjectCounts): number {
  return WEIGHTS[1] * s1 + WEIGHTS[2] * s2 + WEIGHTS[3] * s3 + WEIGHTS[4] * s4;
}

/** The band a mean falls in. */
export function bandOf(w: number): WeightBand {
  const band = WEIGHT_BANDS.find((candidate) => candidate.when(w));
  if (!band) throw new RangeError(`No band holds W = ${w}`);
  return band;
}

/** A mean with the decimals it is told with: three, rounded, but cut off where rounding would reach another band. */
export function toldMean(w: number): number {
  const rounded = Math.round(w * 1000) / 1000;
  return bandOf(rounded) === bandOf(w) ? rounded : Math.floor(w * 1000) / 1000;
}

/** The floor under an area's level; null where there is no 重大, or the level is no better. */
export function floorOf(level: Level, c: SubjectCounts, manyMajors: number): Floor | null {
  const count = c.s1 + c.sExpired1;
  const floor = FLOORS.find((candidate) => candidate.when(count, manyMajors));
  if (!floor || !isWorse(floor.level, level)) return null;
  return { id: floor.id, level: floor.level, count, because: floorReason(count, c.sExpired1) };
}

function floorReason(count: number, expired: number): Bilingual {
  const note = {
    zh: expired > 0 ? `（含已过期 ${expired} 处）` : '',
    en: expired > 0 ? ` (${expired} expired)` : '',
  };
  return {
    zh: `因 ${count} 处重大${note.zh}`,
    en: `because of ${count} major-risk ${count === 1 ? 'subject' : 'subjects'}${note.en}`,
  };
}
