import { createCoordinateStats } from '#server/domain/crs/coordinate-stats.ts';
import type { CoordinateSummary } from '#server/domain/crs/coordinate-stats.ts';
import { fromWgs84 } from '#server/domain/crs/crs.ts';
import type { Crs } from '#server/domain/crs/crs.ts';
import type { ReadingEvidence } from '#server/domain/crs/decide-reading.ts';
import type { Candidate } from '#server/domain/crs/candidate.ts';
import type { Position } from '#server/domain/geometry/bbox.ts';

/** Nine places around Jilin city, WGS 84. */
export const JILIN: readonly Position[] = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((i) => [
  126.4 + (i % 3) * 0.1,
  43.7 + Math.floor(i / 3) * 0.1,
]);

/** Two places in Xinjiang west of 90° E, where either number could be a latitude. */
export const URUMQI: readonly Position[] = [
  [87.6, 43.8],
  [86.1, 44.3],
];

export type Row = readonly [x: number, y: number, declared?: string];

/** The rows as a file has them: in the given system, the columns swapped or not. */
export function rowsIn(crs: Crs, swapped = false, places: readonly Position[] = JILIN): Row[] {
  return places.map((place) => {
    const [x, y] = fromWgs84(crs, place);
    return swapped ? [y, x] : [x, y];
  });
}

export function summaryOf(rows: readonly Row[]): CoordinateSummary {
  const stats = createCoordinateStats();
  for (const [x, y, declared] of rows) {
    stats.add(x, y, x > 180 ? 'metres' : 'decimal', undefined, declared);
  }
  return stats.summary();
}

/** Evidence in the order of the candidates: how many of the checked rows lie in the region that they state. */
export function evidenceFor(
  candidates: readonly Candidate[],
  inStatedRegion: readonly number[],
  checked: number,
): ReadingEvidence[] {
  return inStatedRegion.map((count, index) => ({
    reading: candidates[index] ?? { crs: 'wgs84', swapped: false },
    inStatedRegion: count,
    outside: 0,
    checked,
  }));
}

export const short = ({ crs, swapped }: { readonly crs: Crs; readonly swapped: boolean }) =>
  swapped ? `${crs} swapped` : crs;
