/** The part of the migration `search` that keeps the entries: its tables are made in 0012-search.ts. */

/** The rows of a table or of a transition table that can be found, in one shape for all kinds. */
type Source = { readonly table: string; readonly rows: (from: string) => string };

const SEVERITY = `(CASE s.state WHEN 'assessed' THEN s.level WHEN 'expired' THEN 5 WHEN 'not_assessed' THEN 6 ELSE 7
  END)::smallint`;

const SOURCES: readonly Source[] = [
  {
    table: 'regions',
    rows: (from) => `SELECT s.city_code, 1::smallint AS kind, s.code AS ref, s.code AS region,
      s.depth_rank::smallint AS severity, s.names ->> 'zh' AS name_zh, s.names ->> 'en' AS name_en, s.code,
      NULL AS source_code FROM ${from} s`,
  },
  {
    table: 'jurisdictions',
    rows: (
      from,
    ) => `SELECT '000000' AS city_code, 2::smallint AS kind, s.id::text AS ref, NULL AS region,
      0::smallint AS severity, s.names ->> 'zh' AS name_zh, s.names ->> 'en' AS name_en, s.code, NULL AS source_code
      FROM ${from} s`,
  },
  {
    table: 'subject_states',
    rows: (from) => `SELECT s.city_code, 3::smallint AS kind, s.subject_id::text AS ref, s.region,
      ${SEVERITY} AS severity, s.name_zh, s.name_en, r.uscc AS code, r.origin ->> 'code' AS source_code
      FROM ${from} s LEFT JOIN enterprises r ON r.city_code = s.city_code AND r.id = s.subject_id
      WHERE s.kind = 'enterprise' AND s.basis = 'current'`,
  },
  {
    table: 'point_states',
    rows: (
      from,
    ) => `SELECT s.city_code, 4::smallint AS kind, s.risk_point_id::text AS ref, s.region,
      ${SEVERITY} AS severity, s.name_zh, s.name_en, r.code, r.origin ->> 'code' AS source_code
      FROM ${from} s LEFT JOIN risk_points r ON r.city_code = s.city_code AND r.id = s.risk_point_id
      WHERE s.basis = 'current'`,
  },
  {
    table: 'hazard_sources',
    rows: (
      from,
    ) => `SELECT s.city_code, 5::smallint AS kind, s.id::text AS ref, NULL AS region, 0::smallint AS severity,
      s.name_zh, s.name_en, NULL AS code, s.origin ->> 'code' AS source_code
      FROM ${from} s WHERE s.deleted_at IS NULL`,
  },
  {
    table: 'base_features',
    rows: (
      from,
    ) => `SELECT '000000' AS city_code, 6::smallint AS kind, s.id::text AS ref, NULL AS region,
      LEAST(GREATEST(s.rank, 1), 7)::smallint AS severity, s.name_zh, s.name_en, NULL AS code, NULL AS source_code
      FROM ${from} s WHERE s.kind = 'place' AND s.name_zh IS NOT NULL`,
  },
];

/** Brings rows into the entries; those that are there and the same stay untouched. codes, sets: of pinyin_initials. */
const put = (rows: string): string => `
    INSERT INTO search_entries AS t (city_code, kind, ref, region, severity, doc, initials, code, source_code)
    SELECT v.city_code, v.kind, v.ref, v.region, v.severity,
      v.zh || '|' || COALESCE(search_words(v.name_en), '') || '|', search_initials(v.zh, codes, sets),
      NULLIF(v.code, ''), NULLIF(NULLIF(v.source_code, v.code), '')
    FROM (SELECT w.city_code, w.kind, w.ref, w.region, w.severity, search_key(w.name_zh) AS zh, w.name_en,
        search_key(w.code) AS code, search_key(w.source_code) AS source_code
      FROM (${rows}) AS w OFFSET 0) AS v
    ON CONFLICT (city_code, kind, ref) DO UPDATE SET region = excluded.region, severity = excluded.severity,
      doc = excluded.doc, initials = excluded.initials, code = excluded.code, source_code = excluded.source_code
    WHERE (t.region, t.severity, t.doc, t.initials, t.code, t.source_code) IS DISTINCT FROM (excluded.region,
      excluded.severity, excluded.doc, excluded.initials, excluded.code, excluded.source_code);`;

const SAME_KEY = (a: string, b: string): string =>
  `${a}.city_code = ${b}.city_code AND ${a}.kind = ${b}.kind AND ${a}.ref = ${b}.ref`;

/** So many rows of one statement are brought into the index at once, which is quicker. */
const MANY_ROWS = 500;

/**
 * New entries wait in a list beside the index that every search reads through: it is kept short for single edits, and
 * after a bulk load it is empty.
 */
const BEFORE = `
    is_bulk := (SELECT count(*) FROM new_rows) > ${MANY_ROWS};
    PERFORM set_config('gin_pending_list_limit', CASE WHEN is_bulk THEN '64MB' ELSE '128kB' END, true);
    -- Joined to nothing, so that the bytes are unpacked once and not for each character.
    SELECT p.codes || ''::bytea, p.sets INTO codes, sets FROM pinyin_initials p;`;

const AFTER = `
    IF is_bulk THEN
      PERFORM gin_clean_pending_list('search_entries_grams');
    END IF;
    RETURN NULL;`;

const triggersOf = ({ table, rows }: Source): string => `
  CREATE FUNCTION search_${table}() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET gin_pending_list_limit = '128kB' AS $$
  DECLARE
    codes bytea;
    sets text[];
    is_bulk boolean;
  BEGIN
    IF TG_OP = 'DELETE' THEN
      DELETE FROM search_entries t USING (${rows('old_rows')}) AS o WHERE ${SAME_KEY('t', 'o')};
      RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
      -- A set difference: the plan of a join is kept from the first call, which may have changed one row only.
      DELETE FROM search_entries t USING (
        SELECT a.city_code, a.kind, a.ref FROM (${rows('old_rows')}) AS a
        EXCEPT SELECT b.city_code, b.kind, b.ref FROM (${rows('new_rows')}) AS b) AS o WHERE ${SAME_KEY('t', 'o')};
    END IF;${BEFORE}${put(rows('new_rows'))}${AFTER}
  END $$;
  CREATE TRIGGER ${table}_search_insert AFTER INSERT ON ${table}
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_${table}();
  CREATE TRIGGER ${table}_search_update AFTER UPDATE ON ${table}
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_${table}();
  CREATE TRIGGER ${table}_search_delete AFTER DELETE ON ${table}
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION search_${table}();`;

/** A row that leaves its table or is no longer seen leaves the entries in the same statement. */
export const ENTRY_TRIGGERS = SOURCES.map(triggersOf).join('\n');

export const NO_ENTRY_TRIGGERS = SOURCES.map(
  ({ table }) => `
  DROP TRIGGER ${table}_search_insert ON ${table};
  DROP TRIGGER ${table}_search_update ON ${table};
  DROP TRIGGER ${table}_search_delete ON ${table};
  DROP FUNCTION search_${table}();`,
).join('\n');

/** Entries of what is there already. */
export const ALL_ENTRIES = `
  DO $$
  DECLARE
    codes bytea;
    sets text[];
  BEGIN${SOURCES.map(({ table, rows }) => put(rows(table))).join('')}
  END $$;`;
