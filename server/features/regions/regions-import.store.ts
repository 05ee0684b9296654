import type { Knex } from 'knex';
import type { RegionDraft } from './boundary-file.ts';

export type RegionRow = RegionDraft & {
  readonly parentCode: string | null;
  readonly source: string;
  readonly approvalNumber: string | null;
  readonly validFrom: string;
};

/** What became of the rows of one register when borders changed. */
export type Relocation = {
  readonly kind: 'enterprises' | 'risk_points';
  readonly lookedAt: number;
  /** Rows whose region is another one now. */
  readonly moved: number;
  /** Of these, rows whose city is another one now. */
  readonly changedCity: number;
};

/** Why PostGIS would refuse a polygon, with the place of the crossing. */
export async function geometryFaults(
  trx: Knex.Transaction,
  geometries: readonly unknown[],
): Promise<readonly { readonly index: number; readonly reason: string }[]> {
  const { rows } = await trx.raw<{ rows: { index: number; reason: string }[] }>(
    `SELECT (g.n - 1)::int AS index, ST_IsValidReason(ST_GeomFromGeoJSON(g.doc::text)) AS reason
     FROM jsonb_array_elements(?::jsonb) WITH ORDINALITY AS g(doc, n)
     WHERE NOT ST_IsValid(ST_GeomFromGeoJSON(g.doc::text))
     ORDER BY 1`,
    [JSON.stringify(geometries)],
  );
  return rows;
}

export async function knownCodes(
  trx: Knex.Transaction,
  codes: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await trx('regions as r')
    .select<{ code: string }[]>('r.code')
    .whereRaw('r.code = ANY (?::text[])', [[...codes]]);
  return new Set(rows.map((row) => row.code));
}

const UPSERT = `WITH given AS (
     SELECT ST_Multi(ST_SetSRID(ST_GeomFromGeoJSON(?), 4326)) AS geom,
       ST_SetSRID(ST_MakePoint(?::float8, ?::float8), 4326) AS label
   )
   INSERT INTO regions AS r (code, parent_code, depth, names, path, city_code, geom, label, area_km2, source,
     approval_number, valid_from)
   SELECT ?, ?::text, ?, jsonb_build_object('zh', ?::text, 'en', ?::text), '{}', '', g.geom,
     CASE WHEN ST_Within(g.label, g.geom) THEN g.label ELSE ST_PointOnSurface(g.geom) END, 0, ?, ?::text, ?::date
   FROM given g
   ON CONFLICT (code) DO UPDATE SET
     parent_code = excluded.parent_code, depth = excluded.depth,
     names = CASE WHEN excluded.names ->> 'en' IS NULL THEN r.names || jsonb_build_object('zh', excluded.names ->> 'zh')
       ELSE excluded.names END,
     geom = excluded.geom, label = excluded.label, source = excluded.source,
     approval_number = excluded.approval_number, valid_from = excluded.valid_from
   WHERE (r.parent_code, r.depth, r.names ->> 'zh', r.source, r.approval_number, r.valid_from)
       IS DISTINCT FROM (excluded.parent_code, excluded.depth, excluded.names ->> 'zh', excluded.source,
         excluded.approval_number, excluded.valid_from)
     OR ST_AsBinary(r.geom) <> ST_AsBinary(excluded.geom)
     OR (excluded.names ->> 'en' IS NOT NULL AND excluded.names IS DISTINCT FROM r.names)
   RETURNING (xmax = 0) AS added`;

/**
 * Inserts a region or updates what differs. A known English name stays when the file has none. The label point is
 * taken when it lies inside, else a point inside is found.
 */
export async function upsertRegion(
  trx: Knex.Transaction,
  row: RegionRow,
): Promise<'added' | 'changed' | 'unchanged'> {
  const { rows } = await trx.raw<{ rows: { added: boolean }[] }>(UPSERT, [
    JSON.stringify(row.geometry),
    row.label?.[0] ?? null,
    row.label?.[1] ?? null,
    row.code,
    row.parentCode,
    row.depth,
    row.nameZh,
    row.nameEn,
    row.source,
    row.approvalNumber,
    row.validFrom,
  ]);
  const [outcome] = rows;
  if (!outcome) return 'unchanged';
  return outcome.added ? 'added' : 'changed';
}

/** Finds region, city and jurisdiction of every located row anew. Only the owner may. */
export async function relocateRows(trx: Knex.Transaction): Promise<readonly Relocation[]> {
  const { rows } = await trx.raw<{
    rows: { kind: Relocation['kind']; looked_at: number; moved: number; changed_city: number }[];
  }>(
    'SELECT kind, looked_at::int, moved::int, changed_city::int FROM relocate_rows() ORDER BY kind',
  );
  return rows.map((row) => ({
    kind: row.kind,
    lookedAt: row.looked_at,
    moved: row.moved,
    changedCity: row.changed_city,
  }));
}
