import type { Knex } from 'knex';
import type { Tile } from '#server/domain/geometry/tile.ts';
import type { TileFilters } from './tile-filters.ts';
import { REGIONS_IN_TILE, regionsInTileBindings } from './tiles.sql.ts';

export type RegionInTile = { readonly code: string; readonly cityCode: string };

/** The regions that have an area or a label in the tile, by code. */
export async function listRegionsInTile(
  trx: Knex.Transaction,
  tile: Tile,
  filters: TileFilters,
): Promise<readonly RegionInTile[]> {
  const bindings = regionsInTileBindings(tile, filters);
  const result = await trx.raw<{ rows: RegionInTile[] }>(REGIONS_IN_TILE, bindings);
  return result.rows;
}
