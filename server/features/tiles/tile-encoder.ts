import type { Knex } from 'knex';
import type { Capabilities } from '#server/db/open-database.ts';
import { encodeInNode } from './node-mvt.ts';
import { encodeInPostgis } from './postgis-mvt.ts';
import type { TileQuery } from './tiles.sql.ts';

/** Runs the query and returns the encoded tile (Mapbox Vector Tile 2); no bytes when it is empty. */
export type EncodeTile = (trx: Knex.Transaction, query: TileQuery) => Promise<Uint8Array>;

/** PostGIS encodes where it was built with protobuf; the embedded engine's was not. */
export function tileEncoder({ mvt }: Pick<Capabilities, 'mvt'>): EncodeTile {
  return mvt ? encodeInPostgis : encodeInNode;
}
