import { toWgs84 } from '../crs/crs.ts';
import type { Reading } from '../crs/reading.ts';
import type { Position } from '../geometry/bbox.ts';
import { MAX_VERTICES_PER_FEATURE } from '../geometry/check-geometry.ts';

/** Levels of arrays in the coordinates of a MultiPolygon, its positions included. */
const DEEPEST = 4;

/** Seven decimals of a degree are about a centimetre. */
export function rounded([lon, lat]: Position): Position {
  return [roundTo7(lon), roundTo7(lat)];
}

function roundTo7(degrees: number): number {
  // Plus zero: −0 would be another text.
  return Math.round(degrees * 1e7) / 1e7 + 0;
}

/** A position of a file under its reading, WGS 84 [lon, lat]. */
export function convert({ crs, swapped }: Reading, x: number, y: number): Position {
  return rounded(toWgs84(crs, swapped ? [y, x] : [x, y]));
}

/**
 * Coordinates of any GeoJSON geometry with each position converted and its height dropped. What is no position stays as
 * it is, for the check to find; so does everything beyond the limit of vertices. What is nested deeper is dropped.
 */
export function convertCoordinates(coordinates: unknown, reading: Reading): unknown {
  let vertices = 0;
  const walk = (value: unknown, depth: number): unknown => {
    if (!Array.isArray(value)) return value;
    if (depth > DEEPEST) return null;
    const [x, y]: unknown[] = value;
    if (typeof x !== 'number' || typeof y !== 'number') {
      return value.map((part) => walk(part, depth + 1));
    }
    vertices += 1;
    return vertices > MAX_VERTICES_PER_FEATURE ? value : convert(reading, x, y);
  };
  return walk(coordinates, 1);
}

/** First [x, y] of a geometry's coordinates, as they stand. */
export function firstVertex(coordinates: unknown): readonly [x: number, y: number] | null {
  let part: unknown = coordinates;
  for (let depth = 1; depth <= DEEPEST && Array.isArray(part); depth += 1) {
    const [x, y]: unknown[] = part;
    if (typeof x === 'number' && typeof y === 'number') return [x, y];
    part = x;
  }
  return null;
}

export type CheckedShape =
  | { readonly type: 'LineString'; readonly coordinates: readonly Position[] }
  | { readonly type: 'MultiLineString' | 'Polygon'; readonly coordinates: Rings }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly Rings[] };

type Rings = readonly (readonly Position[])[];

/** A position on a checked shape, [lon, lat]: the middle vertex of its longest line, a place inside its widest area. */
export function positionOn(shape: CheckedShape): Position {
  switch (shape.type) {
    case 'LineString':
      return middleOf(shape.coordinates);
    case 'MultiLineString':
      return middleOf(longest(shape.coordinates));
    case 'Polygon':
      return insideOf(shape.coordinates).position;
    default:
      return shape.coordinates.map(insideOf).reduce(wider).position;
  }
}

function longest(lines: Rings): readonly Position[] {
  return lines.reduce((a, b) => (b.length > a.length ? b : a));
}

function middleOf(line: readonly Position[]): Position {
  return line[Math.floor(line.length / 2)] ?? [0, 0];
}

type Inside = { readonly position: Position; readonly width: number };

function wider(a: Inside, b: Inside): Inside {
  return b.width > a.width ? b : a;
}

/** The middle of the widest stretch that a parallel through the middle of the polygon has inside it (even-odd rule). */
function insideOf(rings: Rings): Inside {
  const outer = rings[0] ?? [];
  const latitudes = outer.map(([, lat]) => lat);
  // A parallel through no vertex keeps the crossings in pairs.
  const lat = between(latitudes);
  const crossings = rings.flatMap((ring) => crossingsOf(ring, lat)).sort((a, b) => a - b);
  const stretches = crossings.flatMap((west, index): readonly Inside[] => {
    const east = crossings[index + 1];
    if (index % 2 === 1 || east === undefined) return [];
    return [{ position: rounded([(west + east) / 2, lat]), width: east - west }];
  });
  const first: Inside = { position: outer[0] ?? [0, 0], width: 0 };
  return stretches.reduce(wider, first);
}

/** A latitude near the middle that no vertex has. */
function between(latitudes: readonly number[]): number {
  const low = latitudes.reduce((a, b) => Math.min(a, b), 90);
  const high = latitudes.reduce((a, b) => Math.max(a, b), -90);
  const middle = (low + high) / 2;
  const above = latitudes.filter((lat) => lat > middle).reduce((a, b) => Math.min(a, b), high);
  return (middle + above) / 2;
}

function crossingsOf(ring: readonly Position[], lat: number): readonly number[] {
  return ring.slice(1).flatMap(([x, y], index) => {
    const [px, py] = ring[index] ?? [x, y];
    if (y > lat === py > lat) return [];
    return [px + ((lat - py) / (y - py)) * (x - px)];
  });
}
