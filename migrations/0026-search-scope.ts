import { ENTRY_TRIGGERS, NO_ENTRY_TRIGGERS } from './0012-search-triggers.ts';
import { SCOPED_ENTRIES, SCOPED_SOURCES } from './0026-search-triggers.ts';
import { sqlMigration } from './migration.ts';

const READ = `'risk.read'`;

/** The policy of risk points, for the columns here; an enterprise is seen with its points, wherever it has its seat. */
const SEEN = `kind IN (1, 2, 6) OR (SELECT scope_all(${READ}))
      OR jsonb_exists((SELECT scope_open(${READ})), search_entries.city_code)
      OR jsonb_exists((SELECT scope_open(${READ})), search_entries.region)
      OR EXISTS (SELECT FROM scope_limits(${READ}) AS part
        WHERE (part.fields IS NULL OR part.fields && search_entries.fields)
          AND (part.anywhere OR jsonb_exists(part.open, search_entries.city_code)
            OR jsonb_exists(part.open, search_entries.region)
            OR jsonb_exists(part.jurisdictions, search_entries.jurisdiction_id::text))
          AND (part.enterprises IS NULL OR search_entries.enterprise_id = ANY (part.enterprises)))
      OR kind = 3 AND EXISTS (SELECT FROM risk_points p
        WHERE p.enterprise_city_code = search_entries.city_code AND p.enterprise_id = search_entries.enterprise_id)`;

const seenIn = (table: string): string =>
  `EXISTS (SELECT FROM ${table} x WHERE x.city_code = search_entries.city_code AND x.id = search_entries.ref::uuid)`;

const SEEN_BEFORE = `kind IN (1, 2, 6) OR (SELECT scope_all(${READ}))
      OR jsonb_exists((SELECT scope_open(${READ})), search_entries.city_code)
      OR jsonb_exists((SELECT scope_open(${READ})), search_entries.region)
      OR CASE kind WHEN 3 THEN ${seenIn('enterprises')} WHEN 4 THEN ${seenIn('risk_points')}
        WHEN 5 THEN ${seenIn('hazard_sources')} ELSE false END`;

const SOURCES_OF_POINTS = `
  -- Hazard sources lie where their point does. Executed as text, so that it is planned for the rows of each call: a plan
  -- that is kept from a large import would read all entries for a single edit.
  CREATE FUNCTION search_sources_of_points() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    EXECUTE 'UPDATE search_entries AS t SET (region, jurisdiction_id, fields, enterprise_id)
        = ROW (p.region, p.jurisdiction_id, p.fields, p.enterprise_id)
      FROM (SELECT n.city_code, n.id, n.region, n.jurisdiction_id, n.fields, n.enterprise_id FROM new_rows n
        EXCEPT SELECT o.city_code, o.id, o.region, o.jurisdiction_id, o.fields, o.enterprise_id FROM old_rows o) AS p
      JOIN hazard_sources h ON h.city_code = p.city_code AND h.risk_point_id = p.id
      WHERE t.city_code = h.city_code AND t.kind = 5 AND t.ref = h.id::text';
    RETURN NULL;
  END $$;
  CREATE TRIGGER risk_points_search_sources AFTER UPDATE ON risk_points
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION search_sources_of_points();`;

const FILL = SCOPED_SOURCES.map(
  ({ table, rows }) => `
  UPDATE search_entries AS t SET (region, jurisdiction_id, fields, enterprise_id)
      = ROW (s.region, s.jurisdiction_id, s.fields, s.enterprise_id)
    FROM (${rows(table)}) AS s WHERE t.city_code = s.city_code AND t.kind = s.kind AND t.ref = s.ref;`,
).join('');

/** The index is made anew: changed row by row it would stay twice as large. */
const withoutIndex = (work: string): string => `
  DROP INDEX search_entries_grams;
  ${work}
  CREATE INDEX search_entries_grams ON search_entries
    USING gin (search_grams(kind, severity, city_code, doc, initials));`;

const view = (more: string): string => `
  CREATE VIEW masked.search_entries WITH (security_invoker = true) AS
    SELECT x.city_code, x.kind, x.ref, x.region, x.severity, x.doc, x.initials, x.code,
      NULL::text COLLATE "C" AS source_code${more} FROM public.search_entries x;
  GRANT SELECT ON masked.search_entries TO risk_app;`;

const ADDED = ['jurisdiction_id', 'fields', 'enterprise_id'] as const;
const each = (write: (column: string) => string, between = ', '): string =>
  ADDED.map(write).join(between);

/**
 * Whether an entry may be seen was asked of the row that it stands for: the policies of three tables in each of the
 * hundred statements of a search, and a look-up for each entry of whoever is limited. Entries say it themselves now.
 */
export const searchScope = sqlMigration(
  '0026-search-scope',
  `
  ALTER TABLE search_entries ADD jurisdiction_id uuid, ADD fields text[], ADD enterprise_id uuid;
  INSERT INTO field_tiers (relation, field, tier, is_masked) VALUES
    ${each((column) => `('search_entries', '${column}', 'internal', false)`)};
  ${withoutIndex(FILL)}
  ${SCOPED_ENTRIES}
  ${SOURCES_OF_POINTS}
  DROP VIEW masked.search_entries;${view(each((column) => `, x.${column}`, ''))}
  ALTER POLICY seen ON search_entries USING (${SEEN});
  `,
  `
  ALTER POLICY seen ON search_entries USING (${SEEN_BEFORE});
  DROP VIEW masked.search_entries;${view('')}
  DROP TRIGGER risk_points_search_sources ON risk_points;
  DROP FUNCTION search_sources_of_points();
  ${NO_ENTRY_TRIGGERS}
  ${ENTRY_TRIGGERS}
  DELETE FROM field_tiers WHERE relation = 'search_entries' AND field IN (${each((column) => `'${column}'`)});
  ALTER TABLE search_entries ${each((column) => `DROP ${column}`)};
  ${withoutIndex('UPDATE search_entries SET region = NULL WHERE kind = 5;')}
  `,
);
