import type { Fault } from '../errors.ts';
import { checkGeometry } from '../geometry/check-geometry.ts';
import { latitudeText, MAX_LATITUDE } from './shared-rules.ts';

/** What a risk point may be drawn as. */
const SHAPES: ReadonlySet<string> = new Set([
  'Point',
  'LineString',
  'Polygon',
  'MultiLineString',
  'MultiPolygon',
]);

/** Every fault of a shape that can be told without a database: structure, ranges, closed rings, vertex limit, ±85°. */
export function shapeFaults(geometry: unknown, pointer: string): readonly Fault[] {
  const { faults } = checkGeometry(geometry, pointer);
  if (faults.length > 0) return faults;
  const { type, coordinates } = geometry as { type: string; coordinates: unknown };
  if (!SHAPES.has(type)) {
    const known = [...SHAPES].join(', ');
    const detail = { zh: `应为 ${known} 之一。`, en: `Must be one of ${known}.` };
    return [{ pointer: `${pointer}/type`, detail }];
  }
  const beyond = positionsOf(coordinates).find(([, latitude]) => Math.abs(latitude) > MAX_LATITUDE);
  return beyond ? [{ pointer: `${pointer}/coordinates`, detail: latitudeText(beyond[1]) }] : [];
}

/** All positions of checked coordinates; their nesting is bounded by the type. */
function positionsOf(coordinates: unknown): readonly (readonly [lon: number, lat: number])[] {
  const list = coordinates as readonly unknown[];
  if (typeof list[0] === 'number') return [list as unknown as readonly [number, number]];
  return list.flatMap(positionsOf);
}
