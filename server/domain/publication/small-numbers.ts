/** Fewer enterprises than this are never told apart in public (rules §9). */
export const LEAST_TOLD = 5;

/** Live enterprises of an area by the level they vote with; `nNone` have no assessment in force. */
export type EnterpriseTally = {
  readonly n1: number;
  readonly n2: number;
  readonly n3: number;
  readonly n4: number;
  readonly nNone: number;
};

export type ToldTally = Readonly<Record<keyof EnterpriseTally, number | null>>;

export const TALLY_KEYS = ['n1', 'n2', 'n3', 'n4', 'nNone'] as const;

const NOTHING_TOLD: ToldTally = { n1: null, n2: null, n3: null, n4: null, nNone: null };

export function enterprisesOf(tally: EnterpriseTally): number {
  return TALLY_KEYS.reduce((sum, key) => sum + tally[key], 0);
}

/**
 * What the public is told of an area's counts; null: nothing of this one. Whoever knows how many enterprises an area
 * has can subtract what is told: what is left is therefore nobody or at least LEAST_TOLD. Areas whose enterprises are
 * all alike tell nothing, or each one would be known by being there. No total is told beside it: the sum of what is
 * told is all there is.
 */
export function toldTally(tally: EnterpriseTally): ToldTally {
  const told = new Map(
    TALLY_KEYS.filter((key) => tally[key] >= LEAST_TOLD).map((key) => [key, tally[key]]),
  );
  const all = enterprisesOf(tally);
  while (told.size > 0) {
    const left = all - sum(told.values());
    if (left === 0 || left >= LEAST_TOLD) break;
    const smallest = [...told].toSorted(([, a], [, b]) => a - b)[0];
    if (smallest) told.delete(smallest[0]);
  }
  const isAlike = TALLY_KEYS.filter((key) => tally[key] > 0).length < 2;
  if (isAlike) return NOTHING_TOLD;
  return Object.fromEntries(
    TALLY_KEYS.map((key) => [key, told.get(key) ?? null]),
  ) as unknown as ToldTally;
}

/** What an area above may be told: the sum of what was told below, so that no difference tells the rest. */
export function sumOfTold(parts: readonly ToldTally[]): ToldTally {
  return parts.reduce<ToldTally>(
    (all, part) => ({
      n1: plus(all.n1, part.n1),
      n2: plus(all.n2, part.n2),
      n3: plus(all.n3, part.n3),
      n4: plus(all.n4, part.n4),
      nNone: plus(all.nNone, part.nNone),
    }),
    NOTHING_TOLD,
  );
}

function plus(a: number | null, b: number | null): number | null {
  return a === null ? b : a + (b ?? 0);
}

function sum(values: Iterable<number>): number {
  return [...values].reduce((all, value) => all + value, 0);
}
