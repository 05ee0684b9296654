import type { Bbox } from './geometry/bbox.ts';
import { tileBbox } from './geometry/tile.ts';
import type { Tile } from './geometry/tile.ts';

/** What one city contributes to the version of a tile; `bounds` in degrees (EPSG:4326). */
export type CityVersion = {
  readonly code: string;
  readonly bounds: Bbox;
  readonly version: number;
};

/**
 * How far a tile reaches over its edge, as a share of its width: features of a neighbouring city
 * that lie in the clipping buffer (64 of 4096 units) are drawn in this tile too. Twice that, since
 * a degree of latitude is not the same everywhere in a tile.
 */
const MARGIN = 128 / 4096;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * The `v` of a tile address: scope hash, a dot, and the FNV-1a hash of `code:version` of every city
 * that meets the tile, in the order of the codes. The server compares it with the value it works
 * out itself, so that an exact match can be cached for ever; it never decides what is shown.
 */
export function tileVersion(scope: string, cities: readonly CityVersion[], tile: Tile): string {
  const reach = reachOf(tile);
  const parts = cities
    .filter((city) => isMeeting(city.bounds, reach))
    .map((city) => `${city.code}:${city.version}`)
    .sort();
  return `${scope}.${fnv1a(parts.join(';'))}`;
}

/** FNV-1a, 32 bits, over the UTF-16 units of an ASCII text; 8 hex digits. */
export function fnv1a(text: string): string {
  let hash = FNV_OFFSET;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function reachOf(tile: Tile): Bbox {
  const [west, south, east, north] = tileBbox(tile);
  const lon = (east - west) * MARGIN;
  const lat = (north - south) * MARGIN;
  return [west - lon, south - lat, east + lon, north + lat];
}

/** Closed boxes; city boxes do not cross the antimeridian. */
function isMeeting(a: Bbox, b: Bbox): boolean {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
}
