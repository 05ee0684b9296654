import type { Bilingual } from '../bilingual.ts';
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

const EMPTY: Bilingual = { zh: '应为非空的数组。', en: 'Must be an array that is not empty.' };
const OPEN_RING: Bilingual = {
  zh: '环的终点须与起点相同。',
  en: 'A ring must end where it begins.',
};
const NO_POSITION: Bilingual = { zh: '应为 [经度, 纬度]。', en: 'Must be [lon, lat].' };
const NO_NUMBERS: Bilingual = {
  zh: '经度和纬度须为有限的数字。',
  en: 'Longitude and latitude must be finite numbers.',
};

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
      faults: [
        {
          pointer: `${pointer}/type`,
          detail: { zh: `应为 ${known} 之一。`, en: `Must be one of ${known}.` },
        },
      ],
      vertices: 0,
    };
  }
  const walk: Walk = { faults: [], vertices: 0, type: type as GeometryType };
  descend(coordinates, NESTING[walk.type], `${pointer}/coordinates`, walk, most);
  if (walk.vertices > MAX_VERTICES_PER_FEATURE) {
    const detail = {
      zh: `共有 ${walk.vertices} 个坐标点，最多 ${MAX_VERTICES_PER_FEATURE} 个。`,
      en: `Has ${walk.vertices} positions; at most ${MAX_VERTICES_PER_FEATURE} are taken.`,
    };
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
    walk.faults.push({ pointer, detail: EMPTY });
    return;
  }
  value.forEach((item, index) => descend(item, nesting - 1, `${pointer}/${index}`, walk, most));
  if (nesting === 1) lineFaults(value, pointer, walk);
}

function positionFault(value: unknown): Bilingual | null {
  if (!Array.isArray(value) || value.length < 2 || value.length > 3) return NO_POSITION;
  const [lon, lat] = value as unknown[];
  if (typeof lon !== 'number' || typeof lat !== 'number' || !Number.isFinite(lon + lat)) {
    return NO_NUMBERS;
  }
  if (Math.abs(lon) <= 180 && Math.abs(lat) <= 90) return null;
  const isSwapped = Math.abs(lat) <= 180 && Math.abs(lon) <= 90;
  return {
    zh: `[${lon}, ${lat}] 不在经度 −180…180、纬度 −90…90 度之内。${isSwapped ? '是否把纬度写在了前面？' : ''}`,
    en: `[${lon}, ${lat}] is not in −180…180, −90…90 degrees.${isSwapped ? ' Latitude first?' : ''}`,
  };
}

function lineFaults(positions: readonly unknown[], pointer: string, walk: Walk): void {
  if (positions.length < LEAST[walk.type]) {
    const detail = {
      zh: `至少要有 ${LEAST[walk.type]} 个坐标点，现有 ${positions.length} 个。`,
      en: `Needs at least ${LEAST[walk.type]} positions, has ${positions.length}.`,
    };
    walk.faults.push({ pointer, detail });
  }
  if (walk.type !== 'Polygon' && walk.type !== 'MultiPolygon') return;
  const [first, last] = [positions[0], positions.at(-1)];
  if (JSON.stringify(first) !== JSON.stringify(last)) {
    walk.faults.push({ pointer, detail: OPEN_RING });
  }
}
