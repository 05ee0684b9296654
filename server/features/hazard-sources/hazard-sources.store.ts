import type { Knex } from 'knex';

import { WITHHELD, withheldNames } from '#server/db/withheld.ts';
import type { HazardSource } from '#server/domain/hazard-source.ts';
import type { Basis, Level, State } from '#server/domain/level.ts';
import { isLive } from '#server/domain/lifecycle.ts';
import type { Lifecycle } from '#server/domain/lifecycle.ts';
import type { Names } from '#server/domain/names.ts';

/** Basis and instant (epoch milliseconds) for which the state of a source is asked. */
export type SourceView = { readonly basis: Basis; readonly now: number };

/** Place in the list: by id, which is the order in which sources were made. */
export type SourcePlace = readonly [id: string];

export type HazardSourceDetail = HazardSource & {
  readonly attributes: Readonly<Record<string, string>>;
  /** Where an imported row came from. */
  readonly origin: { readonly source: string; readonly code: string | null } | null;
  /** Fields that the caller is not told. */
  readonly withheld: readonly string[];
};

type Row = {
  id: string;
  version: number;
  category: string | null;
  risk_point_id: string;
  name_zh: string;
  name_en: string | null;
  kind: HazardSource['kind'];
  accident_types: Names[];
  lifecycle: Lifecycle;
  assessment_id: string | null;
  method_id: string | null;
  score: number | null;
  level: Level | null;
  valid_until: Date | null;
};

type DetailRow = Row & {
  attributes: Record<string, string>;
  origin_source: string | null;
  origin_code: string | null;
  withheld: string[];
};

const COLUMNS = [
  'hs.id',
  'hs.version',
  'hs.category',
  'hs.risk_point_id',
  'hs.name_zh',
  'hs.name_en',
  'hs.kind',
  'hs.accident_types',
  'rp.lifecycle',
  'newest.assessment_id',
  'newest.method_id',
  'newest.score',
  'newest.level',
  'newest.valid_until',
];

/** The newest signed assessment of a source that no correction stands in for. */
const NEWEST = `LEFT JOIN LATERAL (
  SELECT a.id AS assessment_id, a.method_id, a.score, a.level, a.valid_until FROM assessments a
  WHERE a.city_code = hs.city_code AND a.hazard_source_id = hs.id AND a.basis = ? AND a.assessed_at <= ?
    AND a.state IN ('in_force', 'returned', 'system')
    AND NOT EXISTS (SELECT 1 FROM assessments later
      WHERE later.city_code = a.city_code AND later.risk_point_id = a.risk_point_id AND later.replaces = a.id
        AND later.state IN ('in_force', 'returned', 'system'))
  ORDER BY a.assessed_at DESC, a.recorded_at DESC, a.id DESC
  LIMIT 1) AS newest ON true`;

/** Lists hazard sources in the order they were made, of one risk point where given. */
export async function listHazardSources(
  trx: Knex.Transaction,
  view: SourceView,
  page: { riskPoint?: string | undefined; after?: SourcePlace | null; limit?: number },
): Promise<readonly HazardSource[]> {
  const query = withNewest(trx, view).orderBy('hs.id');
  if (page.riskPoint !== undefined) void query.where('hs.risk_point_id', page.riskPoint);
  if (page.after) void query.where('hs.id', '>', page.after[0]);
  if (page.limit !== undefined) void query.limit(page.limit);
  return (await query).map((row) => toHazardSource(row, view));
}

/** One hazard source; null when there is none with the id. */
export async function findHazardSource(
  trx: Knex.Transaction,
  id: string,
  view: SourceView,
): Promise<HazardSourceDetail | null> {
  const [row] = await withNewest(trx, view)
    .select<DetailRow[]>('hs.attributes')
    .select<DetailRow[]>(
      trx.raw("hs.origin ->> 'source' AS origin_source, hs.origin ->> 'code' AS origin_code"),
    )
    .select<DetailRow[]>(trx.raw(WITHHELD.hazardSource))
    .where('hs.id', id);
  if (!row) return null;
  const { attributes, origin_source: source, origin_code: code } = row;
  const origin = source === null ? null : { source, code };
  const withheld = withheldNames(row.withheld);
  return { ...toHazardSource(row, view), attributes, origin, withheld };
}

function withNewest(trx: Knex.Transaction, { basis, now }: SourceView) {
  return trx('hazard_sources as hs')
    .join('risk_points as rp', (on) => {
      on.on('rp.city_code', 'hs.city_code').andOn('rp.id', 'hs.risk_point_id');
    })
    .joinRaw(NEWEST, [basis, new Date(now).toISOString()])
    .whereNull('hs.deleted_at')
    .select<Row[]>(COLUMNS);
}

function toHazardSource(row: Row, { basis, now }: SourceView): HazardSource {
  const isInForce =
    row.assessment_id !== null && (row.valid_until === null || now < row.valid_until.getTime());
  const state = stateOf(row, isInForce);
  const isAssessed = state === 'assessed';
  return {
    id: row.id,
    version: row.version,
    riskPointId: row.risk_point_id,
    names: { zh: row.name_zh, en: row.name_en },
    kind: row.kind,
    category: row.category,
    accidentTypes: row.accident_types,
    basis,
    state,
    level: isAssessed ? row.level : null,
    lastLevel: isAssessed ? null : row.level,
    method: isAssessed ? row.method_id : null,
    score: isAssessed ? row.score : null,
    assessmentId: isAssessed ? row.assessment_id : null,
  };
}

/** The same as of a risk point: a source of a planned or closed one is not applicable. */
function stateOf(row: Row, isInForce: boolean): State {
  if (!isLive(row.lifecycle)) return 'not_applicable';
  if (isInForce) return 'assessed';
  return row.assessment_id === null ? 'not_assessed' : 'expired';
}
