import type { Knex } from 'knex';
import type { Database } from '#server/db/open-database.ts';
import { isPublicScope } from '#server/db/scope.ts';
import type { Tile } from '#server/domain/geometry/tile.ts';
import { tileVersion } from '#server/domain/tile-version.ts';
import { packed } from './gzip-bytes.ts';
import { createByteCache } from './byte-cache.ts';
import type { SummariseRegions } from './region-figures.ts';
import { createRegionTiles } from './region-tiles.ts';
import type { RegionTiles } from './region-tiles.ts';
import { riskPointsQuery } from './risk-points.sql.ts';
import { createSharedWork } from './shared-work.ts';
import type { WorkLimits } from './shared-work.ts';
import { toldRegionsQuery } from './told-regions.ts';
import type { ToldAreas } from './told-regions.ts';
import { tileEncoder } from './tile-encoder.ts';
import { filterQuery } from './tile-filters.ts';
import type { TileFilters } from './tile-filters.ts';
import type { LayerId } from './tile-layers.ts';
import { createVersionReader } from './tile-versions.ts';
import type { VersionTable } from './tile-versions.ts';
import { baseQuery, enterprisesQuery } from './tiles.sql.ts';
import type { TileQuery } from './tiles.sql.ts';

export type TileAsked = {
  readonly layer: LayerId;
  readonly tile: Tile;
  readonly filters: TileFilters;
};

/** A tile as it is kept and sent; null: nothing is in it. */
export type TileMade = { readonly version: string; readonly gzipped: Buffer | null };

export type TilesService = {
  /** The versions as they are now. */
  readonly versions: () => Promise<VersionTable>;
  /** Of a version, or of a newer one when the data has changed meanwhile. Throws OverloadedError. */
  readonly tile: (asked: TileAsked, version: string, signal: AbortSignal) => Promise<TileMade>;
};

export type TilesParts = {
  readonly database: Pick<Database, 'engine' | 'capabilities' | 'read' | 'asOwner'>;
  readonly summariseRegions: SummariseRegions;
  readonly toldAreas: ToldAreas;
  readonly cacheBytes?: number;
  readonly limits?: WorkLimits;
};

const CACHE_BYTES = 64 * 1024 * 1024;

/** The embedded engine does one thing at a time: more at once would only make other requests wait. */
const LIMITS: Readonly<Record<Database['engine'], WorkLimits>> = {
  embedded: { running: 1, waiting: 200 },
  postgres: { running: 4, waiting: 400 },
};

/** Version of a tile: equal versions mean equal bytes. */
export function versionOf(table: VersionTable, { layer, tile, filters }: TileAsked): string {
  return tileVersion(table.scope, table.cities(layer, filters), tile);
}

/** Names a tile's content: layer, place, filters, version. Safe inside an ETag. */
export function tileKey({ layer, tile, filters }: TileAsked, version: string): string {
  return [layer, tile.z, tile.x, tile.y, filterQuery(filters), version].join('/');
}

export function createTilesService(parts: TilesParts): TilesService {
  const { database, toldAreas } = parts;
  const regionTiles = createRegionTiles(parts.summariseRegions);
  const encode = tileEncoder(database.capabilities);
  const cache = createByteCache<TileMade>(parts.cacheBytes ?? CACHE_BYTES);
  const work = createSharedWork<TileMade>(parts.limits ?? LIMITS[database.engine]);
  const reader = createVersionReader(database);

  const make = async (asked: TileAsked): Promise<TileMade> => {
    await reader.ready();
    // One snapshot: the version read is the version of what is drawn.
    const drawn = await database.read(async (trx) => {
      const table = await reader.within(trx);
      const query = await queryOf(trx, asked, { table, regionTiles, toldAreas });
      const bytes = query === null ? new Uint8Array() : await encode(trx, query);
      return { version: versionOf(table, asked), bytes };
    });
    const gzipped = drawn.bytes.length === 0 ? null : await packed(drawn.bytes);
    const made = { version: drawn.version, gzipped };
    cache.set(tileKey(asked, made.version), made, gzipped?.length ?? 0);
    return made;
  };
  return {
    versions: reader.now,
    tile: (asked, version, signal) => {
      const key = tileKey(asked, version);
      const kept = cache.get(key);
      return kept ? Promise.resolve(kept) : work.run(key, () => make(asked), signal);
    },
  };
}

type TileMakers = {
  /** The versions of the transaction's own snapshot. */
  readonly table: VersionTable;
  readonly regionTiles: RegionTiles;
  readonly toldAreas: ToldAreas;
};

/** The query of a tile; null when nothing can be in it. */
export async function queryOf(
  trx: Knex.Transaction,
  asked: TileAsked,
  { table, regionTiles, toldAreas }: TileMakers,
): Promise<TileQuery | null> {
  const { layer, tile, filters } = asked;
  if (layer === 'base') return baseQuery(tile);
  if (layer === 'risk-points') return riskPointsQuery(tile, filters);
  if (layer === 'enterprises') return enterprisesQuery(tile, filters);
  if (isPublicScope()) return toldRegionsQuery(trx, asked, toldAreas);
  const { scope } = table;
  return regionTiles(trx, asked, { scope, cities: table.cities(layer, filters) });
}
