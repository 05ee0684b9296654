import type { TransverseAxis } from './gauss-kruger.ts';

/** A Gauss–Krüger zone of CGCS2000; `width` and `centralMeridian` in degrees. */
export type GaussKrugerZone = TransverseAxis & {
  readonly epsg: number;
  readonly width: 3 | 6;
  /** The customary number: 13–23 for 6° zones, 25–45 for 3° zones. */
  readonly number: number;
  /** Whether the easting begins with the zone's number, as in 42 540 123 m. */
  readonly hasPrefix: boolean;
};

/** The four runs of the EPSG register; each begins at the central meridian 75° E and ends at 135° E. */
const RUNS = [
  { first: 4491, count: 11, width: 6, zone: 13, hasPrefix: true },
  { first: 4502, count: 11, width: 6, zone: 13, hasPrefix: false },
  { first: 4513, count: 21, width: 3, zone: 25, hasPrefix: true },
  { first: 4534, count: 21, width: 3, zone: 25, hasPrefix: false },
] as const;

export const GAUSS_KRUGER_ZONES: readonly GaussKrugerZone[] = RUNS.flatMap((run) =>
  Array.from({ length: run.count }, (_, index) => ({
    epsg: run.first + index,
    width: run.width,
    number: run.zone + index,
    hasPrefix: run.hasPrefix,
    centralMeridian: 75 + run.width * index,
    falseEasting: 500_000 + (run.hasPrefix ? (run.zone + index) * 1_000_000 : 0),
  })),
);

/** The central meridian of a zone number in degrees: 13–23 count 6° zones, 25–45 count 3° zones. */
export function meridianOfZone(zone: number): number {
  return zone <= 23 ? 6 * zone - 3 : 3 * zone;
}
