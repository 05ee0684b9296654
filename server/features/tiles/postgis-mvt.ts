import type { Knex } from 'knex';
import { mvtStatement } from './tiles.sql.ts';
import type { TileQuery } from './tiles.sql.ts';

/** The database makes the whole tile. */
export async function encodeInPostgis(
  trx: Knex.Transaction,
  query: TileQuery,
): Promise<Uint8Array> {
  const result = await trx.raw<{ rows: { tile: Buffer }[] }>(mvtStatement(query), query.bindings);
  return result.rows[0]?.tile ?? new Uint8Array();
}
