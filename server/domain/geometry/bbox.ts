/** [lon, lat] in degrees, EPSG:4326 with the axis order of RFC 7946. */
export type Position = readonly [lon: number, lat: number];

/** [west, south, east, north] in degrees; west > east means it crosses the antimeridian. */
export type Bbox = readonly [west: number, south: number, east: number, north: number];

/** One or two boxes with west ≤ east that cover the same ground as `bbox` (RFC 7946 §5.2). */
export function splitAtAntimeridian(bbox: Bbox): readonly Bbox[] {
  const [west, south, east, north] = bbox;
  if (west <= east) return [bbox];
  return [
    [west, south, 180, north],
    [-180, south, east, north],
  ];
}

/** Whether a position lies in the box or on its edge. */
export function containsPosition(bbox: Bbox, [lon, lat]: Position): boolean {
  const [west, south, east, north] = bbox;
  if (lat < south || lat > north) return false;
  return west <= east ? lon >= west && lon <= east : lon >= west || lon <= east;
}

/**
 * The box grown by `degrees` on every side, cut at the poles. A box that would reach round the
 * globe becomes [-180, 180]; one that passes 180° crosses the antimeridian.
 */
export function expandBbox(bbox: Bbox, degrees: number): Bbox {
  const [west, south, east, north] = bbox;
  const width = (west <= east ? east - west : east - west + 360) + 2 * degrees;
  const lower = Math.max(-90, south - degrees);
  const upper = Math.min(90, north + degrees);
  if (width >= 360) return [-180, lower, 180, upper];
  return [wrapLon(west - degrees), lower, wrapLon(east + degrees), upper];
}

function wrapLon(lon: number): number {
  if (lon < -180) return lon + 360;
  return lon > 180 ? lon - 360 : lon;
}
