import type { Knex } from 'knex';
import { cellsRelation } from '#server/db/cells.ts';

import type { Bbox, Position } from '#server/domain/geometry/bbox.ts';
import type { Basis } from '#server/domain/level.ts';
import type { Names } from '#server/domain/names.ts';
import type { PointTally } from '#server/domain/point-tally.ts';

export type Jurisdiction = {
  readonly id: string;
  readonly code: string | null;
  readonly kind: string;
  readonly names: Names;
  /** EPSG:4326, [lon, lat]. */
  readonly label: Position | null;
  readonly bbox: Bbox | null;
  readonly hasArea: boolean;
  readonly source: string;
};

/** Place in the list: by Chinese name in code point order, then by id. */
export type JurisdictionPlace = readonly [nameZh: string, id: string];

type Row = {
  id: string;
  code: string | null;
  kind: string;
  name_zh: string;
  name_en: string | null;
  label: Position | null;
  bbox: Bbox | null;
  source: string;
};

const ORDER = `(j.names ->> 'zh') COLLATE "C", j.id`;

const COLUMNS = `j.id, j.code, j.kind, j.names ->> 'zh' AS name_zh, j.names ->> 'en' AS name_en, j.source,
  CASE WHEN j.label IS NOT NULL THEN jsonb_build_array(ST_X(j.label), ST_Y(j.label)) END AS label,
  CASE WHEN j.geom IS NOT NULL THEN
    jsonb_build_array(ST_XMin(j.geom), ST_YMin(j.geom), ST_XMax(j.geom), ST_YMax(j.geom)) END AS bbox`;

/** Lists jurisdictions by name. */
export async function listJurisdictions(
  trx: Knex.Transaction,
  after: JurisdictionPlace | null,
  limit: number,
): Promise<readonly Jurisdiction[]> {
  const query = trx('jurisdictions as j')
    .select<Row[]>(trx.raw(COLUMNS))
    .orderByRaw(ORDER)
    .limit(limit);
  if (after) void query.whereRaw(`(${ORDER}) > (?::text, ?::uuid)`, [...after]);
  return (await query).map(toJurisdiction);
}

/** One jurisdiction; null when there is none with the id. */
export async function findJurisdiction(
  trx: Knex.Transaction,
  id: string,
): Promise<Jurisdiction | null> {
  const [row] = await trx('jurisdictions as j').select<Row[]>(trx.raw(COLUMNS)).where('j.id', id);
  return row ? toJurisdiction(row) : null;
}

type CountRow = { n: number; n1: number; n2: number; n3: number; n4: number } & {
  n_not_assessed: number;
  n_expired: number;
  n_not_applicable: number;
};

/** Counts of its risk points, from the whole-world cells of the cube. */
export async function pointCountsOf(
  trx: Knex.Transaction,
  id: string,
  basis: Basis,
): Promise<PointTally> {
  const result = await trx.raw<{ rows: [CountRow] }>(
    `SELECT COALESCE(sum(c.n), 0) AS n, COALESCE(sum(c.n1), 0) AS n1, COALESCE(sum(c.n2), 0) AS n2,
      COALESCE(sum(c.n3), 0) AS n3, COALESCE(sum(c.n4), 0) AS n4,
      COALESCE(sum(c.n_not_assessed), 0) AS n_not_assessed, COALESCE(sum(c.n_expired), 0) AS n_expired,
      COALESCE(sum(c.n_not_applicable), 0) AS n_not_applicable
    FROM ${cellsRelation()} c
    WHERE c.z = 0 AND c.x = 0 AND c.y = 0 AND c.basis = ? AND c.jurisdiction_id = ?`,
    [basis, id],
  );
  const { n, n1, n2, n3, n4, ...states } = result.rows[0];
  return {
    n1,
    n2,
    n3,
    n4,
    nNotAssessed: states.n_not_assessed,
    nExpired: states.n_expired,
    nNotApplicable: states.n_not_applicable,
    assessed: n1 + n2 + n3 + n4,
    total: n - states.n_not_applicable,
  };
}

function toJurisdiction(row: Row): Jurisdiction {
  return {
    id: row.id,
    code: row.code,
    kind: row.kind,
    names: { zh: row.name_zh, en: row.name_en },
    label: row.label,
    bbox: row.bbox,
    hasArea: row.bbox !== null,
    source: row.source,
  };
}
