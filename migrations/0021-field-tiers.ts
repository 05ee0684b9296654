import { sqlMigration } from './migration.ts';
import { FIELD_TIERS, PUBLIC_RELATIONS } from './0021-field-tiers-list.ts';

const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter(Boolean);

const ROWS = Object.entries(FIELD_TIERS).flatMap(([relation, tiers]) =>
  Object.entries(tiers).flatMap(([tier, columns]) =>
    wordsOf(columns).map(
      (field) => `('${relation}', '${field}', '${tier}', ${tier === 'restricted'})`,
    ),
  ),
);

const PUBLIC_ROWS = `
  SELECT c.relname, a.attname, 'public', false FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
    AND c.relname IN (${PUBLIC_RELATIONS.map((name) => `'${name}'`).join(', ')})`;

/** As the row policies have it: each setting is read once for a statement, and the dearer tests come last. */
const inScope = (row: string, enterprise: string): string => `((SELECT scope_all('risk.restricted'))
      OR jsonb_exists((SELECT scope_open('risk.restricted')), ${row}.city_code)
      OR COALESCE(jsonb_exists((SELECT scope_open('risk.restricted')), ${row}.region), false)
      OR ((SELECT scope_parts('risk.restricted')) IS NOT NULL AND in_scope_part((SELECT scope_parts('risk.restricted')),
        ${row}.city_code, ${row}.region, ${row}.jurisdiction_id, ${row}.fields, ${enterprise})))`;

const ofPoints = (link: string): string =>
  `EXISTS (SELECT FROM public.risk_points p WHERE ${link} AND ${inScope('p', 'p.enterprise_id')})`;

/** So that nothing is looked up for somebody who works on no row. */
const WORKS = `((SELECT scope_open('risk.restricted')) <> '{}' OR (SELECT scope_parts('risk.restricted')) IS NOT NULL)`;

/**
 * Tables with columns that can be restricted, and whether a row is one that the caller works on: the policies by which
 * rows are seen, for the other scope. Whoever works on a point works on its enterprise, wherever that has its seat.
 */
const MASKED = {
  enterprises: `(${inScope('x', 'x.id')} OR ${WORKS}
      AND ${ofPoints('p.enterprise_city_code = x.city_code AND p.enterprise_id = x.id')})`,
  risk_points: inScope('x', 'x.enterprise_id'),
  hazard_sources: `((SELECT scope_all('risk.restricted'))
      OR jsonb_exists((SELECT scope_open('risk.restricted')), x.city_code)
      OR ${WORKS} AND ${ofPoints('p.city_code = x.city_code AND p.id = x.risk_point_id')})`,
  // By an expression the index of these codes could not be used: who works on some rows only finds none by them.
  search_entries: 'false',
} as const;

/** What stands for a value that is not told; a jsonb column that is never null stays so. */
const INSTEAD: Readonly<Record<string, string>> = { attributes: ` ELSE '{}'::jsonb` };

const told = (table: string, column: string, isWorkedOn: string): string =>
  isWorkedOn === 'false'
    ? `NULL::text COLLATE "C" AS ${column}`
    : `CASE WHEN (SELECT t.tier <> 'restricted' FROM public.field_tiers t
        WHERE t.relation = '${table}' AND t.field = '${column}')
      OR ${isWorkedOn} THEN x.${column}${INSTEAD[column] ?? ''} END AS ${column}`;

/** The view is made of the table's own columns in their order: the list here says only which of them are masked. */
const maskedView = (table: keyof typeof MASKED): string => {
  const columns = wordsOf(FIELD_TIERS[table]?.restricted ?? '');
  const entries = columns.map(
    (column) => `'${column}', $told$${told(table, column, MASKED[table])}$told$`,
  );
  return `
  DO $$
  DECLARE
    columns text;
  BEGIN
    SELECT string_agg(COALESCE(m.masks ->> a.attname, format('x.%I', a.attname)), ', ' ORDER BY a.attnum) INTO columns
    FROM pg_attribute a CROSS JOIN (SELECT jsonb_build_object(${entries.join(', ')}) AS masks) AS m
    WHERE a.attrelid = 'public.${table}'::regclass AND a.attnum > 0 AND NOT a.attisdropped;
    EXECUTE format('CREATE VIEW masked.${table} WITH (security_invoker = true) AS SELECT %s FROM public.${table} x', columns);
  END $$;
  GRANT SELECT ON masked.${table} TO risk_app;`;
};

/**
 * Each field belongs to a tier, and the table of tiers is data. What is restricted is told only in rows where the
 * caller has the permission `register.restricted`: the reads of everybody else run with the schema `masked` before the
 * other, so that the same statements read views that leave these values out (server/db/scope.ts). Whoever adds a column
 * to one of these tables gives it a tier and makes its view anew.
 */
export const fieldTiers = sqlMigration(
  '0021-field-tiers',
  `
  CREATE TABLE field_tiers (
    relation text NOT NULL,
    field text NOT NULL,
    tier text NOT NULL CHECK (tier IN ('public', 'on-site', 'on-request', 'internal', 'restricted')),
    -- Whether a view of the schema masked can leave it out: no other field may be called restricted.
    is_masked boolean NOT NULL,
    PRIMARY KEY (relation, field),
    CHECK (tier <> 'restricted' OR is_masked)
  );
  INSERT INTO field_tiers (relation, field, tier, is_masked) VALUES
    ${ROWS.join(',\n    ')};
  INSERT INTO field_tiers (relation, field, tier, is_masked) ${PUBLIC_ROWS};
  GRANT SELECT ON field_tiers TO risk_app;

  -- Whether the caller works on a risk point, on an enterprise.
  CREATE FUNCTION point_told(city text, region text, jurisdiction uuid, fields text[], enterprise uuid) RETURNS boolean
  LANGUAGE sql STABLE AS $$
    SELECT scope_all('risk.restricted') OR jsonb_exists(scope_open('risk.restricted'), city)
      OR COALESCE(jsonb_exists(scope_open('risk.restricted'), region), false)
      OR COALESCE(in_scope_part(scope_parts('risk.restricted'), city, region, jurisdiction, fields, enterprise), false)
  $$;
  CREATE FUNCTION enterprise_told(city text, region text, jurisdiction uuid, fields text[], enterprise uuid)
  RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT point_told(city, region, jurisdiction, fields, enterprise) OR EXISTS (
      SELECT FROM public.risk_points p WHERE p.enterprise_city_code = city AND p.enterprise_id = enterprise
        AND point_told(p.city_code, p.region, p.jurisdiction_id, p.fields, p.enterprise_id))
  $$;

  -- Fields of a row that the caller is not told.
  CREATE FUNCTION withheld_fields(given_relation text, is_told boolean) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT ARRAY(SELECT t.field FROM public.field_tiers t
      WHERE NOT is_told AND t.relation = given_relation AND t.tier = 'restricted' ORDER BY t.field COLLATE "C")
  $$;

  CREATE SCHEMA masked;
  GRANT USAGE ON SCHEMA masked TO risk_app;
  ${(Object.keys(MASKED) as (keyof typeof MASKED)[]).map(maskedView).join('')}
  `,
  `
  DROP SCHEMA masked CASCADE;
  DROP FUNCTION withheld_fields(text, boolean);
  DROP FUNCTION enterprise_told(text, text, uuid, text[], uuid);
  DROP FUNCTION point_told(text, text, uuid, text[], uuid);
  DROP TABLE field_tiers;
  `,
);
