import type { Position } from './bbox.ts';

/** Mean radius of the earth, metres (IUGG, R1 of WGS 84). */
const EARTH_RADIUS_METRES = 6_371_008.8;

/**
 * Great-circle distance between two positions in metres, on the sphere of the mean radius (haversine formula, which
 * stays exact for neighbouring points). Positions are [lon, lat], degrees, EPSG:4326; within 0.6 % of the ellipsoid.
 */
export function offsetMetres(a: Position, b: Position): number {
  const [lonA, latA] = radians(a);
  const [lonB, latB] = radians(b);
  const across = Math.sin((lonB - lonA) / 2) ** 2 * Math.cos(latA) * Math.cos(latB);
  const h = Math.sin((latB - latA) / 2) ** 2 + across;
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(h)));
}

function radians([lon, lat]: Position): Position {
  return [(lon * Math.PI) / 180, (lat * Math.PI) / 180];
}
