import { readFile } from 'node:fs/promises';
import type { Knex } from 'knex';
import { parse } from 'csv-parse/sync';

/**
 * Adds the supervising units of a CSV file (columns name_zh, name_en, kind, code, lon, lat; rows of kind
 * `jurisdiction`) that are not there by name. They have a label point (WGS 84) and no area until one is loaded.
 */
export async function seedJurisdictions(
  trx: Knex.Transaction,
  file: string,
  source: string,
): Promise<void> {
  const rows = parse(await readFile(file, 'utf8'), { columns: true }) as readonly Record<
    string,
    string
  >[];
  const units = rows.filter((row) => row['kind'] === 'jurisdiction');
  await trx.raw(
    `INSERT INTO jurisdictions (id, code, kind, names, label, source)
     SELECT gen_random_uuid(), NULLIF(r.code, ''), CASE WHEN r.code = '' THEN 'development_zone' ELSE 'county_level_city' END,
       jsonb_build_object('zh', r.name_zh, 'en', NULLIF(r.name_en, '')),
       ST_SetSRID(ST_MakePoint(r.lon::float8, r.lat::float8), 4326), ?
     FROM jsonb_to_recordset(?::jsonb) AS r(code text, name_zh text, name_en text, lon text, lat text)
     WHERE NOT EXISTS (SELECT 1 FROM jurisdictions j WHERE j.names ->> 'zh' = r.name_zh)`,
    [source, JSON.stringify(units)],
  );
}
