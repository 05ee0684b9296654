import type { Level } from '../level.ts';
import { rollUp } from '../zoning/roll-up.ts';
import type { AreaState, RollUpRule } from '../zoning/roll-up.ts';
import { addSubjects, noSubjects } from '../zoning/subject-counts.ts';
import type { SubjectCounts } from '../zoning/subject-counts.ts';
import { enterprisesOf, LEAST_TOLD, sumOfTold, toldTally } from './small-numbers.ts';
import type { EnterpriseTally, ToldTally } from './small-numbers.ts';

/** What everybody is shown: one rule and one basis, for differences between them would tell more. */
export const PUBLIC_VIEW = { rule: 'weighted', basis: 'current' } as const;

/** Depths of the areas that the public sees, the finest last. */
export const PUBLIC_DEPTHS = ['province', 'city', 'county'] as const;
export type PublicDepth = (typeof PUBLIC_DEPTHS)[number];

/** True counts of a finest area, as they were when it was last published. Never told. */
export type LeafCounts = {
  /** Voting subjects: enterprises and public places. */
  readonly subjects: SubjectCounts;
  readonly notApplicable: number;
  readonly enterprises: EnterpriseTally;
};

/** `withheld`: fewer enterprises than may be told. */
export type PublicState = AreaState | 'withheld';

/** All that the public is told of an area: no W, no floors, no edge. */
export type PublicFigures = {
  readonly state: PublicState;
  readonly level: Level | null;
  readonly told: ToldTally;
};

/**
 * Colour and counts of an area from the finest areas in it (rules §9). Those with too few enterprises count nowhere, so
 * that the colour of a city minus its counties tells nothing of them.
 */
export function publicFigures(
  leaves: readonly LeafCounts[],
  rule: RollUpRule,
  depth: PublicDepth,
): PublicFigures {
  const counted = leaves.filter(({ enterprises }) => enterprisesOf(enterprises) >= LEAST_TOLD);
  const told = sumOfTold(counted.map(({ enterprises }) => toldTally(enterprises)));
  if (counted.length === 0) return { state: 'withheld', level: null, told };
  const subjects = counted.reduce((all, leaf) => addSubjects(all, leaf.subjects), noSubjects);
  const notApplicable = counted.reduce((all, leaf) => all + leaf.notApplicable, 0);
  const { state, level } = rollUp(rule, subjects, { depth, notApplicable });
  return { state, level, told };
}

/** How many of an area's subjects are not as they were when it was last published. */
export type Changed = { readonly enterprises: number; readonly places: number };

/**
 * Whether an area gets new figures: only when enough changed at once that no single enterprise shows in the difference
 * between two days. Public places alone change the colour and no count of enterprises.
 */
export function isDue({ enterprises, places }: Changed): boolean {
  return enterprises >= LEAST_TOLD || (enterprises === 0 && places >= LEAST_TOLD);
}
