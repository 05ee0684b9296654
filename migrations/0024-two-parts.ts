import type { Migration } from './migration.ts';
import { firstPart } from './0023-first-part.ts';
import { EACH_PART, inScopePart, seenByFunction, seenByParts } from './scope-policies.ts';
import type { InlinePart } from './scope-policies.ts';

/** Parts that are tested in the policies themselves. */
const INLINE = 2;

const inline = (at: number): InlinePart => {
  const enterprises = `scope_part_enterprises('risk.read', ${at})`;
  return {
    part: `scope_part('risk.read', ${at})`,
    fields: `scope_part_fields('risk.read', ${at})`,
    isFieldsFirst: true,
    ofEnterprise: (enterprise) =>
      `((SELECT ${enterprises}) IS NULL OR ${enterprise} = ANY ((SELECT ${enterprises})::uuid[]))`,
  };
};

const SOME_ENTERPRISES = `(part -> 'enterprises' = 'null'
          OR COALESCE(jsonb_exists(part -> 'enterprises', enterprise::text), false))`;

/**
 * A part names several enterprises, so that whoever works for three of them has one part, and the second part is tested
 * in the policies too: few callers have parts for which a function is asked about each row. A part that does not say
 * of which enterprises it is gives no row.
 */
export const twoParts: Migration = {
  name: '0024-two-parts',
  up: async (trx) => {
    await trx.raw(`
      CREATE FUNCTION scope_part(setting text, at int) RETURNS jsonb LANGUAGE sql STABLE AS $$
        SELECT scope_parts(setting) -> at
      $$;
      CREATE FUNCTION scope_part_fields(setting text, at int) RETURNS text[] LANGUAGE sql STABLE AS $$
        SELECT CASE WHEN jsonb_typeof(scope_part(setting, at) -> 'fields') = 'array'
          THEN ARRAY(SELECT jsonb_array_elements_text(scope_part(setting, at) -> 'fields')) END
      $$;
      CREATE FUNCTION scope_part_enterprises(setting text, at int) RETURNS uuid[] LANGUAGE sql STABLE AS $$
        SELECT CASE jsonb_typeof(scope_part(setting, at) -> 'enterprises') WHEN 'null' THEN NULL
          WHEN 'array' THEN ARRAY(SELECT jsonb_array_elements_text(scope_part(setting, at) -> 'enterprises')::uuid)
          ELSE '{}' END
      $$;
      CREATE FUNCTION scope_further_parts(setting text) RETURNS jsonb LANGUAGE sql STABLE AS $$
        SELECT NULLIF(scope_parts(setting)${' - 0'.repeat(INLINE)}, '[]')
      $$;
      ${inScopePart(...EACH_PART, SOME_ENTERPRISES)}
      ${seenByParts(
        Array.from({ length: INLINE }, (_, at) => inline(at)),
        `scope_further_parts('risk.read')`,
      )}
      DROP FUNCTION scope_other_parts(text);
      DROP FUNCTION scope_part_fields(text);
      DROP FUNCTION scope_part(text);`);
  },
  down: async (trx) => {
    await trx.raw(`
      ${seenByFunction()}
      DROP FUNCTION scope_further_parts(text);
      DROP FUNCTION scope_part_enterprises(text, int);
      DROP FUNCTION scope_part_fields(text, int);
      DROP FUNCTION scope_part(text, int);`);
    await firstPart.up(trx);
  },
};
