import type { Position } from '#server/domain/geometry/bbox.ts';
import type { PointTemplate } from './catalogue/template.ts';
import type { DemoGeometry } from './demo-rows.ts';
import type { Random } from './random.ts';

const METRES_PER_DEGREE = 111_320;

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** The position some metres away; bearing in radians from east, good for a few kilometres. */
export function moved([lon, lat]: Position, metres: number, bearing: number): Position {
  const east = (metres * Math.cos(bearing)) / Math.cos((lat * Math.PI) / 180);
  const north = metres * Math.sin(bearing);
  return [round(lon + east / METRES_PER_DEGREE), round(lat + north / METRES_PER_DEGREE)];
}

/** A geometry of the wanted shape through or round a position; sizes in metres. */
export function drawShape(
  random: Random,
  shape: PointTemplate['shape'],
  at: Position,
  size: number,
): DemoGeometry {
  if (shape === 'point') return { type: 'Point', coordinates: at };
  const bearing = random.unit() * 2 * Math.PI;
  if (shape === 'line') {
    const bend = bearing + Math.PI + (random.unit() - 0.5);
    return {
      type: 'LineString',
      coordinates: [moved(at, size, bearing), at, moved(at, size, bend)],
    };
  }
  const aspect = 0.6 + random.unit() * 0.6;
  const corners = [aspect, Math.PI - aspect, Math.PI + aspect, -aspect].map((turn) =>
    moved(at, size / 2, bearing + turn),
  );
  return { type: 'Polygon', coordinates: [[...corners, ...corners.slice(0, 1)]] };
}
