import type { Knex } from 'knex';

import { regionPathOf } from '#server/db/register-columns.ts';
import { inRegion } from '#server/db/search-filters.ts';
import type { RowKind } from '#server/domain/deletion.ts';
import type { Names } from '#server/domain/names.ts';

type Named = { readonly id: string; readonly names: Names };

/** An act of deletion that was not taken back. */
export type StandingDeletion = {
  readonly id: string;
  readonly kind: RowKind;
  readonly rowId: string;
  /** Of a measure its text. */
  readonly names: Names;
  readonly riskPoint: Named | null;
  readonly enterprise: Named | null;
  readonly regionPath: readonly { readonly code: string; readonly names: Names }[];
  readonly reason: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** The topmost of what it belongs to that is deleted too. */
  readonly restoreFirst: {
    readonly kind: Exclude<RowKind, 'control_measure'>;
    readonly names: Names;
  } | null;
};

/** Place in the list: the newest first. `at` is RFC 3339. */
export type DeletionPlace = readonly [at: string, id: string];

type Row = {
  id: string;
  kind: RowKind;
  row_id: string;
  reason: string;
  at: Date;
  region_path: StandingDeletion['regionPath'];
  measure_zh: string | null;
  measure_en: string | null;
  source_id: string | null;
  source_zh: string | null;
  source_en: string | null;
  is_source_deleted: boolean | null;
  point_id: string | null;
  point_zh: string | null;
  point_en: string | null;
  is_point_deleted: boolean | null;
  enterprise_id: string | null;
  enterprise_zh: string | null;
  enterprise_en: string | null;
  is_enterprise_deleted: boolean | null;
};

const COLUMNS = `d.id, d.kind, d.row_id, d.reason, d.at, ${regionPathOf('rg')} AS region_path,
  cm.text_zh AS measure_zh, cm.text_en AS measure_en,
  hs.id AS source_id, hs.name_zh AS source_zh, hs.name_en AS source_en, hs.deleted_at IS NOT NULL AS is_source_deleted,
  rp.id AS point_id, rp.name_zh AS point_zh, rp.name_en AS point_en, rp.deleted_at IS NOT NULL AS is_point_deleted,
  en.id AS enterprise_id, en.name_zh AS enterprise_zh, en.name_en AS enterprise_en,
  en.deleted_at IS NOT NULL AS is_enterprise_deleted`;

/** From the row that was deleted up to its enterprise; each step is one look into an index. */
const ROWS = `deletions AS d
  LEFT JOIN control_measures cm ON d.kind = 'control_measure' AND cm.id = d.row_id
  LEFT JOIN hazard_sources hs
    ON hs.id = CASE d.kind WHEN 'hazard_source' THEN d.row_id ELSE cm.hazard_source_id END
  LEFT JOIN risk_points rp
    ON rp.id = CASE d.kind WHEN 'risk_point' THEN d.row_id ELSE COALESCE(cm.risk_point_id, hs.risk_point_id) END
  LEFT JOIN enterprises en
    ON en.id = CASE d.kind WHEN 'enterprise' THEN d.row_id ELSE rp.enterprise_id END
  LEFT JOIN regions rg ON rg.code = CASE d.kind WHEN 'enterprise' THEN en.region ELSE rp.region END`;

/** The column holds the region of the row, `city_code` the city where it lay when it was deleted. */
const REGION = 'rg.code';
/** A row that was taken out for good, as demonstration rows are, cannot come back. */
const IS_THERE = `CASE d.kind WHEN 'enterprise' THEN en.id WHEN 'risk_point' THEN rp.id
  WHEN 'hazard_source' THEN hs.id ELSE cm.id END IS NOT NULL`;

/** Acts of deletion that stand, the newest first. */
export async function listStandingDeletions(
  trx: Knex.Transaction,
  region: string | undefined,
  after: DeletionPlace | null,
  limit: number,
): Promise<readonly StandingDeletion[]> {
  const query = trx
    .from(trx.raw(ROWS))
    .select<Row[]>(trx.raw(COLUMNS))
    .whereNull('d.restored_at')
    .whereRaw(IS_THERE)
    .orderByRaw('d.at DESC, d.id DESC')
    .limit(limit);
  if (region !== undefined) void query.where(inRegion(REGION, 'd.city_code', region));
  if (after) void query.whereRaw('(d.at, d.id) < (?::timestamptz, ?::uuid)', [...after]);
  return (await query).map(toDeletion);
}

function toDeletion(row: Row): StandingDeletion {
  const { kind } = row;
  const source = named(row.source_id, row.source_zh, row.source_en);
  const point = named(row.point_id, row.point_zh, row.point_en);
  const enterprise = named(row.enterprise_id, row.enterprise_zh, row.enterprise_en);
  const text = { zh: row.measure_zh ?? '', en: row.measure_en };
  const own = { enterprise, risk_point: point, hazard_source: source, control_measure: null }[kind];
  const above = [
    { kind: 'enterprise', of: enterprise, isDeleted: row.is_enterprise_deleted },
    { kind: 'risk_point', of: point, isDeleted: row.is_point_deleted },
    { kind: 'hazard_source', of: source, isDeleted: row.is_source_deleted },
  ] as const;
  const first = above.find(({ of, isDeleted }) => of !== null && of !== own && isDeleted === true);
  return {
    id: row.id,
    kind,
    rowId: row.row_id,
    names: own?.names ?? text,
    riskPoint: point === own ? null : point,
    enterprise: enterprise === own ? null : enterprise,
    regionPath: row.region_path,
    reason: row.reason,
    at: row.at.toISOString(),
    restoreFirst: first?.of ? { kind: first.kind, names: first.of.names } : null,
  };
}

function named(id: string | null, zh: string | null, en: string | null): Named | null {
  return id === null || zh === null ? null : { id, names: { zh, en } };
}
