import { sqlMigration } from './migration.ts';

/** Who may see an entry: columns of the risk point that it stands for or lies in, or of the enterprise. */
const COLUMNS = 'region, jurisdiction_id, fields, enterprise_id';
const OF_POINT = 'p.region, p.jurisdiction_id, p.fields, p.enterprise_id';
const OF_ENTERPRISE = 'x.region, x.jurisdiction_id, x.fields, x.id';
const OF_NEW = 'NEW.region, NEW.jurisdiction_id, NEW.fields, NEW.enterprise_id';

/** Writes them into the entries of one kind; `rows` has the columns city_code and ref besides. */
const put = (kind: number, rows: string): string => `
    UPDATE search_entries AS t SET (${COLUMNS}) = (SELECT s.region, s.jurisdiction_id, s.fields, s.enterprise_id)
    FROM (${rows}) AS s
    WHERE t.city_code = s.city_code AND t.kind = ${kind} AND t.ref = s.ref;`;

const ENTERPRISES = (from: string): string =>
  `SELECT x.city_code, x.id::text AS ref, x.region, x.jurisdiction_id, x.fields, x.id AS enterprise_id FROM ${from} x`;
const POINTS = (from: string): string =>
  `SELECT p.city_code, p.id::text AS ref, ${OF_POINT} FROM ${from} p`;
const SOURCES = (points: string, sources: string): string =>
  `SELECT h.city_code, h.id::text AS ref, ${OF_POINT} FROM ${points} p
      JOIN ${sources} h ON h.city_code = p.city_code AND h.risk_point_id = p.id`;

const changed = (columns: string): string =>
  `(SELECT ${columns} FROM new_rows EXCEPT SELECT ${columns} FROM old_rows)`;

const afterUpdate = (table: string, work: string): string => `
  CREATE FUNCTION search_scope_of_${table}() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN${work}
    RETURN NULL;
  END $$;
  CREATE TRIGGER ${table}_search_scope AFTER UPDATE ON ${table}
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION search_scope_of_${table}();`;

const CHANGED_POINTS = changed('city_code, id, region, jurisdiction_id, fields, enterprise_id');

const TRIGGERS = `
  -- A new entry looks its scope up; what changes the scope of a row changes that of its entries in the same statement.
  CREATE FUNCTION search_scope() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    CASE NEW.kind
      WHEN 3 THEN SELECT ${OF_ENTERPRISE} INTO ${OF_NEW} FROM enterprises x
        WHERE x.city_code = NEW.city_code AND x.id = NEW.ref::uuid;
      WHEN 4 THEN SELECT ${OF_POINT} INTO ${OF_NEW} FROM risk_points p
        WHERE p.city_code = NEW.city_code AND p.id = NEW.ref::uuid;
      WHEN 5 THEN SELECT ${OF_POINT} INTO ${OF_NEW} FROM hazard_sources h
        JOIN risk_points p ON p.city_code = h.city_code AND p.id = h.risk_point_id
        WHERE h.city_code = NEW.city_code AND h.id = NEW.ref::uuid;
      ELSE NULL;
    END CASE;
    RETURN NEW;
  END $$;
  CREATE TRIGGER search_entries_scope BEFORE INSERT ON search_entries
    FOR EACH ROW WHEN (NEW.kind IN (3, 4, 5)) EXECUTE FUNCTION search_scope();
  ${afterUpdate('enterprises', put(3, ENTERPRISES(changed('city_code, id, region, jurisdiction_id, fields'))))}
  ${afterUpdate('risk_points', put(4, POINTS(CHANGED_POINTS)) + put(5, SOURCES(CHANGED_POINTS, 'hazard_sources')))}
  ${afterUpdate('hazard_sources', put(5, SOURCES('risk_points', changed('city_code, id, risk_point_id'))))}`;

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

const view = (more: string): string => `
  CREATE VIEW masked.search_entries WITH (security_invoker = true) AS
    SELECT x.city_code, x.kind, x.ref, x.region, x.severity, x.doc, x.initials, x.code,
      NULL::text COLLATE "C" AS source_code${more} FROM public.search_entries x;
  GRANT SELECT ON masked.search_entries TO risk_app;`;

const ADDED = ['jurisdiction_id', 'fields', 'enterprise_id'] as const;
const TABLES = ['enterprises', 'risk_points', 'hazard_sources'] as const;

/**
 * Whether an entry may be seen was asked of the row that it stands for: the policies of three tables in each of the
 * hundred statements of a search, and a look-up for each entry of whoever is limited. Entries say it themselves now.
 */
export const searchScope = sqlMigration(
  '0026-search-scope',
  `
  ALTER TABLE search_entries ADD jurisdiction_id uuid, ADD fields text[], ADD enterprise_id uuid;
  INSERT INTO field_tiers (relation, field, tier, is_masked) VALUES
    ${ADDED.map((column) => `('search_entries', '${column}', 'internal', false)`).join(', ')};
  ${put(3, ENTERPRISES('enterprises'))}
  ${put(4, POINTS('risk_points'))}
  ${put(5, SOURCES('risk_points', 'hazard_sources'))}
  ${TRIGGERS}
  DROP VIEW masked.search_entries;${view(ADDED.map((column) => `, x.${column}`).join(''))}
  ALTER POLICY seen ON search_entries USING (${SEEN});
  `,
  `
  ALTER POLICY seen ON search_entries USING (${SEEN_BEFORE});
  ${TABLES.map((table) => `DROP TRIGGER ${table}_search_scope ON ${table}; DROP FUNCTION search_scope_of_${table}();`).join('\n  ')}
  DROP TRIGGER search_entries_scope ON search_entries;
  DROP FUNCTION search_scope();
  DELETE FROM field_tiers WHERE relation = 'search_entries' AND field IN (${ADDED.map((column) => `'${column}'`).join(', ')});
  DROP VIEW masked.search_entries;${view('')}
  ALTER TABLE search_entries ${ADDED.map((column) => `DROP ${column}`).join(', ')};
  UPDATE search_entries SET region = NULL WHERE kind = 5;
  `,
);
