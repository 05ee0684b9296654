import { sqlMigration } from './migration.ts';

/** Columns of a row that say who may see it, as in the migration `rowPolicies`. */
type Columns = { readonly region: string; readonly enterprise: string };

const LOCATED = {
  enterprises: { region: 'region', enterprise: 'enterprises.id' },
  risk_points: { region: 'region', enterprise: 'risk_points.enterprise_id' },
  point_states: { region: 'region', enterprise: 'point_states.enterprise_id' },
  subject_states: { region: 'region', enterprise: 'enterprise_of(kind, subject_id)' },
  summary_cells: { region: 'region', enterprise: 'NULL::uuid' },
} satisfies Readonly<Record<string, Columns>>;

const READ = `'risk.read'`;
const of = (part: string): string => `(SELECT scope_part(${READ}) ${part})`;

/** The conditions of the first part, each a look-up in what was read once for the statement. */
const inFirst = (
  row: string,
  { region, enterprise }: Columns,
): string => `((SELECT scope_part(${READ})) IS NOT NULL
      AND (${of(`-> 'open' = 'null'`)} OR jsonb_exists(${of(`-> 'open'`)}, ${row}.city_code)
        OR jsonb_exists(${of(`-> 'open'`)}, ${row}.${region})
        OR jsonb_exists(${of(`-> 'jurisdictions'`)}, ${row}.jurisdiction_id::text))
      AND ((SELECT scope_part_fields(${READ})) IS NULL OR ${row}.fields && (SELECT scope_part_fields(${READ})))
      AND ((SELECT (scope_part(${READ}) ->> 'enterprise')::uuid) IS NULL
        OR ${enterprise} = (SELECT (scope_part(${READ}) ->> 'enterprise')::uuid)))`;

const inParts = (parts: string, row: string, { region, enterprise }: Columns): string =>
  `((SELECT ${parts}(${READ})) IS NOT NULL AND in_scope_part((SELECT ${parts}(${READ})),
      ${row}.city_code, ${row}.${region}, ${row}.jurisdiction_id, ${row}.fields, ${enterprise}))`;

const isOpen = (row: string, { region }: Columns): string => `(SELECT scope_all(${READ}))
      OR jsonb_exists((SELECT scope_open(${READ})), ${row}.city_code)
      OR jsonb_exists((SELECT scope_open(${READ})), ${row}.${region})`;

const OWNER_OF_SEEN = ` OR EXISTS (SELECT FROM risk_points p
      WHERE p.enterprise_city_code = enterprises.city_code AND p.enterprise_id = enterprises.id)`;

const seen = (test: (row: string, columns: Columns) => string): string =>
  Object.entries(LOCATED)
    .map(
      ([table, columns]) => `
  ALTER POLICY seen ON ${table} USING (((${isOpen(table, columns)} OR ${test(table, columns)}))${
    table === 'enterprises' ? OWNER_OF_SEEN : ''
  });`,
    )
    .join('');

/** A row is in a part when its region or jurisdiction is, it has one of the part's fields, and it is of its enterprise. */
const inScopePart = (loop: string, first: string): string => `
  CREATE OR REPLACE FUNCTION in_scope_part(parts jsonb, city text, region text, jurisdiction uuid, row_fields text[],
    enterprise uuid) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
  DECLARE
    part jsonb;
    open jsonb;
  BEGIN
    FOR ${loop} LOOP
      ${first}open := part -> 'open';
      IF (open = 'null' OR jsonb_exists(open, city) OR COALESCE(jsonb_exists(open, region), false)
          OR COALESCE(jsonb_exists(part -> 'jurisdictions', jurisdiction::text), false))
        AND (part -> 'fields' = 'null' OR COALESCE(jsonb_exists_any(part -> 'fields', row_fields), false))
        AND (part -> 'enterprise' = 'null' OR COALESCE(part ->> 'enterprise' = enterprise::text, false))
      THEN
        RETURN true;
      END IF;
    END LOOP;
    RETURN false;
  END $$;`;

/**
 * Nearly everybody whose scope is limited to fields, jurisdictions or an enterprise has one such part. A function call
 * for each row made their densest tiles six times as dear as those of somebody who sees everything; now the first part
 * is tested in the policy itself, and only further ones by the function, which loops without a cursor.
 */
export const firstPart = sqlMigration(
  '0023-first-part',
  `
  CREATE FUNCTION scope_part(setting text) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT scope_parts(setting) -> 0
  $$;
  CREATE FUNCTION scope_part_fields(setting text) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN jsonb_typeof(scope_part(setting) -> 'fields') = 'array'
      THEN ARRAY(SELECT jsonb_array_elements_text(scope_part(setting) -> 'fields')) END
  $$;
  CREATE FUNCTION scope_other_parts(setting text) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT NULLIF(scope_parts(setting) - 0, '[]')
  $$;
  ${inScopePart('at IN 0 .. COALESCE(jsonb_array_length(parts), 0) - 1', 'part := parts -> at;\n      ')}
  ${seen((row, columns) => `${inFirst(row, columns)}\n      OR ${inParts('scope_other_parts', row, columns)}`)}
  `,
  `
  ${seen((row, columns) => inParts('scope_parts', row, columns))}
  ${inScopePart('part IN SELECT e.value FROM jsonb_array_elements(parts) AS e', '')}
  DROP FUNCTION scope_other_parts(text);
  DROP FUNCTION scope_part_fields(text);
  DROP FUNCTION scope_part(text);
  `,
);
