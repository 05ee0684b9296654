import type { Knex } from 'knex';
import { v5 } from 'uuid';

type Trx = Knex.Transaction;

const NAMESPACE = '6f1c1f64-6d0e-4b8c-9a52-7f3b7b6f0c11';

/** The same id for the same word in every run. */
export function idOf(word: string): string {
  return v5(word, NAMESPACE);
}

export type PointRow = {
  readonly id: string;
  /** [lon, lat], EPSG:4326. */
  readonly at: readonly [number, number];
  readonly city?: string;
  readonly region?: string;
  readonly basis?: 'current' | 'inherent';
  readonly state?: string;
  readonly level?: number | null;
  readonly lastLevel?: number | null;
  readonly dynamic?: number | null;
  readonly fields?: readonly string[];
  readonly enterprise?: string | null;
  readonly nameEn?: string | null;
};

/** Present states of risk points, written straight where the map reads them; the cube follows by its trigger. */
export async function insertPointStates(trx: Trx, rows: readonly PointRow[]): Promise<void> {
  const values = rows.map((row) => {
    const { level = 4, city = '990100', basis = 'current', fields = [] } = row;
    const state = row.state ?? (level === null ? 'not_assessed' : 'assessed');
    return {
      ...{ city, basis, fields, state, level, id: row.id, lon: row.at[0], lat: row.at[1] },
      region: row.region ?? city,
      last_level: row.lastLevel ?? level,
      dynamic: row.dynamic === undefined ? level : row.dynamic,
      enterprise: row.enterprise ?? null,
      name_en: row.nameEn ?? null,
    };
  });
  await trx.raw(
    `INSERT INTO point_states (city_code, risk_point_id, basis, region, enterprise_id, name_zh, name_en, fields,
       lifecycle, state, level, last_level, dynamic_level, since, place)
     SELECT r.city, r.id, r.basis, r.region, r.enterprise, '示例' || left(r.id::text, 8), r.name_en, r.fields, 'running',
       r.state, r.level, r.last_level, r.dynamic, '2026-01-01',
       ST_Transform(ST_SetSRID(ST_MakePoint(r.lon, r.lat), 4326), 3857)
     FROM jsonb_to_recordset(?::jsonb) AS r(city text, id uuid, basis text, region text, enterprise uuid, name_en text,
       fields text[], state text, level smallint, last_level smallint, dynamic smallint, lon float8, lat float8)`,
    [JSON.stringify(values)],
  );
}

export type SubjectRow = PointRow & {
  readonly kind?: 'enterprise' | 'risk_point';
  readonly points?: number;
};

/** Present states of voting subjects. */
export async function insertSubjectStates(trx: Trx, rows: readonly SubjectRow[]): Promise<void> {
  const values = rows.map((row) => {
    const { level = 4, city = '990100', basis = 'current', fields = [], kind = 'enterprise' } = row;
    const state = row.state ?? (level === null ? 'not_assessed' : 'assessed');
    return {
      ...{ city, basis, fields, kind, state, level, id: row.id, lon: row.at[0], lat: row.at[1] },
      region: row.region ?? city,
      last_level: row.lastLevel ?? level,
      points: row.points ?? 1,
    };
  });
  await trx.raw(
    `INSERT INTO subject_states (city_code, kind, subject_id, basis, region, name_zh, fields, state, level, last_level,
       dynamic_level, has_expired_major, points, place)
     SELECT r.city, r.kind, r.id, r.basis, r.region, '示例企业', r.fields, r.state, r.level, r.last_level, r.level, false,
       r.points, ST_Transform(ST_SetSRID(ST_MakePoint(r.lon, r.lat), 4326), 3857)
     FROM jsonb_to_recordset(?::jsonb) AS r(city text, kind text, id uuid, basis text, region text, fields text[],
       state text, level smallint, last_level smallint, points int, lon float8, lat float8)`,
    [JSON.stringify(values)],
  );
}

export type BaseRow = {
  readonly id: number;
  readonly kind: 'land' | 'river' | 'lake' | 'place';
  readonly shape: object;
  readonly name?: string;
  readonly rank?: number;
  readonly zooms?: readonly [number, number];
};

export async function insertBaseFeatures(trx: Trx, rows: readonly BaseRow[]): Promise<void> {
  for (const { id, kind, shape, name = null, rank = 1, zooms = [0, 24] } of rows) {
    await trx.raw(
      `INSERT INTO base_features (id, kind, name_zh, rank, min_zoom, max_zoom, geom_3857)
       VALUES (?, ?, ?, ?, ?, ?, ST_Transform(ST_SetSRID(ST_GeomFromGeoJSON(?), 4326), 3857))`,
      [id, kind, name, rank, ...zooms, JSON.stringify(shape)],
    );
  }
}
