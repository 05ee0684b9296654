import type { Knex } from 'knex';
import type { CityVersion } from '#server/domain/tile-version.ts';
import { createByteCache } from './byte-cache.ts';
import { toRegionFigures } from './region-figures.ts';
import type { SummariseRegions } from './region-figures.ts';
import { listRegionsInTile } from './region-tiles.store.ts';
import type { RegionInTile } from './region-tiles.store.ts';
import { filterQuery } from './tile-filters.ts';
import type { TileAsked } from './tiles.service.ts';
import { regionsQuery } from './tiles.sql.ts';
import type { TileQuery } from './tiles.sql.ts';

/**
 * The query of a tile of areas; null when there is none in it. `counted`: for whom, and the versions of the
 * transaction's snapshot.
 */
export type RegionTiles = (
  trx: Knex.Transaction,
  asked: Pick<TileAsked, 'tile' | 'filters'>,
  counted: { readonly scope: string; readonly cities: readonly CityVersion[] },
) => Promise<TileQuery | null>;

const KEPT_BYTES = 4 * 1024 * 1024;
const FIGURE_BYTES = 1000;

/** Counting an area means reading all its subjects; its neighbours on the screen need the same counts. */
export function createRegionTiles(summariseRegions: SummariseRegions): RegionTiles {
  const kept = createByteCache<object>(KEPT_BYTES);
  return async (trx, { tile, filters }, { scope, cities }) => {
    const regions = await listRegionsInTile(trx, tile, filters);
    if (regions.length === 0) return null;
    const view = filterQuery({ ...filters, region: null, depth: null });
    const keys = new Map(
      regions.map((region) => [region.code, `${scope}/${view}/${countedIn(region, cities)}`]),
    );
    const found = new Map<string, object>();
    for (const [code, key] of keys) {
      const figures = kept.get(key);
      if (figures !== undefined) found.set(code, figures);
    }
    const codes = [...keys.keys()].filter((code) => !found.has(code));
    if (codes.length > 0) {
      const { rule, basis, colour, fields } = filters;
      const summaries = await summariseRegions(trx, { codes }, { rule, basis, colour, fields });
      for (const facts of summaries) {
        const { code } = facts.region;
        found.set(code, toRegionFigures(facts));
        kept.set(keys.get(code) ?? '', found.get(code) ?? {}, FIGURE_BYTES);
      }
    }
    return regionsQuery(tile, [...found.values()]);
  };
}

/** What the counts of a region depend on: its city's version, or those of all cities where it has none. */
function countedIn({ code, cityCode }: RegionInTile, cities: readonly CityVersion[]): string {
  const own = cities.filter((city) => city.code === cityCode && cityCode !== '000000');
  const versions = (own.length > 0 ? own : cities).map((city) => `${city.code}:${city.version}`);
  return [code, ...versions].join(';');
}
