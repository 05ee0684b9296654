import { tileAt } from '../../domain/geometry/tile.ts';
import type { Tile } from '../../domain/geometry/tile.ts';
import type { Position } from '../../domain/geometry/bbox.ts';
import type { TileFilters } from '../../features/tiles/tile-filters.ts';
import type { LayerId } from '../../features/tiles/tile-layers.ts';
import { versionOf } from '../../features/tiles/tiles.service.ts';
import type { TilesService } from '../../features/tiles/tiles.service.ts';
import { share } from './share.ts';

export type Measured = {
  readonly layer: LayerId;
  readonly z: number;
  readonly tiles: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Largest tile, compressed. */
  readonly mostBytes: number;
};

export const NO_FILTERS: TileFilters = {
  levels: null,
  dynamicLevels: null,
  states: null,
  fields: null,
  region: null,
  depth: null,
  rule: null,
  basis: 'current',
  colour: 'assessed',
};

/** Requests for each zoom; where a zoom has fewer tiles they are asked for again. */
const REQUESTS = 60;
const WARM_UP = 5;

/** Times whole answers (versions, query, encoding, compression) one after the other; the service must not cache. */
export async function measureTiles(
  service: TilesService,
  { layer, z, places }: { layer: LayerId; z: number; places: readonly Position[] },
): Promise<Measured> {
  const tiles = distinctTiles(places, z).slice(0, REQUESTS);
  const times: number[] = [];
  let mostBytes = 0;
  for (let index = -WARM_UP; index < REQUESTS; index += 1) {
    const tile = tiles[(index + WARM_UP) % tiles.length];
    if (tile === undefined) throw new Error('No place to measure at');
    const asked = { layer, tile, filters: NO_FILTERS };
    const began = performance.now();
    const version = versionOf(await service.versions(), asked);
    const made = await service.tile(asked, version, new AbortController().signal);
    if (index >= 0) times.push(performance.now() - began);
    mostBytes = Math.max(mostBytes, made.gzipped?.length ?? 0);
  }
  times.sort((a, b) => a - b);
  return {
    layer,
    z,
    tiles: tiles.length,
    p50Ms: share(times, 0.5),
    p95Ms: share(times, 0.95),
    mostBytes,
  };
}

export function distinctTiles(places: readonly Position[], z: number): Tile[] {
  const found = new Map(
    places.map((at) => tileAt(at, z)).map((tile) => [`${tile.x}/${tile.y}`, tile]),
  );
  return [...found.values()];
}
