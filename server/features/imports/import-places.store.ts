import type { Knex } from 'knex';
import type { Position } from '#server/domain/geometry/bbox.ts';
import type { FixedRow } from './row-fixes.ts';

/** A place read one way, and the region its row names. */
export type PlaceToCheck = {
  readonly reading: number;
  readonly position: Position;
  /** Code, or names of city and county, as the row gives them. */
  readonly stated: {
    readonly code: string | null;
    readonly city: string | null;
    readonly county: string | null;
  } | null;
};

export type PlaceEvidence = {
  readonly reading: number;
  readonly checked: number;
  readonly inStatedRegion: number;
  readonly outside: number;
};

/** The region that a row names: by its code, or by the names of city and county where only one region has them. */
const STATED = (code: string, city: string, county: string): string => `COALESCE(
  (SELECT g.code FROM regions g WHERE g.code = ${code}),
  (SELECT min(g.code) FROM regions g
    LEFT JOIN regions above ON above.code = g.city_code
    WHERE g.depth = 'county' AND g.names ->> 'zh' = ${county}
      AND (${city} IS NULL OR above.names ->> 'zh' = ${city}) HAVING count(*) = 1),
  (SELECT min(g.code) FROM regions g
    WHERE g.depth = 'city' AND g.names ->> 'zh' = ${city} AND ${county} IS NULL HAVING count(*) = 1))`;

export async function isRegion(trx: Knex.Transaction, code: string): Promise<boolean> {
  const row = await trx('regions as g').where('g.code', code).first<{ code: string }>('g.code');
  return row !== undefined;
}

/** For each reading how many places fall into the region their row names, and how many outside every region. */
export async function placeEvidence(
  trx: Knex.Transaction,
  places: readonly PlaceToCheck[],
  fileRegion: string | null,
): Promise<readonly PlaceEvidence[]> {
  const { rows } = await trx.raw<{ rows: PlaceEvidence[] }>(
    `WITH places AS (
       SELECT p.reading, ST_SetSRID(ST_MakePoint((p.position ->> 0)::float8, (p.position ->> 1)::float8), 4326) AS place,
         ${STATED("p.stated ->> 'code'", "p.stated ->> 'city'", "p.stated ->> 'county'")} AS stated
       FROM jsonb_to_recordset(?::jsonb) AS p(reading int, position jsonb, stated jsonb)),
     located AS (
       SELECT p.reading, COALESCE(p.stated, ?::text) AS stated, g.path, g.city_code
       FROM places p LEFT JOIN regions g ON g.code = region_at(p.place))
     SELECT l.reading, count(l.stated)::int AS checked,
       count(*) FILTER (WHERE l.stated = ANY (l.path))::int AS "inStatedRegion",
       count(*) FILTER (WHERE COALESCE(l.city_code, '000000') = '000000')::int AS outside
     FROM located l GROUP BY l.reading ORDER BY l.reading`,
    [JSON.stringify(places), fileRegion],
  );
  return rows;
}

const CHOSEN = 'r.import_id = :id AND (CAST(:row AS int) IS NULL OR r.row_no = :row)';

/** Where each row, or one of them, lies and which region it names; many rows name the same one. */
export async function locateRows(
  trx: Knex.Transaction,
  id: string,
  row: number | null,
): Promise<void> {
  await trx.raw(
    `WITH named AS MATERIALIZED (
       SELECT n.stated, ${STATED("n.stated ->> 'code'", "n.stated ->> 'city'", "n.stated ->> 'county'")} AS code
       FROM (SELECT DISTINCT COALESCE(r.stated, '{}') AS stated FROM import_results r WHERE ${CHOSEN}) AS n),
     located AS MATERIALIZED (
       SELECT r.row_no, n.code AS given, CASE WHEN r.place IS NOT NULL THEN region_at(
         CASE WHEN GeometryType(r.place) = 'POINT' THEN r.place ELSE ST_PointOnSurface(r.place) END) END AS found
       FROM import_results r JOIN named n ON n.stated = COALESCE(r.stated, '{}') WHERE ${CHOSEN})
     UPDATE import_results r SET given_region = l.given, region = l.found
     FROM located l WHERE r.import_id = :id AND r.row_no = l.row_no
       AND (r.given_region, r.region) IS DISTINCT FROM (l.given, l.found)`,
    { id, row },
  );
}

/** The first rows that were corrected since the file came, in its order. */
export async function correctedRows(
  trx: Knex.Transaction,
  id: string,
  limit: number,
): Promise<readonly FixedRow[]> {
  const result = await trx.raw<{ rows: FixedRow[] }>(
    `SELECT r.row_no AS row, r.cells, r.geometry, r.fixes FROM import_rows r
     WHERE r.import_id = ? AND r.fixes <> '{}' ORDER BY r.row_no LIMIT ?`,
    [id, limit],
  );
  return result.rows;
}

/**
 * Code of the smallest region that holds every place of the rows that can be written; null where they share none. A
 * place outside all regions says nothing.
 */
export async function regionOfPlaces(trx: Knex.Transaction, id: string): Promise<string | null> {
  const result = await trx.raw<{ rows: { code: string }[] }>(
    `WITH paths AS MATERIALIZED (
       SELECT g.path FROM regions g WHERE g.code IN (SELECT r.region FROM import_results r
         WHERE r.import_id = ? AND r.status <> 'faulty'))
     SELECT step.code FROM paths p CROSS JOIN LATERAL unnest(p.path) WITH ORDINALITY AS step(code, depth)
     GROUP BY step.code, step.depth HAVING count(*) = (SELECT count(*) FROM paths)
     ORDER BY step.depth DESC LIMIT 1`,
    [id],
  );
  return result.rows[0]?.code ?? null;
}
