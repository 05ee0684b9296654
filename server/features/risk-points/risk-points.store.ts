import type { Knex } from 'knex';
import { st } from '#server/db/postgis.ts';

import { regionPathOf, severityOf, severityRange } from '#server/db/register-columns.ts';
import {
  hasAnyField,
  holdsText,
  inOpenRegions,
  inRegion,
  meetsAnyBox,
} from '#server/db/search-filters.ts';
import { WITHHELD, withheldNames } from '#server/db/withheld.ts';
import type { ControlLevel } from '#server/domain/control.ts';
import { splitAtAntimeridian } from '#server/domain/geometry/bbox.ts';
import type { Bbox, Position } from '#server/domain/geometry/bbox.ts';
import type { Basis, Level, State } from '#server/domain/level.ts';
import type { Lifecycle } from '#server/domain/lifecycle.ts';
import type { Names } from '#server/domain/names.ts';

export type RiskPoint = {
  readonly id: string;
  /** Counts the edits of the row. */
  readonly version: number;
  readonly cityCode: string;
  readonly regionCode: string | null;
  readonly regionPath: readonly { readonly code: string; readonly names: Names }[];
  readonly regionFlag: 'outside' | 'disagrees' | null;
  readonly code: string | null;
  readonly names: Names;
  readonly kind: 'facility' | 'place' | 'activity' | 'public_place';
  readonly enterprise: { readonly id: string; readonly names: Names } | null;
  readonly lifecycle: Lifecycle;
  readonly fields: readonly string[];
  readonly category: string | null;
  /** Where it is, in words. */
  readonly location: string | null;
  /** A point on it, EPSG:4326, [lon, lat]. */
  readonly position: Position;
  readonly controlLevel: ControlLevel | null;
  readonly department: Names | null;
  readonly post: Names | null;
  readonly person: string | null;
  readonly demo: boolean;
  readonly basis: Basis;
  readonly state: State;
  readonly level: Level | null;
  readonly lastLevel: Level | null;
  readonly dynamicLevel: Level | null;
  readonly since: Date;
  readonly dueAt: Date | null;
  readonly decidedBy: string | null;
  readonly severity: number;
};

/** Where an imported row came from. */
export type Origin = { readonly source: string; readonly code: string | null };

/** What only the page of one risk point shows. */
export type PointPage = {
  readonly geometry: Geometry;
  readonly existsFrom: Date;
  /** The region it is said to lie in. */
  readonly statedRegionCode: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly origin: Origin | null;
  /** Fields that the caller is not told. */
  readonly withheld: readonly string[];
};

/** GeoJSON geometry, EPSG:4326, [lon, lat], 6 decimals ≈ 0.1 m. */
export type Geometry = {
  readonly type: 'Point' | 'LineString' | 'MultiLineString' | 'Polygon' | 'MultiPolygon';
  readonly coordinates: readonly unknown[];
};

/** Place in the list: the worst first, then by Chinese name in code point order, then by id. */
export type RiskPointPlace = readonly [severity: number, nameZh: string, id: string];

export type RiskPointFilter = {
  readonly basis: Basis;
  readonly region?: string | undefined;
  readonly enterprise?: string | undefined;
  readonly bbox?: Bbox | undefined;
  readonly level?: readonly Level[] | undefined;
  readonly dynamic?: readonly Level[] | undefined;
  readonly state?: readonly State[] | undefined;
  readonly field?: readonly string[] | undefined;
  readonly q?: string | undefined;
};

type Row = {
  id: string;
  version: number;
  city_code: string;
  region: string | null;
  region_path: RiskPoint['regionPath'];
  region_flag: RiskPoint['regionFlag'];
  code: string | null;
  name_zh: string;
  name_en: string | null;
  kind: RiskPoint['kind'];
  enterprise_id: string | null;
  enterprise_zh: string | null;
  enterprise_en: string | null;
  lifecycle: Lifecycle;
  fields: string[];
  category: string | null;
  location: string | null;
  lon: number;
  lat: number;
  control_level: ControlLevel | null;
  department: Names | null;
  post: Names | null;
  person: string | null;
  demo: boolean;
  state: State;
  level: Level | null;
  last_level: Level | null;
  dynamic_level: Level | null;
  since: Date;
  due_at: Date | null;
  decided_by: string | null;
  severity: number;
};

const SEVERITY = severityOf('ps');
/** In columns of the states, where an index has this order; the names are the same in both tables. */
const ORDER = `(${SEVERITY}), ps.name_zh COLLATE "C", ps.risk_point_id`;

const COLUMNS = `
  rp.id, rp.version, rp.city_code, rp.region, ${regionPathOf('rg')} AS region_path, rp.region_flag, rp.code, rp.name_zh,
  rp.name_en, rp.kind, en.id AS enterprise_id, en.name_zh AS enterprise_zh, en.name_en AS enterprise_en,
  rp.lifecycle, rp.fields, rp.category, rp.location, ST_X(rp.anchor) AS lon, ST_Y(rp.anchor) AS lat, rp.control_level,
  rp.department, rp.post, rp.person, rp.demo, ps.state, ps.level, ps.last_level, ps.dynamic_level, ps.since, ps.due_at, ps.decided_by,
  ${SEVERITY} AS severity`;

/** Lists risk points, the worst first. */
export async function listRiskPoints(
  trx: Knex.Transaction,
  filter: RiskPointFilter,
  after: RiskPointPlace | null,
  limit: number,
): Promise<readonly RiskPoint[]> {
  const query = full(trx, filter.basis).where(matches(filter)).orderByRaw(ORDER).limit(limit);
  if (after) void query.whereRaw(`(${ORDER}) > (?::int, ?::text, ?::uuid)`, [...after]);
  return (await query).map((row) => toRiskPoint(row, filter.basis));
}

/** How many risk points match in all, by looking at each. */
export async function countRiskPoints(
  trx: Knex.Transaction,
  filter: RiskPointFilter,
): Promise<number> {
  const row = await withStates(trx, filter.basis)
    .where(matches(filter))
    .count<{ n: number }[]>({ n: '*' })
    .first();
  return row?.n ?? 0;
}

/** One risk point; null when there is none with the id. */
export async function findRiskPoint(
  trx: Knex.Transaction,
  id: string,
  basis: Basis,
): Promise<RiskPoint | null> {
  const [row] = await full(trx, basis).where('rp.id', id);
  return row ? toRiskPoint(row, basis) : null;
}

type PageRow = {
  geometry: Geometry;
  exists_from: Date;
  given_region: string | null;
  attributes: Record<string, string>;
  origin_source: string | null;
  origin_code: string | null;
  withheld: string[];
};

/** The rest of one risk point that exists: its shape and what is told of it beside. */
export async function getPointPage(trx: Knex.Transaction, id: string): Promise<PointPage> {
  const row = await trx('risk_points as rp')
    .select<PageRow[]>(
      trx.raw('?::jsonb AS geometry', [st.geoJson('rp.geom')]),
      'rp.exists_from',
      'rp.given_region',
      'rp.attributes',
      trx.raw("rp.origin ->> 'source' AS origin_source, rp.origin ->> 'code' AS origin_code"),
      trx.raw(WITHHELD.riskPoint),
    )
    .where('rp.id', id)
    .first();
  if (!row) throw new Error(`The risk point ${id} went away within a transaction`);
  const { origin_source: source, origin_code: code } = row;
  return {
    geometry: row.geometry,
    existsFrom: row.exists_from,
    statedRegionCode: row.given_region,
    attributes: row.attributes,
    origin: source === null ? null : { source, code },
    withheld: withheldNames(row.withheld),
  };
}

function full(trx: Knex.Transaction, basis: Basis) {
  return withStates(trx, basis)
    .leftJoin('enterprises as en', (on) => {
      on.on('en.city_code', 'rp.enterprise_city_code').andOn('en.id', 'rp.enterprise_id');
    })
    .leftJoin('regions as rg', 'rg.code', 'rp.region')
    .select<Row[]>(trx.raw(COLUMNS));
}

/** The rows with their states of one basis, as the list reads them. */
export function withStates(trx: Knex.Transaction, basis: Basis) {
  return trx('risk_points as rp').join('point_states as ps', (on) => {
    on.on('ps.city_code', 'rp.city_code')
      .andOn('ps.risk_point_id', 'rp.id')
      .andOnVal('ps.basis', basis);
  });
}

/** What the filter of the list leaves. */
export function matches(filter: RiskPointFilter) {
  const { region, enterprise, bbox, level, dynamic, state, field, q } = filter;
  return (query: Knex.QueryBuilder): void => {
    void query.where(inOpenRegions('ps.region', 'ps.city_code'));
    if (region !== undefined) void query.where(inRegion('ps.region', 'ps.city_code', region));
    if (enterprise !== undefined) void query.where('rp.enterprise_id', enterprise);
    if (bbox !== undefined) void query.where(meetsAnyBox('rp.geom', splitAtAntimeridian(bbox)));
    if (level !== undefined || state !== undefined) {
      void query.whereRaw(`(${SEVERITY}) BETWEEN ? AND ?`, [...severityRange(level, state)]);
    }
    if (level !== undefined) void query.whereIn('ps.level', level);
    if (dynamic !== undefined) void query.whereIn('ps.dynamic_level', dynamic);
    if (state !== undefined) void query.whereIn('ps.state', state);
    if (field !== undefined) void query.where(hasAnyField('rp.fields', field));
    if (q !== undefined) void query.where(holdsText(['rp.name_zh', 'rp.name_en', 'rp.code'], q));
  };
}

function toRiskPoint(row: Row, basis: Basis): RiskPoint {
  return {
    id: row.id,
    version: row.version,
    cityCode: row.city_code,
    regionCode: row.region,
    regionPath: row.region_path,
    regionFlag: row.region_flag,
    code: row.code,
    names: { zh: row.name_zh, en: row.name_en },
    kind: row.kind,
    enterprise: toEnterprise(row),
    lifecycle: row.lifecycle,
    fields: row.fields,
    category: row.category,
    location: row.location,
    position: [row.lon, row.lat],
    controlLevel: row.control_level,
    department: row.department,
    post: row.post,
    person: row.person,
    demo: row.demo,
    basis,
    state: row.state,
    level: row.level,
    lastLevel: row.last_level,
    dynamicLevel: row.dynamic_level,
    since: row.since,
    dueAt: row.due_at,
    decidedBy: row.decided_by,
    severity: row.severity,
  };
}

function toEnterprise(row: Row): RiskPoint['enterprise'] {
  if (row.enterprise_id === null || row.enterprise_zh === null) return null;
  return { id: row.enterprise_id, names: { zh: row.enterprise_zh, en: row.enterprise_en } };
}
