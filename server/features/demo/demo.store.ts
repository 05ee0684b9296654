import type { Knex } from 'knex';
import type { DemoRows } from './demo-rows.ts';

export type DemoSet = { readonly referenceDay: string; readonly seed: number };

/** The invented set in the register, if there is one. */
export async function findDemoSet(trx: Knex.Transaction): Promise<DemoSet | null> {
  const row = await trx('demo_sets as d')
    .select<{ reference_day: string; seed: number }[]>(
      trx.raw("to_char(d.reference_day, 'YYYY-MM-DD') AS reference_day"),
      'd.seed',
    )
    .orderBy('d.reference_day', 'desc')
    .first();
  return row ? { referenceDay: row.reference_day, seed: row.seed } : null;
}

/** True while nobody has put anything into the register. */
export async function isRegisterEmpty(trx: Knex.Transaction): Promise<boolean> {
  const { rows } = await trx.raw<{ rows: { empty: boolean }[] }>(
    `SELECT NOT EXISTS (SELECT 1 FROM regions) AND NOT EXISTS (SELECT 1 FROM enterprises)
       AND NOT EXISTS (SELECT 1 FROM risk_points) AS empty`,
  );
  return rows[0]?.empty === true;
}

export async function insertDemoSet(trx: Knex.Transaction, set: DemoSet): Promise<void> {
  await trx('demo_sets').insert({ reference_day: set.referenceDay, seed: set.seed });
}

/** Takes every invented row out again, children first. Only the owner may: the triggers keep append-only rows. */
export async function deleteDemoRows(trx: Knex.Transaction): Promise<void> {
  await trx.raw(
    `CREATE TEMP TABLE demo_points ON COMMIT DROP AS SELECT rp.city_code, rp.id FROM risk_points rp WHERE rp.demo`,
  );
  await trx.raw(
    `CREATE TEMP TABLE demo_enterprises ON COMMIT DROP AS SELECT e.id FROM enterprises e WHERE e.demo`,
  );
  await trx.raw("SELECT set_config('risk_map.relocating', 'on', true)");
  for (const child of [
    'level_periods',
    'assessments',
    'control_measures',
    'hazard_sources',
    'lifecycle_changes',
  ]) {
    await trx.raw(
      'DELETE FROM ?? c USING demo_points d WHERE c.city_code = d.city_code AND c.risk_point_id = d.id',
      [child],
    );
  }
  await trx.raw("SELECT set_config('risk_map.relocating', 'off', true)");
  await trx.raw('DELETE FROM risk_points rp WHERE rp.demo');
  await trx.raw('DELETE FROM enterprises e WHERE e.demo');
  await trx.raw('SELECT refresh_points((SELECT array_agg(d.id) FROM demo_points d))');
  await trx.raw('SELECT refresh_enterprises((SELECT array_agg(d.id) FROM demo_enterprises d))');
  await trx.raw('DROP TABLE demo_points, demo_enterprises');
  await trx('demo_sets').delete();
}

/** Everything but assessments; region and city are found by the database. Returns the city of each risk point. */
export async function insertDemoRegister(
  trx: Knex.Transaction,
  rows: Omit<DemoRows, 'assessments'>,
): Promise<ReadonlyMap<string, string>> {
  await insertEnterprises(trx, rows.enterprises);
  await insertRiskPoints(trx, rows.riskPoints);
  await insertChildren(trx, rows);
  const points = await trx('risk_points as rp')
    .select<{ id: string; city_code: string }[]>('rp.id', 'rp.city_code')
    .where('rp.demo', true);
  return new Map(points.map((row) => [row.id, row.city_code]));
}

async function insertEnterprises(
  trx: Knex.Transaction,
  rows: DemoRows['enterprises'],
): Promise<void> {
  await trx.raw(
    `INSERT INTO enterprises (id, name_zh, name_en, lifecycle, fields, industry, address, principal_post, given_region,
       geom, demo)
     SELECT r.id, r."nameZh", r."nameEn", r.lifecycle, ARRAY(SELECT jsonb_array_elements_text(r.fields)), r.gbt4754,
       r.address, r."principalPost", r."cityCode", ST_SetSRID(ST_MakePoint(r.lon, r.lat), 4326), true
     FROM jsonb_to_recordset(?::jsonb) AS r(id uuid, "nameZh" text, "nameEn" text, lifecycle text, fields jsonb,
       gbt4754 text, address text, "principalPost" jsonb, "cityCode" text, lon float8, lat float8)`,
    [JSON.stringify(rows)],
  );
}

async function insertRiskPoints(
  trx: Knex.Transaction,
  rows: DemoRows['riskPoints'],
): Promise<void> {
  await trx.raw(
    `INSERT INTO risk_points (id, enterprise_id, enterprise_city_code, code, name_zh, name_en, kind, lifecycle, fields,
       control_level, department, post, given_region, geom, exists_from, demo)
     SELECT r.id, r."enterpriseId", e.city_code, r.code, r."nameZh", r."nameEn", r.kind, r.lifecycle,
       ARRAY(SELECT jsonb_array_elements_text(r.fields)), r."controlLevel", r."responsibleDept",
       r."responsiblePost", r."cityCode", ST_SetSRID(ST_GeomFromGeoJSON(r.geometry::text), 4326), r."existsFrom", true
     FROM jsonb_to_recordset(?::jsonb) AS r(id uuid, "enterpriseId" uuid, code text, "nameZh" text, "nameEn" text,
       kind text, lifecycle text, fields jsonb, "controlLevel" text, "responsibleDept" jsonb, "responsiblePost" jsonb,
       "cityCode" text, geometry jsonb, "existsFrom" timestamptz)
     LEFT JOIN enterprises e ON e.id = r."enterpriseId"`,
    [JSON.stringify(rows)],
  );
}

async function insertChildren(
  trx: Knex.Transaction,
  rows: Omit<DemoRows, 'assessments'>,
): Promise<void> {
  const changes = rows.riskPoints.flatMap((point) =>
    point.lifecycleChanges.map((change) => ({ riskPointId: point.id, ...change })),
  );
  await trx.raw(
    `INSERT INTO lifecycle_changes (city_code, risk_point_id, at, lifecycle)
     SELECT rp.city_code, rp.id, r.at, r.lifecycle
     FROM jsonb_to_recordset(?::jsonb) AS r("riskPointId" uuid, at timestamptz, lifecycle text)
     JOIN risk_points rp ON rp.id = r."riskPointId"`,
    [JSON.stringify(changes)],
  );
  await trx.raw(
    `INSERT INTO hazard_sources (city_code, id, risk_point_id, name_zh, name_en, kind, accident_types, demo)
     SELECT rp.city_code, r.id, rp.id, r."nameZh", r."nameEn", r.kind, r."accidentTypes", true
     FROM jsonb_to_recordset(?::jsonb) AS r(id uuid, "riskPointId" uuid, "nameZh" text, "nameEn" text, kind text,
       "accidentTypes" jsonb)
     JOIN risk_points rp ON rp.id = r."riskPointId"`,
    [JSON.stringify(rows.hazardSources)],
  );
  await trx.raw(
    `INSERT INTO control_measures (city_code, id, risk_point_id, hazard_source_id, kind, text_zh, text_en)
     SELECT rp.city_code, r.id, rp.id, r."hazardSourceId", r.kind, r."textZh", r."textEn"
     FROM jsonb_to_recordset(?::jsonb) AS r(id uuid, "riskPointId" uuid, "hazardSourceId" uuid, kind text, "textZh" text,
       "textEn" text)
     JOIN risk_points rp ON rp.id = r."riskPointId"`,
    [JSON.stringify(rows.measures)],
  );
}
