import type { Knex } from 'knex';
import type { RowFault, StatedRegion } from '#server/domain/import/evaluated-row.ts';
import type { RowStatus } from '#server/domain/import/row-status.ts';
import type { Position } from '#server/domain/geometry/bbox.ts';

/** Appends rows as they stand in the file: `[{row, cells, geometry?}]` as JSON text. */
export async function appendRows(trx: Knex.Transaction, id: string, rows: string): Promise<void> {
  await trx.raw(
    `INSERT INTO import_rows (import_id, row_no, cells, geometry)
     SELECT ?, r.row, r.cells, r.geometry FROM jsonb_to_recordset(?::jsonb) AS r(row int, cells jsonb, geometry jsonb)`,
    [id, rows],
  );
}

/** The next rows of an import with what was corrected here, as JSON text, and the last of them. */
export async function nextRows(
  trx: Knex.Transaction,
  id: string,
  after: number,
  limit: number,
): Promise<{ readonly rows: string; readonly last: number; readonly count: number } | null> {
  const result = await trx.raw<{ rows: { rows: string | null; last: number; count: number }[] }>(
    `SELECT json_agg(json_build_object('row', r.row_no, 'cells', r.cells, 'geometry', r.geometry, 'fixes', r.fixes)
       ORDER BY r.row_no)::text AS rows, max(r.row_no) AS last, count(*)::int AS count
     FROM (SELECT o.row_no, o.cells, o.geometry, o.fixes FROM import_rows o
       WHERE o.import_id = ? AND o.row_no > ? ORDER BY o.row_no LIMIT ?) AS r`,
    [id, after, limit],
  );
  const [row] = result.rows;
  return row && row.rows !== null ? { ...row, rows: row.rows } : null;
}

/** What the rows of an import came to, as JSON text of {results, subjects}; what was there for these rows is replaced. */
export async function putResults(
  trx: Knex.Transaction,
  id: string,
  { results, subjects }: { readonly results: string; readonly subjects: string },
): Promise<void> {
  await trx.raw(
    `INSERT INTO import_results AS t (import_id, row_no, faults, warnings, place, original, stated)
     SELECT ?, r.row, r.faults, r.warnings, ST_SetSRID(ST_GeomFromGeoJSON(r.place::text), 4326), r.original, r.stated
     FROM jsonb_to_recordset(?::jsonb)
       AS r(row int, faults jsonb, warnings jsonb, place jsonb, original jsonb, stated jsonb)
     ON CONFLICT (import_id, row_no) DO UPDATE SET faults = excluded.faults, warnings = excluded.warnings,
       place = excluded.place, original = excluded.original, stated = excluded.stated, status = NULL`,
    [id, results],
  );
  await trx.raw(
    `INSERT INTO import_subjects (import_id, row_no, slot, kind, content, given_id, source, code, name, code_key,
       base_key, new_id)
     SELECT ?, r.row, r.slot, r.kind, r.content, r."givenId", r.source, r.code, r.name, r."codeKey", r."baseKey",
       r."newId"
     FROM jsonb_to_recordset(?::jsonb) AS r(row int, slot smallint, kind text, content jsonb, "givenId" uuid,
       source text, code text, name text, "codeKey" text, "baseKey" text, "newId" uuid)`,
    [id, subjects],
  );
}

/** Drops what rows came to: of all rows, or of one. */
export async function dropResults(
  trx: Knex.Transaction,
  id: string,
  row: number | null = null,
): Promise<void> {
  for (const table of ['import_subjects', 'import_results']) {
    const query = trx(`${table} as t`).where('t.import_id', id);
    if (row !== null) void query.where('t.row_no', row);
    await query.delete();
  }
}

export async function dropRows(trx: Knex.Transaction, id: string): Promise<void> {
  await dropResults(trx, id);
  await trx('import_rows as r').where('r.import_id', id).delete();
}

/** Adds corrections to the cells of a row, by header; null when there is no such row. */
export async function addFixes(
  trx: Knex.Transaction,
  id: string,
  row: number,
  fixes: Readonly<Record<string, string | null>>,
): Promise<{ readonly rows: string } | null> {
  const result = await trx.raw<{ rows: { rows: string }[] }>(
    `UPDATE import_rows r SET fixes = r.fixes || ?::jsonb WHERE r.import_id = ? AND r.row_no = ?
     RETURNING json_build_array(json_build_object('row', r.row_no, 'cells', r.cells, 'geometry', r.geometry,
       'fixes', r.fixes))::text AS rows`,
    [JSON.stringify(fixes), id, row],
  );
  return result.rows[0] ?? null;
}

export type StoredRow = {
  readonly row: number;
  readonly cells: readonly (string | null)[];
  readonly geometry: unknown;
  readonly fixes: Readonly<Record<string, string | null>>;
  readonly status: RowStatus;
  readonly faults: readonly RowFault[];
  readonly warnings: readonly RowFault[];
  readonly position: Position | null;
  readonly changes: readonly {
    readonly subject: 'enterprise' | 'risk_point' | 'hazard_source' | 'measure' | 'assessment';
    readonly id: string | null;
    readonly field: string;
    readonly before: unknown;
    readonly after: unknown;
  }[];
};

/** Rows in the order of the file, of one status (`warned` = with a warning) where given. */
export async function listRows(
  trx: Knex.Transaction,
  id: string,
  filter: { readonly status?: RowStatus | 'warned' | undefined; readonly row?: number },
  page: { readonly after: number; readonly limit: number },
): Promise<readonly StoredRow[]> {
  const query = trx('import_results as r')
    .join('import_rows as o', (on) => {
      on.on('o.import_id', 'r.import_id').andOn('o.row_no', 'r.row_no');
    })
    .select<StoredRow[]>(
      trx.raw(
        `r.row_no AS row, o.cells, o.geometry, o.fixes, COALESCE(r.status, 'faulty') AS status,
         r.faults || r.found_faults AS faults, r.warnings || r.found_warnings AS warnings,
         CASE WHEN r.place IS NULL THEN NULL ELSE json_build_array(ST_X(ST_PointOnSurface(r.place)),
           ST_Y(ST_PointOnSurface(r.place))) END AS position, ${CHANGES} AS changes`,
      ),
    )
    .where('r.import_id', id)
    .where('r.row_no', '>', page.after)
    .orderBy('r.row_no')
    .limit(page.limit);
  if (filter.row !== undefined) void query.where('r.row_no', filter.row);
  if (filter.status === 'warned') void query.whereRaw("r.warnings || r.found_warnings <> '[]'");
  else if (filter.status !== undefined) void query.where('r.status', filter.status);
  return query;
}

const CHANGES = `COALESCE((SELECT json_agg(json_build_object('subject', s.kind, 'id', s.target_id,
    'field', c.value -> 'field', 'before', c.value -> 'before', 'after', c.value -> 'after') ORDER BY s.slot)
  FROM import_subjects s
  CROSS JOIN LATERAL jsonb_array_elements(CASE WHEN s.status = 'new'
    THEN jsonb_build_array(jsonb_build_object('field', '*', 'before', NULL, 'after', s.content)) ELSE s.changes END) AS c
  WHERE s.import_id = r.import_id AND s.row_no = r.row_no AND s.is_lead AND s.status IN ('new', 'changed')), '[]')`;

/** Which region some rows name, by the columns (from 0) that hold its code and the names of city and county. */
export async function statedRegions(
  trx: Knex.Transaction,
  id: string,
  rows: readonly number[],
  columns: Readonly<Record<keyof StatedRegion, number>>,
): Promise<ReadonlyMap<number, StatedRegion>> {
  const result = await trx.raw<{ rows: (StatedRegion & { row: number })[] }>(
    `SELECT r.row_no AS row, NULLIF(trim(r.cells ->> CAST(:code AS int)), '') AS code,
       NULLIF(trim(r.cells ->> CAST(:city AS int)), '') AS city,
       NULLIF(trim(r.cells ->> CAST(:county AS int)), '') AS county
     FROM import_rows r WHERE r.import_id = :id AND r.row_no = ANY (:rows)`,
    // Past the last cell there is nothing.
    { id, rows: [...rows], ...positions(columns) },
  );
  return new Map(result.rows.map(({ row, ...stated }) => [row, stated]));
}

const NOWHERE = 100_000;
const positions = (columns: Readonly<Record<keyof StatedRegion, number>>) =>
  Object.fromEntries(Object.entries(columns).map(([key, at]) => [key, at < 0 ? NOWHERE : at]));

export type PlacedRow = {
  readonly status: RowStatus;
  readonly position: Position;
  readonly isWarned: boolean;
};

/** Of some rows those whose place could be read: where it is, WGS 84. */
export async function placesOf(
  trx: Knex.Transaction,
  id: string,
  rows: readonly number[],
): Promise<ReadonlyMap<number, PlacedRow>> {
  const result = await trx.raw<{ rows: (PlacedRow & { row: number })[] }>(
    `SELECT r.row_no AS row, COALESCE(r.status, 'faulty') AS status,
       json_build_array(ST_X(ST_PointOnSurface(r.place)), ST_Y(ST_PointOnSurface(r.place))) AS position,
       r.warnings || r.found_warnings <> '[]' AS "isWarned"
     FROM import_results r WHERE r.import_id = ? AND r.place IS NOT NULL AND r.row_no = ANY (?)`,
    [id, [...rows]],
  );
  return new Map(result.rows.map(({ row, ...place }) => [row, place]));
}

export type MissingRecord = {
  readonly id: string;
  readonly subject: 'enterprise' | 'risk_point' | 'hazard_source';
  readonly names: { readonly zh: string; readonly en: string | null };
};

const TABLE_OF = {
  enterprise: 'enterprises',
  risk_point: 'risk_points',
  hazard_source: 'hazard_sources',
} as const;

/** Records that came from the sources of this file and are not in it. */
export async function listMissing(
  trx: Knex.Transaction,
  id: string,
  main: MissingRecord['subject'],
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly MissingRecord[]> {
  const rows = await missing(trx, id, main)
    .select<{ id: string; name_zh: string; name_en: string | null }[]>(
      't.id',
      't.name_zh',
      't.name_en',
    )
    .whereRaw('(?::uuid IS NULL OR t.id > ?::uuid)', [page.after, page.after])
    .orderBy('t.id')
    .limit(page.limit);
  return rows.map((row) => ({
    id: row.id,
    subject: main,
    names: { zh: row.name_zh, en: row.name_en },
  }));
}

export async function countMissing(
  trx: Knex.Transaction,
  id: string,
  main: MissingRecord['subject'],
): Promise<number> {
  const row = await missing(trx, id, main).count<{ n: number }[]>({ n: '*' }).first();
  return row?.n ?? 0;
}

function missing(trx: Knex.Transaction, id: string, main: MissingRecord['subject']) {
  return trx(`${TABLE_OF[main]} as t`)
    .whereNull('t.deleted_at')
    .whereRaw(
      `t.origin ->> 'source' IN (SELECT s.source FROM import_subjects s WHERE s.import_id = ? AND s.kind = ?)`,
      [id, main],
    )
    .whereRaw(
      `NOT EXISTS (SELECT 1 FROM import_subjects s WHERE s.import_id = ? AND s.kind = ? AND s.target_id = t.id)`,
      [id, main],
    );
}
