import type { Knex } from 'knex';

/** One feature of the base map; the geometry is GeoJSON in degrees, WGS 84. */
export type BaseFeature = {
  readonly id: number;
  readonly kind: 'land' | 'river' | 'lake' | 'place';
  readonly nameZh: string | null;
  readonly nameEn: string | null;
  readonly rank: number;
  readonly minZoom: number;
  readonly maxZoom: number;
  readonly geometry: unknown;
};

/** Web Mercator ends at this latitude; land and rivers are cut there. */
const MERCATOR_BOX = 'ST_MakeEnvelope(-180, -85.05112878, 180, 85.05112878, 4326)';

export async function loadedChecksum(trx: Knex.Transaction, name: string): Promise<string | null> {
  const row = await trx('seeds as s')
    .select<{ checksum: string }[]>('s.checksum')
    .where('s.name', name)
    .first();
  return row?.checksum ?? null;
}

/** Replaces the whole base map. Large areas are cut into pieces, so that a tile reads only what it needs. */
export async function replaceBaseMap(
  trx: Knex.Transaction,
  features: readonly BaseFeature[],
  seed: { readonly name: string; readonly checksum: string },
): Promise<void> {
  await trx('base_features').delete();
  await trx.raw(
    `INSERT INTO base_features (kind, id, name_zh, name_en, rank, min_zoom, max_zoom, geom_3857)
     SELECT kind, row_number() OVER (PARTITION BY kind ORDER BY id, piece), name_zh, name_en, rank, min_zoom, max_zoom, geom
     FROM (
       SELECT r.kind, r.id, r.name_zh, r.name_en, r.rank, r.min_zoom, r.max_zoom, p.piece, p.geom
       FROM jsonb_to_recordset(?::jsonb) AS r(id integer, kind text, name_zh text, name_en text, rank integer,
         min_zoom smallint, max_zoom smallint, geometry jsonb)
       CROSS JOIN LATERAL (
         SELECT ST_Transform(ST_Intersection(
           ST_SetSRID(ST_GeomFromGeoJSON(r.geometry::text), 4326), ${MERCATOR_BOX}), 3857) AS whole) AS w
       CROSS JOIN LATERAL (
         SELECT row_number() OVER () AS piece, s.geom FROM (
           SELECT ST_Subdivide(w.whole, 256) AS geom WHERE ST_Dimension(w.whole) = 2
           UNION ALL SELECT w.whole WHERE ST_Dimension(w.whole) < 2) AS s) AS p
       WHERE NOT ST_IsEmpty(p.geom)
     ) AS pieces`,
    [JSON.stringify(features.map(toRow))],
  );
  await trx('seeds')
    .insert({ ...seed })
    .onConflict('name')
    .merge({ checksum: seed.checksum, loaded_at: trx.fn.now() });
  await trx.raw("SELECT bump_versions(ARRAY['base'], ARRAY['000000'])");
}

function toRow(feature: BaseFeature) {
  return {
    id: feature.id,
    kind: feature.kind,
    name_zh: feature.nameZh,
    name_en: feature.nameEn,
    rank: feature.rank,
    min_zoom: feature.minZoom,
    max_zoom: feature.maxZoom,
    geometry: feature.geometry,
  };
}
