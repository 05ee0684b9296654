import type { Knex } from 'knex';

import { regionPathOf, severityOf, severityRange } from '#server/db/register-columns.ts';
import { hasAnyField, holdsText, inRegion, meetsAnyBox } from '#server/db/search-filters.ts';
import type { Bilingual } from '#server/domain/bilingual.ts';
import { splitAtAntimeridian } from '#server/domain/geometry/bbox.ts';
import type { Bbox, Position } from '#server/domain/geometry/bbox.ts';
import type { Basis, Level, State } from '#server/domain/level.ts';
import type { Lifecycle } from '#server/domain/lifecycle.ts';
import type { Names } from '#server/domain/names.ts';
import type { PointTally } from '#server/domain/point-tally.ts';

export type RegionName = { readonly code: string; readonly names: Names };

export type Enterprise = {
  readonly id: string;
  readonly cityCode: string;
  readonly regionCode: string | null;
  readonly regionPath: readonly RegionName[];
  readonly regionFlag: 'outside' | 'disagrees' | null;
  readonly names: Names;
  readonly uscc: string | null;
  readonly lifecycle: Lifecycle;
  readonly fields: readonly string[];
  readonly industry: string | null;
  readonly address: string | null;
  readonly principalPost: Bilingual | null;
  /** EPSG:4326, [lon, lat]. */
  readonly position: Position;
  readonly demo: boolean;
  readonly basis: Basis;
  readonly state: State;
  readonly level: Level | null;
  readonly lastLevel: Level | null;
  readonly severity: number;
};

/** Place in the list: the worst first, then by Chinese name in code point order, then by id. */
export type EnterprisePlace = readonly [severity: number, nameZh: string, id: string];

export type EnterpriseFilter = {
  readonly basis: Basis;
  readonly region?: string | undefined;
  readonly bbox?: Bbox | undefined;
  readonly level?: readonly Level[] | undefined;
  readonly state?: readonly State[] | undefined;
  readonly field?: readonly string[] | undefined;
  readonly q?: string | undefined;
};

type Row = {
  id: string;
  city_code: string;
  region: string | null;
  region_path: readonly RegionName[];
  region_flag: 'outside' | 'disagrees' | null;
  name_zh: string;
  name_en: string | null;
  uscc: string | null;
  lifecycle: Lifecycle;
  fields: string[];
  industry: string | null;
  address: string | null;
  principal_post: Bilingual | null;
  lon: number;
  lat: number;
  demo: boolean;
  state: State;
  level: Level | null;
  last_level: Level | null;
  severity: number;
};

const SEVERITY = severityOf('ss');
/** In columns of the states, where an index has this order; the names are the same in both tables. */
const ORDER = `(${SEVERITY}), ss.name_zh COLLATE "C", ss.subject_id`;

const COLUMNS = `
  e.id, e.city_code, e.region, ${regionPathOf('rg')} AS region_path, e.region_flag, e.name_zh, e.name_en, e.uscc,
  e.lifecycle, e.fields, e.industry, e.address, e.principal_post, ST_X(e.geom) AS lon, ST_Y(e.geom) AS lat, e.demo,
  ss.state, ss.level, ss.last_level, ${SEVERITY} AS severity`;

/** Lists enterprises, the worst first. */
export async function listEnterprises(
  trx: Knex.Transaction,
  filter: EnterpriseFilter,
  after: EnterprisePlace | null,
  limit: number,
): Promise<readonly Enterprise[]> {
  const query = withStates(trx, filter.basis)
    .leftJoin('regions as rg', 'rg.code', 'e.region')
    .select<Row[]>(trx.raw(COLUMNS))
    .where(matches(filter))
    .orderByRaw(ORDER)
    .limit(limit);
  if (after) void query.whereRaw(`(${ORDER}) > (?::int, ?::text, ?::uuid)`, [...after]);
  return (await query).map((row) => toEnterprise(row, filter.basis));
}

/** How many enterprises match in all. */
export async function countEnterprises(
  trx: Knex.Transaction,
  filter: EnterpriseFilter,
): Promise<number> {
  const row = await withStates(trx, filter.basis)
    .where(matches(filter))
    .count<{ n: number }[]>({ n: '*' })
    .first();
  return row?.n ?? 0;
}

/** One enterprise; null when there is none with the id. */
export async function findEnterprise(
  trx: Knex.Transaction,
  id: string,
  basis: Basis,
): Promise<Enterprise | null> {
  const [row] = await withStates(trx, basis)
    .leftJoin('regions as rg', 'rg.code', 'e.region')
    .select<Row[]>(trx.raw(COLUMNS))
    .where('e.id', id);
  return row ? toEnterprise(row, basis) : null;
}

type CountRow = {
  enterprise_id: string;
  n1: number;
  n2: number;
  n3: number;
  n4: number;
  n_not_assessed: number;
  n_expired: number;
  n_not_applicable: number;
};

/** Risk points of some enterprises; one without points is left out. */
export async function pointCountsOf(
  trx: Knex.Transaction,
  ids: readonly string[],
  basis: Basis,
): Promise<ReadonlyMap<string, PointTally>> {
  const result = await trx.raw<{ rows: CountRow[] }>(
    `SELECT ps.enterprise_id,
      count(*) FILTER (WHERE ps.level = 1) AS n1, count(*) FILTER (WHERE ps.level = 2) AS n2,
      count(*) FILTER (WHERE ps.level = 3) AS n3, count(*) FILTER (WHERE ps.level = 4) AS n4,
      count(*) FILTER (WHERE ps.state = 'not_assessed') AS n_not_assessed,
      count(*) FILTER (WHERE ps.state = 'expired') AS n_expired,
      count(*) FILTER (WHERE ps.state = 'not_applicable') AS n_not_applicable
    FROM point_states ps WHERE ps.enterprise_id = ANY (?::uuid[]) AND ps.basis = ?
    GROUP BY ps.enterprise_id`,
    [[...ids], basis],
  );
  return new Map(result.rows.map((row) => [row.enterprise_id, toCounts(row)]));
}

function withStates(trx: Knex.Transaction, basis: Basis) {
  return trx('enterprises as e').join('subject_states as ss', (on) => {
    on.on('ss.city_code', 'e.city_code')
      .andOn('ss.subject_id', 'e.id')
      .andOnVal('ss.kind', 'enterprise')
      .andOnVal('ss.basis', basis);
  });
}

function matches({ region, bbox, level, state, field, q }: EnterpriseFilter) {
  return (query: Knex.QueryBuilder): void => {
    if (region !== undefined) void query.where(inRegion('ss.region', 'ss.city_code', region));
    if (bbox !== undefined) void query.where(meetsAnyBox('e.geom', splitAtAntimeridian(bbox)));
    if (level !== undefined || state !== undefined) {
      void query.whereRaw(`(${SEVERITY}) BETWEEN ? AND ?`, [...severityRange(level, state)]);
    }
    if (level !== undefined) void query.whereIn('ss.level', level);
    if (state !== undefined) void query.whereIn('ss.state', state);
    if (field !== undefined) void query.where(hasAnyField('e.fields', field));
    if (q !== undefined) void query.where(holdsText(['e.name_zh', 'e.name_en', 'e.uscc'], q));
  };
}

function toEnterprise(row: Row, basis: Basis): Enterprise {
  return {
    id: row.id,
    cityCode: row.city_code,
    regionCode: row.region,
    regionPath: row.region_path,
    regionFlag: row.region_flag,
    names: { zh: row.name_zh, en: row.name_en },
    uscc: row.uscc,
    lifecycle: row.lifecycle,
    fields: row.fields,
    industry: row.industry,
    address: row.address,
    principalPost: row.principal_post,
    position: [row.lon, row.lat],
    demo: row.demo,
    basis,
    state: row.state,
    level: row.level,
    lastLevel: row.last_level,
    severity: row.severity,
  };
}

function toCounts(row: CountRow): PointTally {
  const { n1, n2, n3, n4 } = row;
  const assessed = n1 + n2 + n3 + n4;
  return {
    n1,
    n2,
    n3,
    n4,
    nNotAssessed: row.n_not_assessed,
    nExpired: row.n_expired,
    nNotApplicable: row.n_not_applicable,
    assessed,
    total: assessed + row.n_not_assessed + row.n_expired,
  };
}
