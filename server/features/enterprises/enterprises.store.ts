import type { Knex } from 'knex';

import { regionPathOf, severityOf, severityRange } from '#server/db/register-columns.ts';
import {
  hasAnyField,
  holdsText,
  inOpenRegions,
  inRegion,
  meetsAnyBox,
} from '#server/db/search-filters.ts';
import { WITHHELD, withheldNames } from '#server/db/withheld.ts';
import { splitAtAntimeridian } from '#server/domain/geometry/bbox.ts';
import type { Bbox, Position } from '#server/domain/geometry/bbox.ts';
import type { Basis, Level, State } from '#server/domain/level.ts';
import type { Lifecycle } from '#server/domain/lifecycle.ts';
import type { Names } from '#server/domain/names.ts';

export type RegionName = { readonly code: string; readonly names: Names };

export type Enterprise = {
  readonly id: string;
  /** Counts the edits of the row. */
  readonly version: number;
  readonly cityCode: string;
  readonly regionCode: string | null;
  readonly regionPath: readonly RegionName[];
  readonly regionFlag: 'outside' | 'disagrees' | null;
  readonly names: Names;
  readonly uscc: string | null;
  readonly lifecycle: Lifecycle;
  readonly fields: readonly string[];
  readonly category: string | null;
  readonly industry: string | null;
  readonly address: string | null;
  readonly principalPost: Names | null;
  readonly principalName: string | null;
  /** EPSG:4326, [lon, lat]. */
  readonly position: Position;
  readonly demo: boolean;
  readonly basis: Basis;
  readonly state: State;
  readonly level: Level | null;
  readonly lastLevel: Level | null;
  readonly severity: number;
};

/** Where an imported row came from. */
export type Origin = { readonly source: string; readonly code: string | null };

export type EnterpriseDetail = Enterprise & {
  readonly usccReason: string | null;
  /** The region it is said to lie in. */
  readonly statedRegionCode: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly origin: Origin | null;
  /** Fields that the caller is not told. */
  readonly withheld: readonly string[];
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
  version: number;
  city_code: string;
  region: string | null;
  region_path: readonly RegionName[];
  region_flag: 'outside' | 'disagrees' | null;
  name_zh: string;
  name_en: string | null;
  uscc: string | null;
  lifecycle: Lifecycle;
  fields: string[];
  category: string | null;
  industry: string | null;
  address: string | null;
  principal_post: Names | null;
  principal_name: string | null;
  lon: number;
  lat: number;
  demo: boolean;
  state: State;
  level: Level | null;
  last_level: Level | null;
  severity: number;
};

type DetailRow = Row & {
  uscc_reason: string | null;
  given_region: string | null;
  attributes: Record<string, string>;
  origin_source: string | null;
  origin_code: string | null;
  withheld: string[];
};

const SEVERITY = severityOf('ss');
/** In columns of the states, where an index has this order; the names are the same in both tables. */
const ORDER = `(${SEVERITY}), ss.name_zh COLLATE "C", ss.subject_id`;

const COLUMNS = `
  e.id, e.version, e.city_code, e.region, ${regionPathOf('rg')} AS region_path, e.region_flag, e.name_zh, e.name_en, e.uscc,
  e.lifecycle, e.fields, e.category, e.industry, e.address, e.principal_post, e.principal_name, ST_X(e.geom) AS lon,
  ST_Y(e.geom) AS lat, e.demo, ss.state, ss.level, ss.last_level, ${SEVERITY} AS severity`;

const DETAIL_COLUMNS = `${COLUMNS}, e.uscc_reason, e.given_region, e.attributes, e.origin ->> 'source' AS origin_source,
  e.origin ->> 'code' AS origin_code, ${WITHHELD.enterprise}`;

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
): Promise<EnterpriseDetail | null> {
  const [row] = await withStates(trx, basis)
    .leftJoin('regions as rg', 'rg.code', 'e.region')
    .select<DetailRow[]>(trx.raw(DETAIL_COLUMNS))
    .where('e.id', id);
  if (!row) return null;
  const { origin_source: source, origin_code: code } = row;
  return {
    ...toEnterprise(row, basis),
    usccReason: row.uscc_reason,
    statedRegionCode: row.given_region,
    attributes: row.attributes,
    origin: source === null ? null : { source, code },
    withheld: withheldNames(row.withheld),
  };
}

/** The rows with their states of one basis, as the list reads them. */
export function withStates(trx: Knex.Transaction, basis: Basis) {
  return trx('enterprises as e').join('subject_states as ss', (on) => {
    on.on('ss.city_code', 'e.city_code')
      .andOn('ss.subject_id', 'e.id')
      .andOnVal('ss.kind', 'enterprise')
      .andOnVal('ss.basis', basis);
  });
}

/** What the filter of the list leaves. */
export function matches({ region, bbox, level, state, field, q }: EnterpriseFilter) {
  return (query: Knex.QueryBuilder): void => {
    void query.where(inOpenRegions('ss.region', 'ss.city_code'));
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
    version: row.version,
    cityCode: row.city_code,
    regionCode: row.region,
    regionPath: row.region_path,
    regionFlag: row.region_flag,
    names: { zh: row.name_zh, en: row.name_en },
    uscc: row.uscc,
    lifecycle: row.lifecycle,
    fields: row.fields,
    category: row.category,
    industry: row.industry,
    address: row.address,
    principalPost: row.principal_post,
    principalName: row.principal_name,
    position: [row.lon, row.lat],
    demo: row.demo,
    basis,
    state: row.state,
    level: row.level,
    lastLevel: row.last_level,
    severity: row.severity,
  };
}
