import type { Fault } from '../errors.ts';

/** What one geometry may hold; larger ones are refused before PostGIS sees them. */
export const MAX_VERTICES_PER_FEATURE = 50_000;
export const MAX_VERTICES_PER_FILE = 1_000_000;

/** Levels of arrays inside `coordinates`. */
const NESTING = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
} as const;

export type GeometryType = keyof typeof NESTING;

/** Least positions in the innermost array; a ring repeats its first position. */
const LEAST: Readonly<Record<GeometryType, number>> = {
  Point: 1,
  MultiPoint: 1,
  LineString: 2,
  MultiLineString: 2,
  Polygon: 4,
  MultiPolygon: 4,
};

export type GeometryCheck = { readonly faults: readonly Fault[]; readonly vertices: number };

type Walk = { readonly faults: Fault[]; vertices: number; readonly type: GeometryType };

/**
 * Checks the structure of an RFC 7946 geometry in degrees, [lon, lat], WGS 84: type, nesting, finite numbers in
 * range, closed rings of at least four positions, vertex limit. Stops after `most` faults. Self-crossing is not looked for.
 */
export function checkGeometry(geometry: unknown, pointer: string, most = 20): GeometryCheck {
  const { type, coordinates } = (geometry ?? {}) as { type?: unknown; coordinates?: unknown };
  if (typeof type !== 'string' || !Object.hasOwn(NESTING, type)) {
    const known = Object.keys(NESTING).join(', ');
    return {
      faults: [{ pointer: `${pointer}/type`, detail: `Must be one of ${known}.` }],
      vertices: 0,
    };
  }
  const walk: Walk = { faults: [], vertices: 0, type: type as GeometryType };
  descend(coordinates, NESTING[walk.type], `${pointer}/coordinates`, walk, most);
  if (walk.vertices > MAX_VERTICES_PER_FEATURE) {
    const detail = `Has ${walk.vertices} positions; at most ${MAX_VERTICES_PER_FEATURE} are taken.`;
    walk.faults.unshift({ pointer, detail });
  }
  return { faults: walk.faults.slice(0, most), vertices: walk.vertices };
}

function descend(value: unknown, nesting: number, pointer: string, walk: Walk, most: number): void {
  if (walk.faults.length >= most) return;
  if (nesting === 0) {
    walk.vertices += 1;
    const detail = positionFault(value);
    if (detail) walk.faults.push({ pointer, detail });
    return;
  }
  if (!Array.isArray(value) || value.length === 0) {
    walk.faults.push({ pointer, detail: 'Must be an array that is not empty.' });
    return;
  }
  value.forEach((item, index) => descend(item, nesting - 1, `${pointer}/${index}`, walk, most));
  if (nesting === 1) lineFaults(value, pointer, walk);
}

function positionFault(value: unknown): string | null {
  if (!Array.isArray(value) || value.length < 2 || value.length > 3) return 'Must be [lon, lat].';
  const [lon, lat] = value as unknown[];
  if (typeof lon !== 'number' || typeof lat !== 'number' || !Number.isFinite(lon + lat)) {
    return 'Longitude and latitude must be finite numbers.';
  }
  if (Math.abs(lon) <= 180 && Math.abs(lat) <= 90) return null;
  const swapped = Math.abs(lat) <= 180 && Math.abs(lon) <= 90 ? ' Latitude first?' : '';
  return `[${lon}, ${lat}] is not in −180…180, −90…90 degrees.${swapped}`;
}

function lineFaults(positions: readonly unknown[], pointer: string, walk: Walk): void {
  if (positions.length < LEAST[walk.type]) {
    const detail = `Needs at least ${LEAST[walk.type]} positions, has ${positions.length}.`;
    walk.faults.push({ pointer, detail });
  }
  if (walk.type !== 'Polygon' && walk.type !== 'MultiPolygon') return;
  const [first, last] = [positions[0], positions.at(-1)];
  if (JSON.stringify(first) !== JSON.stringify(last)) {
    walk.faults.push({ pointer, detail: 'A ring must end where it begins.' });
  }
}
