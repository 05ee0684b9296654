import { inScope, SYSTEM } from '../../db/scope.ts';
import type { Scope } from '../../db/scope.ts';
import type { Position } from '../../domain/geometry/bbox.ts';
import type { Tile } from '../../domain/geometry/tile.ts';
import type { RowScope } from '../../domain/policy/row-scope.ts';
import type { LayerId } from '../../features/tiles/tile-layers.ts';
import { versionOf } from '../../features/tiles/tiles.service.ts';
import type { TilesService } from '../../features/tiles/tiles.service.ts';
import { distinctTiles, NO_FILTERS } from './measure-tiles.ts';
import { share } from './share.ts';

/** A city and every field that its points have: whoever sees all of it either way is told the same tiles. */
export type ScopedPlace = {
  readonly city: string;
  readonly fields: readonly string[];
  readonly places: readonly Position[];
};

export type ScopedTiles = {
  readonly layer: LayerId;
  readonly z: number;
  readonly tiles: number;
  /**
   * Median milliseconds of the same tiles for who sees everything, the city, the city by its fields, and the same by two
   * parts that do not come to one.
   */
  readonly wholeMs: number;
  readonly cityMs: number;
  readonly fieldsMs: number;
  readonly partsMs: number;
};

const MOST_TILES = 30;
const ROUNDS = 4;

/** Asks for each tile in turn as each caller, so that what the machine does meanwhile meets all of them alike. */
export async function measureScopes(
  service: TilesService,
  { city, fields, places }: ScopedPlace,
  { layer, z }: { readonly layer: LayerId; readonly z: number },
): Promise<ScopedTiles> {
  const tiles = distinctTiles(places, z).slice(0, MOST_TILES);
  const part = { regions: [city], jurisdictions: [], fields: null, enterprise: null };
  const half = Math.ceil(fields.length / 2);
  const parts = [
    { ...part, fields: fields.slice(0, half) },
    // Another place beside it, or the two would be one part.
    { ...part, fields: fields.slice(half), regions: [city, '000000'] },
  ];
  const callers = [SYSTEM, seeing([part]), seeing([{ ...part, fields }]), seeing(parts)];
  const times: number[][] = callers.map(() => []);
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const tile of tiles) {
      for (const [index, caller] of callers.entries()) {
        const took = await inScope(caller, () => timeOf(service, layer, tile));
        if (round >= 0) times[index]?.push(took);
      }
    }
  }
  const [wholeMs = 0, cityMs = 0, fieldsMs = 0, partsMs = 0] = times.map((each) =>
    share(
      each.toSorted((a, b) => a - b),
      0.5,
    ),
  );
  return { layer, z, tiles: tiles.length, wholeMs, cityMs, fieldsMs, partsMs };
}

/** Somebody who only looks: whose reads go through the masked views, too. */
const seeing = (read: RowScope): Scope => ({ ...SYSTEM, read, restricted: [], write: [] });

async function timeOf(service: TilesService, layer: LayerId, tile: Tile): Promise<number> {
  const asked = { layer, tile, filters: NO_FILTERS };
  const version = versionOf(await service.versions(), asked);
  const began = performance.now();
  await service.tile(asked, version, new AbortController().signal);
  return performance.now() - began;
}
