import { firstPart } from './0023-first-part.ts';
import type { Migration } from './migration.ts';

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
const IN_SCOPE_PART = `
  CREATE OR REPLACE FUNCTION in_scope_part(parts jsonb, city text, region text, jurisdiction uuid, row_fields text[],
    enterprise uuid) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
  DECLARE
    part jsonb;
    open jsonb;
  BEGIN
    FOR at IN 0 .. COALESCE(jsonb_array_length(parts), 0) - 1 LOOP
      part := parts -> at;
      open := part -> 'open';
      IF (open = 'null' OR jsonb_exists(open, city) OR COALESCE(jsonb_exists(open, region), false)
          OR COALESCE(jsonb_exists(part -> 'jurisdictions', jurisdiction::text), false))
        AND (part -> 'fields' = 'null' OR COALESCE(jsonb_exists_any(part -> 'fields', row_fields), false))
        AND (part -> 'enterprises' = 'null'
          OR COALESCE(jsonb_exists(part -> 'enterprises', enterprise::text), false))
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

const UP = `
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
  ${IN_SCOPE_PART}
  ${seen((row, columns) =>
    [
      ...INLINE.map((at) => inPart(at, row, columns)),
      inParts('scope_further_parts', row, columns),
    ].join('\n      OR '),
  )}
  DROP FUNCTION scope_other_parts(text);
  DROP FUNCTION scope_part_fields(text);
  DROP FUNCTION scope_part(text);`;

const DOWN = `
  ${seen((row, columns) => inParts('scope_parts', row, columns))}
  DROP FUNCTION scope_further_parts(text);
  DROP FUNCTION scope_part_enterprises(text, int);
  DROP FUNCTION scope_part_fields(text, int);
  DROP FUNCTION scope_part(text, int);`;

/** A part in the words of this migration has no `enterprise`: the earlier policies would take that for no limit. */
const SHUT = `
  CREATE OR REPLACE FUNCTION scope_part(setting text) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN jsonb_exists(scope_parts(setting) -> 0, 'enterprise') THEN scope_parts(setting) -> 0 END
  $$`;

/**
 * Whoever has two parts that do not come to one asked a function about each row: three times as dear in the densest
 * tiles as seeing everything. Two parts are tested in the policies themselves now, and a part names several enterprises,
 * so that whoever works for three of them has one part.
 */
export const inlineParts: Migration = {
  name: '0024-inline-parts',
  up: async (trx) => {
    await trx.raw(UP);
  },
  down: async (trx) => {
    await trx.raw(DOWN);
    await firstPart.up(trx);
    await trx.raw(SHUT);
  },
};
