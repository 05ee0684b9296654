import type { Bbox, Position } from './bbox.ts';

/** Address of a web-mercator tile, XYZ scheme: y grows to the south. */
export type Tile = { readonly z: number; readonly x: number; readonly y: number };

/** Latitude at which the web-mercator square ends, degrees. */
export const MAX_MERCATOR_LAT = 85.051128779806604;

/** Half the width of the web-mercator square, metres (π × 6 378 137). */
export const MERCATOR_HALF_METRES = 20037508.342789244;

/** Whether z, x, y are integers that name an existing tile with minZoom ≤ z ≤ maxZoom. */
export function isTileInRange({ z, x, y }: Tile, minZoom: number, maxZoom: number): boolean {
  if (!Number.isInteger(z) || z < minZoom || z > maxZoom) return false;
  const side = 2 ** z;
  return Number.isInteger(x) && Number.isInteger(y) && x >= 0 && y >= 0 && x < side && y < side;
}

/** The tile's box, EPSG:4326 degrees. */
export function tileBbox({ z, x, y }: Tile): Bbox {
  const side = 2 ** z;
  return [
    (x / side) * 360 - 180,
    latAtRow(y + 1, side),
    ((x + 1) / side) * 360 - 180,
    latAtRow(y, side),
  ];
}

/** The tile's box, EPSG:3857 metres, [west, south, east, north]. */
export function tileMercatorBbox({ z, x, y }: Tile): Bbox {
  const size = (2 * MERCATOR_HALF_METRES) / 2 ** z;
  const west = x * size - MERCATOR_HALF_METRES;
  const north = MERCATOR_HALF_METRES - y * size;
  return [west, north - size, west + size, north];
}

/** The tile of zoom `z` that holds a position; latitudes beyond the square go to its edge. */
export function tileAt([lon, lat]: Position, z: number): Tile {
  const side = 2 ** z;
  const clamped = Math.max(-MAX_MERCATOR_LAT, Math.min(MAX_MERCATOR_LAT, lat));
  const radians = (clamped * Math.PI) / 180;
  const row = (1 - Math.log(Math.tan(radians) + 1 / Math.cos(radians)) / Math.PI) / 2;
  const last = side - 1;
  return {
    z,
    x: Math.max(0, Math.min(last, Math.floor(((lon + 180) / 360) * side))),
    y: Math.max(0, Math.min(last, Math.floor(row * side))),
  };
}

function latAtRow(row: number, side: number): number {
  const n = Math.PI * (1 - (2 * row) / side);
  return (Math.atan(Math.sinh(n)) * 180) / Math.PI;
}
