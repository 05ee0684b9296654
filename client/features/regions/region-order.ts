import type { RegionSummary } from '#server/features/regions/regions.contract.ts';

type Ranked = Pick<RegionSummary, 'code' | 'level' | 'w' | 'n1' | 'total'>;

/** Worst colour first, then the higher W, then more major points; without a colour last. */
export function bySeverity(a: Ranked, b: Ranked): number {
  return (
    (a.level ?? 5) - (b.level ?? 5) ||
    (b.w ?? 0) - (a.w ?? 0) ||
    b.n1 - a.n1 ||
    b.total - a.total ||
    a.code.localeCompare(b.code)
  );
}
