import { inlineParts } from './0024-inline-parts.ts';
import type { Migration } from './migration.ts';

/** Tables of the register whose rows say themselves where they belong, and the enterprise that a row is of. */
const LOCATED = {
  enterprises: 'enterprises.id',
  risk_points: 'risk_points.enterprise_id',
} as const;

const READ = `'risk.read'`;

/**
 * Whether a row is in one of the parts. The field comes first: it is the cheaper question, and spares the others for
 * rows of other fields.
 */
const inParts = (row: string, enterprise: string): string => `EXISTS (
      SELECT FROM scope_limits(${READ}) AS part
      WHERE (part.fields IS NULL OR part.fields && ${row}.fields)
        AND (part.anywhere OR jsonb_exists(part.open, ${row}.city_code) OR jsonb_exists(part.open, ${row}.region)
          OR jsonb_exists(part.jurisdictions, ${row}.jurisdiction_id::text))
        AND (part.enterprises IS NULL OR ${enterprise} = ANY (part.enterprises)))`;

const isOpen = (row: string): string => `(SELECT scope_all(${READ}))
      OR jsonb_exists((SELECT scope_open(${READ})), ${row}.city_code)
      OR jsonb_exists((SELECT scope_open(${READ})), ${row}.region)`;

const OWNER_OF_SEEN = ` OR EXISTS (SELECT FROM risk_points p
      WHERE p.enterprise_city_code = enterprises.city_code AND p.enterprise_id = enterprises.id)`;

const SEEN = Object.entries(LOCATED)
  .map(
    ([table, enterprise]) => `
  ALTER POLICY seen ON ${table} USING (${isOpen(table)}
    OR ${inParts(table, enterprise)}${table === 'enterprises' ? OWNER_OF_SEEN : ''});`,
  )
  .join('');

/** Tables whose rows are seen with the risk point that they belong to: its own policy holds in theirs. */
const OF_POINTS = [
  'hazard_sources',
  'control_measures',
  'assessments',
  'level_periods',
  'lifecycle_changes',
] as const;

const seenWithPoint = (further = ''): string =>
  OF_POINTS.map(
    (table) => `
  ALTER POLICY seen ON ${table} USING ((SELECT scope_all(${READ}))
    OR jsonb_exists((SELECT scope_open(${READ})), ${table}.city_code)
    OR EXISTS (SELECT FROM risk_points p
      WHERE p.city_code = ${table}.city_code AND p.id = ${table}.risk_point_id${further}));`,
  ).join('');

/** What they asked of the point besides, though its own policy asks it anyway. */
const ASKED_BEFORE = ` AND (${isOpen('p')}
        OR ((SELECT scope_parts(${READ})) IS NOT NULL AND in_scope_part((SELECT scope_parts(${READ})),
          p.city_code, p.region, p.jurisdiction_id, p.fields, p.enterprise_id)))`;

/** A list of a part, null for no limit; where the part does not say it, nothing is in the list. */
const listOf = (member: string, type: string): string => `
      CASE jsonb_typeof(given -> '${member}') WHEN 'null' THEN NULL
        WHEN 'array' THEN ARRAY(SELECT jsonb_array_elements_text(given -> '${member}')::${type}) ELSE '{}' END`;

const UP = `
  -- The parts of a scope, one row each: a row of a table is in a part when its region or jurisdiction is, it has one of
  -- the part's fields, and it is of one of its enterprises. In plpgsql, so that it is not written into the statement
  -- that asks: it is called once for each table that a statement names, and its rows are kept.
  CREATE FUNCTION scope_limits(setting text)
    RETURNS TABLE (fields text[], anywhere boolean, open jsonb, jurisdictions jsonb, enterprises uuid[])
  LANGUAGE plpgsql STABLE ROWS 2 AS $$
  BEGIN
    RETURN QUERY SELECT ${listOf('fields', 'text')},
      COALESCE(given -> 'open' = 'null', false),
      given -> 'open',
      given -> 'jurisdictions',
      ${listOf('enterprises', 'uuid')}
    FROM jsonb_array_elements(scope_parts(setting)) AS p(given);
  END $$;
  ${SEEN}
  ${seenWithPoint()}`;

/**
 * Each part that the policies test themselves costs every statement a dozen sub-selects to plan and to begin, whoever
 * asks. The tables of the map, of which a tile reads thousands of rows, keep them. Of the register many statements read a
 * few rows: there the parts are rows, read once for a table, and the policy is as short however many there are.
 */
export const partsAsRows: Migration = {
  name: '0025-parts-as-rows',
  up: async (trx) => {
    await trx.raw(UP);
  },
  down: async (trx) => {
    await inlineParts.down(trx);
    await inlineParts.up(trx);
    await trx.raw(`${seenWithPoint(ASKED_BEFORE)}\n      DROP FUNCTION scope_limits(text)`);
  },
};
