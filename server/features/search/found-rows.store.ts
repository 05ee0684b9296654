import type { Knex } from 'knex';

import { regionPathOf, severityOf } from '#server/db/register-columns.ts';
import type { Bbox, Position } from '#server/domain/geometry/bbox.ts';
import type { RegionDepth } from '#server/domain/identifiers/region-code.ts';
import type { Basis, Level, State } from '#server/domain/level.ts';
import type { Names } from '#server/domain/names.ts';
import type { EntryKind, SearchKind } from '#server/domain/search/search-kind.ts';

type Crumb = { readonly code: string; readonly names: Names };

/** What a row of the list shows of what was found, whatever its kind. */
export type FoundRow = {
  readonly id: string;
  readonly code: string | null;
  readonly names: Names;
  /** From the root down to the region it lies in; of a region the ones above it. */
  readonly parentPath: readonly Crumb[];
  /** Enterprise of a risk point, risk point of a hazard source. */
  readonly belongsTo: {
    readonly kind: SearchKind;
    readonly id: string;
    readonly names: Names;
    /** Names of the enterprise that a hazard source's risk point belongs to. */
    readonly of: Names | null;
  } | null;
  readonly depth: RegionDepth | null;
  readonly state: State | null;
  readonly level: Level | null;
  readonly lastLevel: Level | null;
  /** EPSG:4326, [lon, lat]; of an area where its label stands. */
  readonly position: Position | null;
  readonly bbox: Bbox | null;
};

/** severity: its order in lists of its kind on the basis asked for; 0 where there is none. */
export type Found = { readonly row: FoundRow; readonly severity: number };

export type Asked = {
  readonly refs: readonly string[];
  readonly basis: Basis;
  /** Code of the region to stay in, 000000 for what lies in none; null: anywhere. */
  readonly area: string | null;
};

/** Degrees with 7 decimals, about a centimetre. */
const degrees = (point: string): string =>
  `jsonb_build_array(round(ST_X(${point})::numeric, 7), round(ST_Y(${point})::numeric, 7))`;

const names = (zh: string, en: string): string => `jsonb_build_object('zh', ${zh}, 'en', ${en})`;

const box = (area: string): string => `CASE WHEN ${area} IS NOT NULL THEN jsonb_build_array(
  ST_XMin(${area}), ST_YMin(${area}), ST_XMax(${area}), ST_YMax(${area})) END`;

/** `rg`: the region it lies in. */
const IN_AREA = `(:area::text IS NULL OR CASE WHEN :area = '000000' THEN rg.code IS NULL
  ELSE rg.path @> ARRAY[:area::text] END)`;

const NO_STATE = `NULL AS state, NULL AS level, NULL AS "lastLevel", 0 AS severity`;

const STATE = `s.state, s.level, s.last_level AS "lastLevel", ${severityOf('s')} AS severity`;

const belonging = (kind: SearchKind, id: string, to: string, of: string): string =>
  `CASE WHEN ${id} IS NOT NULL THEN jsonb_build_object('kind', '${kind}', 'id', ${id},
    'names', ${names(`${to}.name_zh`, `${to}.name_en`)}, 'of', ${of}) END AS "belongsTo"`;

const REGIONS = `
  SELECT rg.code AS id, rg.code, ${names("rg.names ->> 'zh'", "rg.names ->> 'en'")} AS names,
    ${regionPathOf('up')} AS "parentPath", NULL AS "belongsTo", rg.depth, ${NO_STATE}, ${degrees('rg.label')} AS position,
    ${box('rg.geom')} AS bbox
  FROM regions rg LEFT JOIN regions up ON up.code = rg.parent_code
  WHERE rg.code = ANY (:refs::text[]) AND ${IN_AREA}`;

const JURISDICTIONS = `
  SELECT j.id, j.code, ${names("j.names ->> 'zh'", "j.names ->> 'en'")} AS names, ${regionPathOf('rg')} AS "parentPath",
    NULL AS "belongsTo", NULL AS depth, ${NO_STATE},
    CASE WHEN j.label IS NOT NULL THEN ${degrees('j.label')} END AS position, ${box('j.geom')} AS bbox
  FROM jurisdictions j LEFT JOIN regions rg ON rg.code = region_at(j.label)
  WHERE j.id = ANY (:refs::uuid[]) AND ${IN_AREA}`;

/** States, not the register: what a request may not see has none. */
const ENTERPRISES = `
  SELECT s.subject_id AS id, en.uscc AS code, ${names('s.name_zh', 's.name_en')} AS names,
    ${regionPathOf('rg')} AS "parentPath", NULL AS "belongsTo", NULL AS depth, ${STATE}, ${degrees('p.place')} AS position,
    NULL AS bbox
  FROM subject_states s CROSS JOIN LATERAL (SELECT ST_Transform(s.place, 4326) AS place OFFSET 0) AS p
  LEFT JOIN enterprises en ON en.city_code = s.city_code AND en.id = s.subject_id
  LEFT JOIN regions rg ON rg.code = s.region
  WHERE s.kind = 'enterprise' AND s.subject_id = ANY (:refs::uuid[]) AND s.basis = :basis AND ${IN_AREA}`;

const RISK_POINTS = `
  SELECT s.risk_point_id AS id, rp.code, ${names('s.name_zh', 's.name_en')} AS names, ${regionPathOf('rg')} AS "parentPath",
    ${belonging('enterprise', 'en.id', 'en', 'NULL')}, NULL AS depth, ${STATE}, ${degrees('p.place')} AS position, NULL AS bbox
  FROM point_states s CROSS JOIN LATERAL (SELECT ST_Transform(s.place, 4326) AS place OFFSET 0) AS p
  LEFT JOIN risk_points rp ON rp.city_code = s.city_code AND rp.id = s.risk_point_id
  LEFT JOIN enterprises en ON en.city_code = rp.enterprise_city_code AND en.id = rp.enterprise_id
  LEFT JOIN regions rg ON rg.code = s.region
  WHERE s.risk_point_id = ANY (:refs::uuid[]) AND s.basis = :basis AND ${IN_AREA}`;

/** Its own state is known to the feature of hazard sources. */
const HAZARD_SOURCES = `
  SELECT hs.id, NULL AS code, ${names('hs.name_zh', 'hs.name_en')} AS names, ${regionPathOf('rg')} AS "parentPath",
    ${belonging('risk-point', 's.risk_point_id', 's', `CASE WHEN en.id IS NOT NULL THEN ${names('en.name_zh', 'en.name_en')} END`)}, NULL AS depth, ${NO_STATE}, ${degrees('p.place')} AS position,
    NULL AS bbox
  FROM hazard_sources hs
  JOIN point_states s ON s.city_code = hs.city_code AND s.risk_point_id = hs.risk_point_id AND s.basis = :basis
  CROSS JOIN LATERAL (SELECT ST_Transform(s.place, 4326) AS place OFFSET 0) AS p
  LEFT JOIN risk_points rp ON rp.city_code = s.city_code AND rp.id = s.risk_point_id
  LEFT JOIN enterprises en ON en.city_code = rp.enterprise_city_code AND en.id = rp.enterprise_id
  LEFT JOIN regions rg ON rg.code = s.region
  WHERE hs.id = ANY (:refs::uuid[]) AND hs.deleted_at IS NULL AND ${IN_AREA}`;

const PLACES = `
  SELECT b.id::text AS id, NULL AS code, ${names('b.name_zh', 'b.name_en')} AS names, ${regionPathOf('rg')} AS "parentPath",
    NULL AS "belongsTo", NULL AS depth, ${NO_STATE}, ${degrees('p.place')} AS position, NULL AS bbox
  FROM base_features b CROSS JOIN LATERAL (SELECT ST_Transform(b.geom_3857, 4326) AS place OFFSET 0) AS p
  LEFT JOIN regions rg ON rg.code = region_at(p.place)
  WHERE b.kind = 'place' AND b.id = ANY (:refs::int[]) AND ${IN_AREA}`;

const QUERIES: Readonly<Record<EntryKind, string>> = {
  region: REGIONS,
  jurisdiction: JURISDICTIONS,
  enterprise: ENTERPRISES,
  'risk-point': RISK_POINTS,
  'hazard-source': HAZARD_SOURCES,
  place: PLACES,
};

/** What the entries of one kind stand for, by their reference; those outside the area are left out. */
export async function readFound(
  trx: Knex.Transaction,
  kind: EntryKind,
  { refs, basis, area }: Asked,
): Promise<ReadonlyMap<string, Found>> {
  const sql = QUERIES[kind];
  const used = Object.entries({ refs: [...refs], basis, area }).filter(([name]) =>
    sql.includes(`:${name}`),
  );
  const result = await trx.raw<{ rows: (FoundRow & { severity: number })[] }>(
    sql,
    Object.fromEntries(used),
  );
  return new Map(result.rows.map(({ severity, ...row }) => [row.id, { row, severity }]));
}

/** Code, names and path of the region that holds a place (EPSG:4326, [lon, lat]); an empty path outside all. */
export async function readPathAt(
  trx: Knex.Transaction,
  [lon, lat]: Position,
): Promise<readonly Crumb[]> {
  const result = await trx.raw<{ rows: { path: readonly Crumb[] }[] }>(
    `SELECT ${regionPathOf('rg')} AS path
     FROM regions rg WHERE rg.code = region_at(ST_SetSRID(ST_MakePoint(?, ?), 4326))`,
    [lon, lat],
  );
  return result.rows[0]?.path ?? [];
}

/** Changes with every change of what areas are coloured by. */
export async function readAreaVersion(trx: Knex.Transaction): Promise<number> {
  const result = await trx.raw<{ rows: { version: number }[] }>(
    `SELECT COALESCE(sum(v.version), 0)::float8 AS version FROM data_versions v WHERE v.layer IN ('regions', 'base')`,
  );
  return result.rows[0]?.version ?? 0;
}
