import type { RegionWhy } from '#server/features/regions/regions.contract.ts';

type Sums = {
  /** Weights of the assessed subjects. */
  readonly sum: number;
  /** Weights that the other subjects are given. */
  readonly added: number;
  /** Subjects without an assessment in force. */
  readonly count: number;
  readonly total: number;
  readonly mean: number;
};

/** W⁺ = (sum + added) / total: weights are whole numbers, so both sums follow from the means. Null: there is no W⁺. */
export function cautiousParts({
  rollUp: { w, wPlus },
  counts: { s1, s2, s3, s4, sU },
}: Pick<RegionWhy, 'rollUp' | 'counts'>): Sums | null {
  if (wPlus === null) return null;
  const assessed = s1 + s2 + s3 + s4;
  const total = assessed + sU;
  const sum = Math.round((w ?? 0) * assessed);
  return { sum, added: Math.round(wPlus * total) - sum, count: sU, total, mean: wPlus };
}
