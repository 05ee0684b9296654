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
/** Parts that are tested in the policies themselves. */
const INLINE = [0, 1] as const;

/**
 * The conditions of one part, each a look-up in what was read once for the statement. The field comes first: it is the
 * cheaper question, and spares the others for rows of other fields.
 */
const inPart = (at: number, row: string, { region, enterprise }: Columns): string => {
  const part = (member = ''): string => `(SELECT scope_part(${READ}, ${at})${member})`;
  const fields = `(SELECT scope_part_fields(${READ}, ${at}))`;
  const enterprises = `(SELECT scope_part_enterprises(${READ}, ${at}))`;
  return `(${part()} IS NOT NULL
      AND (${fields} IS NULL OR ${row}.fields && ${fields})
      AND (${part(` -> 'open' = 'null'`)} OR jsonb_exists(${part(` -> 'open'`)}, ${row}.city_code)
        OR jsonb_exists(${part(` -> 'open'`)}, ${row}.${region})
        OR jsonb_exists(${part(` -> 'jurisdictions'`)}, ${row}.jurisdiction_id::text))
      AND (${enterprises} IS NULL OR ${enterprise} = ANY (${enterprises}::uuid[])))`;
};

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

/** A row is in a part when its region or jurisdiction is, it has one of the part's fields, and it is of its enterprises. */
const inScopePart = (loop: string, first: string, ofEnterprise: string): string => `
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
        AND ${ofEnterprise}
      THEN
        RETURN true;
      END IF;
    END LOOP;
    RETURN false;
  END $$;`;

/** A list of a part, null for no limit; where the part does not say it, nothing is in the list. */
const listOf = (member: string, type: string): string => `
    SELECT CASE jsonb_typeof(scope_part(setting, at) -> '${member}') WHEN 'null' THEN NULL
      WHEN 'array' THEN ARRAY(SELECT jsonb_array_elements_text(scope_part(setting, at) -> '${member}')::${type})
      ELSE '{}' END`;

/**
 * Nearly everybody whose scope is limited to fields, jurisdictions or enterprises has one or two such parts. A function
 * call for each row made their densest tiles six times as dear as those of somebody who sees everything; now two parts
 * are tested in the policies themselves, and only further ones by the function, which loops without a cursor. A part
 * names several enterprises, so that whoever works for three of them has one part.
 */
export const inlineParts = sqlMigration(
  '0023-inline-parts',
  `
  CREATE FUNCTION scope_part(setting text, at int) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT scope_parts(setting) -> at
  $$;
  CREATE FUNCTION scope_part_fields(setting text, at int) RETURNS text[] LANGUAGE sql STABLE AS $$${listOf('fields', 'text')}
  $$;
  CREATE FUNCTION scope_part_enterprises(setting text, at int) RETURNS uuid[] LANGUAGE sql STABLE AS $$${listOf('enterprises', 'uuid')}
  $$;
  CREATE FUNCTION scope_further_parts(setting text) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT NULLIF(scope_parts(setting)${INLINE.map(() => ' - 0').join('')}, '[]')
  $$;
  ${inScopePart(
    'at IN 0 .. COALESCE(jsonb_array_length(parts), 0) - 1',
    'part := parts -> at;\n      ',
    `(part -> 'enterprises' = 'null' OR COALESCE(jsonb_exists(part -> 'enterprises', enterprise::text), false))`,
  )}
  ${seen((row, columns) =>
    [
      ...INLINE.map((at) => inPart(at, row, columns)),
      inParts('scope_further_parts', row, columns),
    ].join('\n      OR '),
  )}
  `,
  `
  ${seen((row, columns) => inParts('scope_parts', row, columns))}
  ${inScopePart(
    'part IN SELECT e.value FROM jsonb_array_elements(parts) AS e',
    '',
    `(part -> 'enterprise' = 'null' OR COALESCE(part ->> 'enterprise' = enterprise::text, false))`,
  )}
  DROP FUNCTION scope_further_parts(text);
  DROP FUNCTION scope_part_enterprises(text, int);
  DROP FUNCTION scope_part_fields(text, int);
  DROP FUNCTION scope_part(text, int);
  `,
);
