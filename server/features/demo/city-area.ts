import type { Position } from '#server/domain/geometry/bbox.ts';
import type { DemoCity } from './demo-input.ts';

/** About 1 km: far enough that a border drawn more exactly keeps the point in its city. */
const MARGIN_DEGREES = 0.01;

/** Whether the city holds the position and the ground round it. */
export function isWellInside(city: DemoCity, [lon, lat]: Position): boolean {
  const around = [-1, 0, 1].flatMap((x) =>
    [-1, 0, 1].map((y): Position => [lon + x * MARGIN_DEGREES, lat + y * MARGIN_DEGREES]),
  );
  return around.every((position) => isInside(city, position));
}

function isInside(city: DemoCity, position: Position): boolean {
  return city.rings.filter((ring) => isInsideRing(ring, position)).length === 1;
}

/** Even-odd rule. */
function isInsideRing(ring: readonly Position[], [lon, lat]: Position): boolean {
  return ring.reduce((inside, [x, y], index) => {
    const [px, py] = ring.at(index - 1) ?? [x, y];
    const crosses = y > lat !== py > lat && lon < ((px - x) * (lat - y)) / (py - y) + x;
    return crosses ? !inside : inside;
  }, false);
}
