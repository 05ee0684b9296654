import type { Position } from '../geometry/bbox.ts';

/** Radius of the sphere of EPSG:3857, metres. */
const RADIUS = 6_378_137;

/** WGS 84 degrees → EPSG:3857 metres [easting, northing]; infinite at the poles. */
export function toWebMercator([lon, lat]: Position): Position {
  const phi = (lat * Math.PI) / 180;
  return [(RADIUS * lon * Math.PI) / 180, RADIUS * Math.asinh(Math.tan(phi))];
}

/** EPSG:3857 metres [easting, northing] → WGS 84 degrees. */
export function fromWebMercator([easting, northing]: Position): Position {
  const lat = Math.atan(Math.sinh(northing / RADIUS));
  return [((easting / RADIUS) * 180) / Math.PI, (lat * 180) / Math.PI];
}
