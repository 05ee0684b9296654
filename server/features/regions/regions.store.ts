import type { Knex } from 'knex';
import { st } from '#server/db/postgis.ts';

import { holdsText } from '#server/db/search-filters.ts';
import type { Bbox, Position } from '#server/domain/geometry/bbox.ts';
import type { RegionDepth } from '#server/domain/identifiers/region-code.ts';
import type { Names } from '#server/domain/names.ts';

export type RegionCrumb = {
  readonly code: string;
  readonly names: Names;
  readonly depth: RegionDepth;
};

export type Region = RegionCrumb & {
  readonly parentCode: string | null;
  readonly depthRank: number;
  /** EPSG:4326, [lon, lat]. */
  readonly label: Position;
  readonly bbox: Bbox;
  readonly areaKm2: number;
  readonly source: string;
  readonly approvalNumber: string | null;
  readonly childDepth: RegionDepth | null;
  readonly childCount: number;
  /** From the root down to the parent. */
  readonly ancestors: readonly RegionCrumb[];
};

/** Place in the list: the roots first, then by code. */
export type RegionPlace = readonly [depthRank: number, code: string];

export type RegionFilter = {
  readonly parent?: string;
  readonly depth?: RegionDepth | undefined;
  readonly text?: string | undefined;
  readonly after?: RegionPlace | null;
  readonly limit?: number;
};

/** What a roll-up and a tile need of a region. */
export type RegionHead = RegionCrumb & { readonly parentCode: string | null };

/** Which regions: the named ones, those directly below one, or all of one depth. */
export type RegionSelection =
  | { readonly codes: readonly string[] }
  | { readonly parent: string }
  | { readonly depth: RegionDepth };

type RegionRow = {
  code: string;
  parent_code: string | null;
  depth: RegionDepth;
  depth_rank: number;
  name_zh: string;
  name_en: string | null;
  label: Position;
  bbox: Bbox;
  area_km2: number;
  source: string;
  approval_number: string | null;
  child_depth: RegionDepth | null;
  child_count: number;
  ancestors: readonly RegionCrumb[];
};

const COLUMNS = `
  r.code, r.parent_code, r.depth, r.depth_rank, r.name_zh, r.name_en,
  jsonb_build_array(ST_X(r.label), ST_Y(r.label)) AS label,
  jsonb_build_array(ST_XMin(r.geom), ST_YMin(r.geom), ST_XMax(r.geom), ST_YMax(r.geom)) AS bbox,
  r.area_km2, r.source, r.approval_number, below.depth AS child_depth, below.count AS child_count,
  COALESCE((SELECT jsonb_agg(jsonb_build_object('code', above.code, 'depth', above.depth, 'names',
      jsonb_build_object('zh', above.names ->> 'zh', 'en', above.names ->> 'en')) ORDER BY above.depth_rank)
    FROM regions above WHERE above.code = ANY (r.path) AND above.code <> r.code), '[]') AS ancestors`;

/** Lists regions, the roots first, then by code. */
export async function listRegions(
  trx: Knex.Transaction,
  { parent, depth, text, after, limit }: RegionFilter,
): Promise<readonly Region[]> {
  const query = fullRegions(trx).orderBy(['r.depth_rank', 'r.code']);
  if (parent !== undefined) void query.where('r.parent_code', parent);
  if (depth !== undefined) void query.where('r.depth', depth);
  if (text !== undefined) void query.where(holdsText(['r.code', 'r.name_zh', 'r.name_en'], text));
  if (after) void query.whereRaw('(r.depth_rank, r.code) > (?, ?)', [...after]);
  if (limit !== undefined) void query.limit(limit);
  return (await query).map(toRegion);
}

/** One region; null when there is none with the code. */
export async function findRegion(trx: Knex.Transaction, code: string): Promise<Region | null> {
  const [row] = await fullRegions(trx).where('r.code', code);
  return row ? toRegion(row) : null;
}

/** The regions of a selection without their shapes, by code. */
export async function selectRegions(
  trx: Knex.Transaction,
  selection: RegionSelection,
): Promise<readonly RegionHead[]> {
  const query = trx('regions as r')
    .select<Pick<RegionRow, 'code' | 'parent_code' | 'depth' | 'name_zh' | 'name_en'>[]>(
      'r.code',
      'r.parent_code',
      'r.depth',
      trx.raw("r.names ->> 'zh' AS name_zh, r.names ->> 'en' AS name_en"),
    )
    .orderBy('r.code');
  if ('codes' in selection) void query.whereIn('r.code', selection.codes);
  else if ('parent' in selection) void query.where('r.parent_code', selection.parent);
  else void query.where('r.depth', selection.depth);
  return (await query).map((row) => ({
    code: row.code,
    parentCode: row.parent_code,
    depth: row.depth,
    names: { zh: row.name_zh, en: row.name_en },
  }));
}

/** Outlines as GeoJSON geometries (EPSG:4326, [lon, lat], 5 decimals ≈ 1 m), by code. */
export async function outlinesOf(
  trx: Knex.Transaction,
  codes: readonly string[],
): Promise<ReadonlyMap<string, { type: string; coordinates: unknown }>> {
  const rows = await trx({ r: 'regions' })
    .select<{ code: string; outline: { type: string; coordinates: unknown } }[]>(
      'r.code',
      trx.raw('?::jsonb AS outline', [st.geoJson('r.geom', 5)]),
    )
    .whereIn('r.code', codes);
  return new Map(rows.map(({ code, outline }) => [code, outline]));
}

/** Names are JSON, so a subquery gives them columns of their own. */
function fullRegions(trx: Knex.Transaction) {
  const named = trx.raw(
    `(SELECT g.code, g.parent_code, g.depth, g.depth_rank, g.path, g.label, g.geom, g.area_km2, g.source,
      g.approval_number, g.names ->> 'zh' AS name_zh, g.names ->> 'en' AS name_en FROM regions g) AS r`,
  );
  return trx
    .from(named)
    .joinRaw(
      `CROSS JOIN LATERAL (SELECT min(b.depth) AS depth, count(*)::int AS count
        FROM regions b WHERE b.parent_code = r.code) AS below`,
    )
    .select<RegionRow[]>(trx.raw(COLUMNS));
}

function toRegion(row: RegionRow): Region {
  return {
    code: row.code,
    parentCode: row.parent_code,
    depth: row.depth,
    depthRank: row.depth_rank,
    names: { zh: row.name_zh, en: row.name_en },
    label: row.label,
    bbox: row.bbox,
    areaKm2: row.area_km2,
    source: row.source,
    approvalNumber: row.approval_number,
    childDepth: row.child_depth,
    childCount: row.child_count,
    ancestors: row.ancestors,
  };
}
