import { containsPosition } from '../geometry/bbox.ts';
import type { Bbox, Position } from '../geometry/bbox.ts';
import { MERCATOR_HALF_METRES } from '../geometry/tile.ts';

import { canonicalCrs, gaussKrugerZone, isDegreeCrs, toWgs84 } from './crs.ts';
import type { Crs } from './crs.ts';

/** How a file's two coordinate columns are understood; `swapped`: the column taken for x holds latitude or northing. */
export type Reading = { readonly crs: Crs; readonly swapped: boolean };

/** The two numbers of one row as the file has them: x from its longitude column, y from its latitude column. */
export type RawCoordinate = { readonly x: number; readonly y: number };

/** China with its seas, degrees; GCJ-02 and BD-09 stay within 0.02° of it. */
const CHINA: Bbox = [73, 3, 136, 54];

/** Northings that a Gauss–Krüger coordinate of the northern hemisphere has, metres. */
const MOST_NORTHING = 10_000_000;

/** Farther from its meridian, in degrees, no office keeps a zone's coordinates. */
const MOST_FROM_MERIDIAN = { 3: 3, 6: 4.5 } as const;

/** The row's WGS 84 position [lon, lat] under a reading. */
export function readPosition({ crs, swapped }: Reading, { x, y }: RawCoordinate): Position {
  return toWgs84(crs, swapped ? [y, x] : [x, y]);
}

/** Whether two numbers could be a longitude and a latitude, in either order. */
export function isDegreeLike(x: number, y: number): boolean {
  const [low, high] = [Math.min(Math.abs(x), Math.abs(y)), Math.max(Math.abs(x), Math.abs(y))];
  return low <= 90 && high <= 180;
}

/** Whether the numbers lie in the range that the reading's system has at all. */
export function fitsReading({ crs, swapped }: Reading, { x, y }: RawCoordinate): boolean {
  const [east, north] = swapped ? [y, x] : [x, y];
  if (isDegreeCrs(crs)) return Math.abs(east) <= 180 && Math.abs(north) <= 90;
  if (isDegreeLike(east, north)) return false;
  const zone = gaussKrugerZone(crs);
  if (zone === null) return Math.max(Math.abs(east), Math.abs(north)) <= MERCATOR_HALF_METRES;
  return Math.abs(east - zone.falseEasting) < 500_000 && north > 0 && north <= MOST_NORTHING;
}

/** Whether the reading fits and puts the row into China, and near the meridian of its zone. */
export function isPlausible(reading: Reading, raw: RawCoordinate): boolean {
  if (!fitsReading(reading, raw)) return false;
  // The rough box needs no exact degrees, and this is asked of every row.
  const crs = isDegreeCrs(reading.crs) ? 'wgs84' : reading.crs;
  const position = readPosition({ crs, swapped: reading.swapped }, raw);
  if (!containsPosition(CHINA, position)) return false;
  const zone = gaussKrugerZone(crs);
  if (zone === null) return true;
  // Without a prefix the same numbers belong to a 3° and a 6° zone, so the wider limit holds.
  const most = MOST_FROM_MERIDIAN[zone.hasPrefix ? zone.width : 6];
  return Math.abs(position[0] - zone.centralMeridian) <= most;
}

/** Whether the numbers fit the reading, but only the other order of axes puts the row into China or fits at all. */
export function looksSwapped(reading: Reading, raw: RawCoordinate): boolean {
  const other = { crs: reading.crs, swapped: !reading.swapped };
  if (!fitsReading(reading, raw)) return fitsReading(other, raw);
  return !isPlausible(reading, raw) && isPlausible(other, raw);
}

export function isSameReading(a: Reading, b: Reading): boolean {
  return a.crs === b.crs && a.swapped === b.swapped;
}

/** Whether two systems put the same numbers to the same place: CGCS2000 and WGS 84 agree within a metre. */
export function isSamePlace(a: Crs, b: Crs): boolean {
  const place = (crs: Crs) => (canonicalCrs(crs) === 'cgcs2000' ? 'wgs84' : canonicalCrs(crs));
  return place(a) === place(b);
}
