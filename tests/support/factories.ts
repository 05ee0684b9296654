import type { Knex } from 'knex';
import { v7 } from 'uuid';
import type { Basis, Level } from '#server/domain/level.ts';
import type { Lifecycle } from '#server/domain/lifecycle.ts';
import { evaluate } from '#server/domain/methods/evaluate.ts';
import type { MethodDefinition } from '#server/domain/methods/method.ts';
import { versionOf } from '#server/domain/methods/method.ts';
import { insertAssessments } from '#server/features/assessments/assessments.store.ts';
import { recordLevels } from '#server/features/assessments/record-levels.ts';
import { readShippedMethods, seedMethods } from '#server/features/methods/seed-methods.ts';
import { dataFolder } from '#server/seed.ts';

/** Before anything that the tests assess. */
const LONG_AGO = '2025-01-01T00:00:00Z';

type Trx = Knex.Transaction;
type Ring = readonly (readonly [number, number])[];
type GeoJson = { readonly type: string; readonly coordinates: unknown };

/** A box as a polygon, degrees, [lon, lat]. */
export function aBox(west: number, south: number, east: number, north: number): GeoJson {
  const ring: Ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { type: 'Polygon', coordinates: [ring] };
}

type RegionOptions = {
  readonly code: string;
  readonly depth?: 'province' | 'city' | 'county' | 'township';
  readonly parent?: string | null;
  readonly zh?: string;
  readonly en?: string | null;
  readonly shape?: GeoJson;
};

/** A region; by default a city without a parent over one square degree at (125, 43). */
export async function aRegion(trx: Trx, options: RegionOptions): Promise<string> {
  const { code, depth = 'city', parent = null, zh = `示例${code}`, en = null } = options;
  const shape = JSON.stringify(options.shape ?? aBox(125, 43, 126, 44));
  await trx.raw(
    `INSERT INTO regions (code, parent_code, depth, names, path, city_code, geom, label, area_km2, source, valid_from)
     SELECT ?, ?::text, ?, jsonb_build_object('zh', ?::text, 'en', ?::text), '{}', '', g.geom, ST_PointOnSurface(g.geom),
       0, 'test', '2025-01-01'
     FROM (SELECT ST_Multi(ST_SetSRID(ST_GeomFromGeoJSON(?), 4326)) AS geom) AS g`,
    [code, parent, depth, zh, en, shape],
  );
  return code;
}

/**
 * A province 990000 of two cities side by side: 990100 over (125..126, 43..44) with the counties 990101 in the south
 * and 990102 in the north, and 990200 over (126..127, 43..44) without counties. They share the border at 126.
 */
export async function aSmallProvince(trx: Trx): Promise<void> {
  const shape = aBox;
  await aRegion(trx, {
    code: '990000',
    depth: 'province',
    zh: '示例省',
    en: 'Example Province',
    shape: shape(125, 43, 127, 44),
  });
  const city = { depth: 'city', parent: '990000' } as const;
  await aRegion(trx, {
    ...city,
    code: '990100',
    zh: '示例甲市',
    en: 'City A',
    shape: shape(125, 43, 126, 44),
  });
  await aRegion(trx, { ...city, code: '990200', zh: '示例乙市', shape: shape(126, 43, 127, 44) });
  const county = { depth: 'county', parent: '990100' } as const;
  await aRegion(trx, {
    ...county,
    code: '990101',
    zh: '示例南县',
    shape: shape(125, 43, 126, 43.5),
  });
  await aRegion(trx, {
    ...county,
    code: '990102',
    zh: '示例北县',
    shape: shape(125, 43.5, 126, 44),
  });
}

type PlaceOptions = {
  readonly id?: string;
  /** [lon, lat]; default a place inside 990101. */
  readonly at?: readonly [number, number];
  readonly zh?: string;
  readonly en?: string | null;
  readonly lifecycle?: Lifecycle;
  readonly fields?: readonly string[];
  readonly givenRegion?: string | null;
};

export type Placed = { readonly id: string; readonly cityCode: string };

/** An enterprise; the map tables know it after `settle`. */
export async function anEnterprise(
  trx: Trx,
  options: PlaceOptions & { readonly uscc?: string } = {},
): Promise<Placed> {
  const { id = v7(), at = [125.5, 43.25], zh = '示例化工有限公司', en = null } = options;
  const result = await trx.raw<{ rows: [{ city_code: string }] }>(
    `INSERT INTO enterprises (id, name_zh, name_en, uscc, lifecycle, fields, given_region, geom)
     VALUES (?, ?, ?, ?, ?, ?::text[], ?, ST_SetSRID(ST_MakePoint(?, ?), 4326)) RETURNING city_code`,
    [
      id,
      zh,
      en,
      options.uscc ?? null,
      options.lifecycle ?? 'running',
      [...(options.fields ?? [])],
      options.givenRegion ?? null,
      ...at,
    ],
  );
  return { id, cityCode: result.rows[0].city_code };
}

type PointOptions = PlaceOptions & {
  readonly enterprise?: Placed | null;
  readonly code?: string | null;
  /** Instead of `at`. */
  readonly shape?: GeoJson;
  readonly existsFrom?: string;
};

/** A risk point, a public place unless it has an enterprise; the map tables know it after `settle`. */
export async function aRiskPoint(trx: Trx, options: PointOptions = {}): Promise<Placed> {
  const { id = v7(), at = [125.5, 43.25], zh = '示例储罐区', en = null } = options;
  const { enterprise = null, lifecycle = 'running', existsFrom = LONG_AGO } = options;
  const shape = options.shape ?? { type: 'Point', coordinates: at };
  const result = await trx.raw<{ rows: [{ city_code: string }] }>(
    `INSERT INTO risk_points (id, enterprise_city_code, enterprise_id, code, name_zh, name_en, kind, lifecycle, fields,
       given_region, geom, exists_from)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::text[], ?, ST_SetSRID(ST_GeomFromGeoJSON(?), 4326), ?) RETURNING city_code`,
    [
      id,
      enterprise?.cityCode ?? null,
      enterprise?.id ?? null,
      options.code ?? null,
      zh,
      en,
      enterprise ? 'facility' : 'public_place',
      lifecycle,
      [...(options.fields ?? [])],
      options.givenRegion ?? null,
      JSON.stringify(shape),
      existsFrom,
    ],
  );
  const cityCode = result.rows[0].city_code;
  await trx('lifecycle_changes').insert({
    city_code: cityCode,
    risk_point_id: id,
    at: existsFrom,
    lifecycle,
  });
  return { id, cityCode };
}

export async function aHazardSource(
  trx: Trx,
  point: Placed,
  options: { readonly id?: string; readonly zh?: string; readonly en?: string | null } = {},
): Promise<Placed & { readonly point: Placed }> {
  const { id = v7(), zh = '示例液氨泄漏', en = null } = options;
  await trx('hazard_sources').insert({
    city_code: point.cityCode,
    id,
    risk_point_id: point.id,
    name_zh: zh,
    name_en: en,
    kind: 'equipment',
    accident_types: JSON.stringify([{ zh: '中毒和窒息', en: 'Poisoning and asphyxiation' }]),
  });
  return { id, cityCode: point.cityCode, point };
}

export async function aMeasure(
  trx: Trx,
  point: Placed,
  options: {
    readonly source?: Placed;
    readonly kind?: 'engineering' | 'management' | 'training' | 'ppe' | 'emergency';
    readonly zh?: string;
  } = {},
): Promise<string> {
  const id = v7();
  await trx('control_measures').insert({
    city_code: point.cityCode,
    id,
    risk_point_id: point.id,
    hazard_source_id: options.source?.id ?? null,
    kind: options.kind ?? 'engineering',
    text_zh: options.zh ?? '示例报警装置',
  });
  return id;
}

/** LEC, national: 6×6×15 = 540 · 3×6×15 = 270 · 3×6×7 = 126 · 1×6×7 = 42. */
const INPUTS: Readonly<Record<Level, Readonly<Record<string, number>>>> = {
  1: { L: 6, E: 6, C: 15 },
  2: { L: 3, E: 6, C: 15 },
  3: { L: 3, E: 6, C: 7 },
  4: { L: 1, E: 6, C: 7 },
};

type AssessmentOptions = {
  readonly basis?: Basis;
  /** RFC 3339. */
  readonly at?: string;
  readonly validUntil?: string | null;
  readonly source?: Placed;
};

let lec: Promise<MethodDefinition> | null = null;

/** Needs the shipped methods in the database: `withMethods`, or the seed of the whole service. */
export async function anAssessment(
  trx: Trx,
  point: Placed,
  level: Level,
  options: AssessmentOptions = {},
): Promise<string> {
  const { basis = 'current', at = '2026-03-01T00:00:00Z', source } = options;
  const validUntil = options.validUntil === undefined ? '2027-03-01T00:00:00Z' : options.validUntil;
  lec ??= readLec();
  const definition = await lec;
  const { score, level: found, explanation } = evaluate(definition, INPUTS[level]);
  const id = v7();
  await insertAssessments(trx, [
    {
      id,
      cityCode: point.cityCode,
      subjectKind: source ? 'hazard_source' : 'risk_point',
      subjectId: source?.id ?? point.id,
      riskPointId: point.id,
      basis,
      method: definition.method,
      variant: definition.variant,
      revision: definition.revision,
      version: versionOf(definition),
      inputs: INPUTS[level],
      score,
      level: found,
      explanation,
      state: 'in_force',
      assessedAt: Date.parse(at),
      validUntil: validUntil === null ? null : Date.parse(validUntil),
      demo: false,
    },
  ]);
  return id;
}

async function readLec(): Promise<MethodDefinition> {
  const { versions } = await readShippedMethods(dataFolder);
  const found = versions.find((v) => v.method === 'lec' && v.variant === 'national');
  if (!found) throw new Error('The shipped methods have no lec national');
  return found;
}

/** Publishes the shipped methods in a database that has none. */
export async function withMethods(trx: Trx): Promise<void> {
  await seedMethods(trx, await readShippedMethods(dataFolder));
}

/** Works out the level periods of every risk point at `now` and brings the map tables up to date. */
export async function settle(trx: Trx, now: number): Promise<void> {
  const points = await trx('risk_points').select<{ id: string }[]>('id');
  await recordLevels(
    trx,
    points.map(({ id }) => id),
    now,
  );
  await trx.raw('SELECT refresh_enterprises((SELECT array_agg(id) FROM enterprises))');
}
