import type { Knex } from 'knex';
import type { Bbox } from '#server/domain/geometry/bbox.ts';

/** How often the data of one layer in one city has changed. */
export type LayerVersion = readonly [layer: string, cityCode: string, version: number];

export type VersionsRead = {
  readonly versions: readonly LayerVersion[];
  /** Changes whenever a region does. */
  readonly borders: string;
};

/** The versions of everything: a few rows for each city, one small query. */
export async function readVersions(trx: Knex.Transaction): Promise<VersionsRead> {
  const result = await trx.raw<{ rows: { versions: LayerVersion[]; borders: string }[] }>(
    `SELECT COALESCE((SELECT jsonb_agg(jsonb_build_array(v.layer, v.city_code, v.version)) FROM data_versions v), '[]')
        AS versions,
      (SELECT count(*) || '/' || COALESCE(max(r.updated_at)::text, '') FROM regions r) AS borders`,
  );
  const [row] = result.rows;
  if (row === undefined) throw new Error('The versions could not be read');
  return row;
}

type BoundsRow = { city_code: string; west: number; south: number; east: number; north: number };

/** Box (EPSG:4326) of each city-level region together with everything below it. */
export async function readCityBounds(trx: Knex.Transaction): Promise<ReadonlyMap<string, Bbox>> {
  const result = await trx.raw<{ rows: BoundsRow[] }>(
    `SELECT b.city_code, ST_XMin(b.box) AS west, ST_YMin(b.box) AS south, ST_XMax(b.box) AS east, ST_YMax(b.box) AS north
    FROM (SELECT r.city_code, ST_Extent(r.geom) AS box FROM regions r WHERE r.city_code <> '000000'
      GROUP BY r.city_code) AS b
    ORDER BY b.city_code`,
  );
  return new Map(
    result.rows.map(({ city_code, west, south, east, north }) => [
      city_code,
      [west, south, east, north],
    ]),
  );
}

/** When the database was made: another database may count up to the same versions. */
export async function readBirth(trx: Knex.Transaction): Promise<string> {
  const result = await trx.raw<{ rows: { birth: string }[] }>(
    `SELECT COALESCE(min(m.applied_at)::text, '') AS birth FROM schema_migrations m`,
  );
  return result.rows[0]?.birth ?? '';
}
