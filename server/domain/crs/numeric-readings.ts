import type { SampledCoordinate } from './coordinate-sample.ts';
import { coordinateShape, SHAPE_FAMILY } from './coordinate-shape.ts';
import type { ShapeFamily } from './coordinate-shape.ts';
import type { CoordinateSummary } from './coordinate-stats.ts';
import type { Crs } from './crs.ts';
import { GAUSS_KRUGER_ZONES } from './gauss-kruger-zones.ts';
import type { GaussKrugerZone } from './gauss-kruger-zones.ts';
import { familyCounts, orientationCount } from './mixed-file.ts';
import { fitsReading, isPlausible } from './reading.ts';
import type { Reading } from './reading.ts';

/** Rows on which every reading is tried; conversions of more would tell no more. */
const MOST_TRIED = 200;

/** A reading must put most rows into China; of a file spread over several zones each larger part is offered. */
const MOST_ROWS = 0.5;
const LARGE_PART = 0.2;

const PREFIXED = epsgCodes((zone) => zone.hasPrefix);
const PLAIN_3 = epsgCodes((zone) => !zone.hasPrefix && zone.width === 3);
const PLAIN_6 = epsgCodes((zone) => !zone.hasPrefix && zone.width === 6);

function epsgCodes(isWanted: (zone: GaussKrugerZone) => boolean): readonly Crs[] {
  return GAUSS_KRUGER_ZONES.filter(isWanted).map((zone) => `EPSG:${zone.epsg}` as const);
}

/** The form that most of the usable rows have, or null without a usable row. */
export function majorityFamily({ shapes }: CoordinateSummary): ShapeFamily | null {
  const [first] = Object.entries(familyCounts(shapes)).sort(([, a], [, b]) => b - a);
  return first === undefined || first[1] === 0 ? null : (first[0] as ShapeFamily);
}

/** The sampled rows that have the form of the majority. */
export function majoritySample(summary: CoordinateSummary): readonly SampledCoordinate[] {
  const family = majorityFamily(summary);
  return summary.sample.filter(({ x, y }) => {
    const found = coordinateShape(x, y);
    return typeof found !== 'string' && SHAPE_FAMILY[found.shape] === family;
  });
}

/**
 * The readings that the numbers alone allow for most rows, the likeliest first. Without a zone prefix these are all
 * central meridians, as 3° zones unless the file's words say 6°: both convert the same.
 */
export function numericReadings(
  summary: CoordinateSummary,
  plainWidth: 3 | 6 = 3,
): readonly Reading[] {
  const family = majorityFamily(summary);
  const sample = majoritySample(summary);
  if (family === 'degrees') return degreeReadings(summary, sample);
  if (family === 'plain') {
    return metreReadings(plainWidth === 3 ? PLAIN_3 : PLAIN_6, sample);
  }
  return family === 'long' ? metreReadings(['webmercator', ...PREFIXED], sample) : [];
}

/**
 * The orders of axes in which a given system holds most of the sampled rows, the likelier first; empty when the numbers
 * cannot be of that system. Two orders only where the sizes of the numbers do not tell.
 */
export function ordersFor(
  crs: Crs,
  summary: CoordinateSummary,
  sample: readonly SampledCoordinate[] = summary.sample,
): readonly Reading[] {
  const tried = thinned(sample);
  const [normal, swapped] = [
    { crs, swapped: false },
    { crs, swapped: true },
  ];
  const fits = [normal, swapped].filter(
    (reading) => share(tried, reading, fitsReading) >= MOST_ROWS,
  );
  if (fits.length < 2 || share(tried, swapped, isPlausible) < MOST_ROWS) return fits.slice(0, 1);
  if (share(tried, normal, isPlausible) >= MOST_ROWS) return fits;
  // Only the other order lies in China; a value that no latitude can have makes that certain.
  const isCertain =
    orientationCount(summary.shapes, 'swapped') > orientationCount(summary.shapes, 'normal');
  return isCertain ? [swapped] : [swapped, normal];
}

/** All datums in degrees fit alike; only the order of the axes can be told from the numbers. */
function degreeReadings(
  summary: CoordinateSummary,
  sample: readonly SampledCoordinate[],
): readonly Reading[] {
  return ordersFor('wgs84', summary, sample).flatMap(({ swapped }) =>
    (['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const).map((crs) => ({ crs, swapped })),
  );
}

function metreReadings(
  systems: readonly Crs[],
  sample: readonly SampledCoordinate[],
): readonly Reading[] {
  const tried = thinned(sample);
  const rated = systems
    .flatMap((crs) => [
      { crs, swapped: false },
      { crs, swapped: true },
    ])
    .map((reading) => ({ reading, share: share(tried, reading, isPlausible) }))
    .sort((a, b) => b.share - a.share);
  const good = rated.filter((item) => item.share >= MOST_ROWS);
  const offered = good.length > 0 ? good : rated.filter((item) => item.share >= LARGE_PART);
  return offered.map((item) => item.reading);
}

function thinned(sample: readonly SampledCoordinate[]): readonly SampledCoordinate[] {
  const step = Math.ceil(sample.length / MOST_TRIED);
  return sample.filter((_, index) => index % step === 0);
}

function share(
  sample: readonly SampledCoordinate[],
  reading: Reading,
  test: (reading: Reading, raw: SampledCoordinate) => boolean,
): number {
  if (sample.length === 0) return 0;
  return sample.filter((raw) => test(reading, raw)).length / sample.length;
}
