import type { Knex } from 'knex';
import type { RegionDepth } from '#server/domain/identifiers/region-code.ts';
import type { Level } from '#server/domain/level.ts';
import type { Names } from '#server/domain/names.ts';
import { PUBLIC_VIEW } from '#server/domain/publication/area-figures.ts';
import { listRegionsInTile } from './region-tiles.store.ts';
import type { TileFilters } from './tile-filters.ts';
import type { TileAsked } from './tiles.service.ts';
import { regionsQuery } from './tiles.sql.ts';
import type { TileQuery } from './tiles.sql.ts';

/** What everybody is told of some areas; the feature `publication` knows it. */
export type ToldAreas = (
  trx: Knex.Transaction,
  codes: readonly string[],
) => Promise<
  readonly {
    readonly code: string;
    readonly names: Names;
    readonly depth: RegionDepth;
    readonly figures: { readonly state: string; readonly level: Level | null } | null;
  }[]
>;

/** The query of a tile of areas as everybody is told them: their colour, and nothing that is counted. */
export async function toldRegionsQuery(
  trx: Knex.Transaction,
  { tile, filters }: Pick<TileAsked, 'tile' | 'filters'>,
  toldAreas: ToldAreas,
): Promise<TileQuery | null> {
  const regions = await listRegionsInTile(trx, tile, filters);
  const areas = await toldAreas(
    trx,
    regions.map(({ code }) => code),
  );
  const figures = areas.flatMap(({ code, names, depth, figures: told }) => {
    const words = { code, name: names.zh, name_zh: names.zh, name_en: names.en, depth };
    return told === null ? [] : [{ ...words, state: told.state, level: told.level }];
  });
  return figures.length === 0 ? null : regionsQuery(tile, figures);
}

/** Names of the filters that differ from what is published: differences between views would tell more than one does. */
export function unpublishedFilters(filters: TileFilters): readonly string[] {
  const { fields, rule, basis, colour } = filters;
  return [
    ...(fields === null ? [] : ['field']),
    ...(rule === null || rule === PUBLIC_VIEW.rule ? [] : ['rule']),
    ...(basis === PUBLIC_VIEW.basis ? [] : ['basis']),
    ...(colour === 'assessed' ? [] : ['colour']),
  ];
}
