import type { Knex } from 'knex';
import type { Tile } from '#server/domain/geometry/tile.ts';
import type { TileFilters } from './tile-filters.ts';
import { REGIONS_IN_TILE, regionsInTileBindings } from './tiles.sql.ts';

/** Codes of the regions that have an area or a label in the tile. */
export async function listRegionsInTile(
  trx: Knex.Transaction,
  tile: Tile,
  filters: TileFilters,
): Promise<readonly string[]> {
  const bindings = regionsInTileBindings(tile, filters);
  const result = await trx.raw<{ rows: { code: string }[] }>(REGIONS_IN_TILE, bindings);
  return result.rows.map(({ code }) => code);
}
