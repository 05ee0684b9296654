import type { RegionSummary } from '#server/features/regions/regions.contract.ts';

type Ranked = Pick<RegionSummary, 'code'> & {
  readonly rollUp: Pick<RegionSummary['rollUp'], 'level' | 'w'>;
  readonly counts: Pick<RegionSummary['counts'], 'n1' | 'total'>;
};

/** Worst colour first, then the higher W, then more major points; without a colour last. */
export function bySeverity(a: Ranked, b: Ranked): number {
  return (
    (a.rollUp.level ?? 5) - (b.rollUp.level ?? 5) ||
    (b.rollUp.w ?? 0) - (a.rollUp.w ?? 0) ||
    b.counts.n1 - a.counts.n1 ||
    b.counts.total - a.counts.total ||
    a.code.localeCompare(b.code)
  );
}
