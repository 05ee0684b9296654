/** The part of the migration `searchScope` that keeps the entries of what has a scope: its columns are in 0026-search-scope.ts. */

/** The rows of a table or of a transition table that can be found, in one shape for all kinds. */
type Source = { readonly table: string; readonly rows: (from: string) => string };

const SEVERITY = `(CASE s.state WHEN 'assessed' THEN s.level WHEN 'expired' THEN 5 WHEN 'not_assessed' THEN 6 ELSE 7
  END)::smallint AS severity`;

export const SCOPED_SOURCES: readonly Source[] = [
  {
    table: 'subject_states',
    rows: (
      from,
    ) => `SELECT s.city_code, 3::smallint AS kind, s.subject_id::text AS ref, s.region, s.jurisdiction_id,
      s.fields, s.subject_id AS enterprise_id, ${SEVERITY}, s.name_zh, s.name_en, r.uscc AS code,
      r.origin ->> 'code' AS source_code
      FROM ${from} s LEFT JOIN enterprises r ON r.city_code = s.city_code AND r.id = s.subject_id
      WHERE s.kind = 'enterprise' AND s.basis = 'current'`,
  },
  {
    table: 'point_states',
    rows: (
      from,
    ) => `SELECT s.city_code, 4::smallint AS kind, s.risk_point_id::text AS ref, s.region, s.jurisdiction_id,
      s.fields, s.enterprise_id, ${SEVERITY}, s.name_zh, s.name_en, r.code, r.origin ->> 'code' AS source_code
      FROM ${from} s LEFT JOIN risk_points r ON r.city_code = s.city_code AND r.id = s.risk_point_id
      WHERE s.basis = 'current'`,
  },
  {
    table: 'hazard_sources',
    rows: (
      from,
    ) => `SELECT s.city_code, 5::smallint AS kind, s.id::text AS ref, r.region, r.jurisdiction_id,
      r.fields, r.enterprise_id, 0::smallint AS severity, s.name_zh, s.name_en, NULL AS code,
      s.origin ->> 'code' AS source_code
      FROM ${from} s LEFT JOIN risk_points r ON r.city_code = s.city_code AND r.id = s.risk_point_id
      WHERE s.deleted_at IS NULL`,
  },
];

const COLUMNS = [
  'region',
  'jurisdiction_id',
  'fields',
  'enterprise_id',
  'severity',
  'doc',
  'initials',
  'code',
  'source_code',
] as const;
const SAME_COLUMNS = COLUMNS.map((column) => `t.${column}`).join(', ');
const NEW_COLUMNS = COLUMNS.map((column) => `excluded.${column}`).join(', ');

/** Brings rows into the entries; those that are there and the same stay untouched. */
const put = (rows: string): string => `
    INSERT INTO search_entries AS t (city_code, kind, ref, ${COLUMNS.join(', ')})
    SELECT v.city_code, v.kind, v.ref, v.region, v.jurisdiction_id, v.fields, v.enterprise_id, v.severity,
      v.zh || '|' || COALESCE(search_words(v.name_en), '') || '|', search_initials(v.zh, codes, sets),
      NULLIF(v.code, ''), NULLIF(NULLIF(v.source_code, v.code), '')
    FROM (SELECT w.city_code, w.kind, w.ref, w.region, w.jurisdiction_id, w.fields, w.enterprise_id, w.severity,
        search_key(w.name_zh) AS zh, w.name_en, search_key(w.code) AS code, search_key(w.source_code) AS source_code
      FROM (${rows}) AS w OFFSET 0) AS v
    ON CONFLICT (city_code, kind, ref) DO UPDATE SET (${COLUMNS.join(', ')}) = ROW (${NEW_COLUMNS})
    WHERE (${SAME_COLUMNS}) IS DISTINCT FROM (${NEW_COLUMNS});`;

const SAME_KEY = `t.city_code = o.city_code AND t.kind = o.kind AND t.ref = o.ref`;

/** So many rows of one statement are brought into the index at once, as in the migration `search`. */
const MANY_ROWS = 500;

const entriesOf = ({ table, rows }: Source): string => `
  CREATE OR REPLACE FUNCTION search_${table}() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET gin_pending_list_limit = '128kB' AS $$
  DECLARE
    codes bytea;
    sets text[];
    is_bulk boolean;
  BEGIN
    IF TG_OP = 'DELETE' THEN
      DELETE FROM search_entries t USING (${rows('old_rows')}) AS o WHERE ${SAME_KEY};
      RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
      -- A set difference: the plan of a join is kept from the first call, which may have changed one row only.
      DELETE FROM search_entries t USING (
        SELECT a.city_code, a.kind, a.ref FROM (${rows('old_rows')}) AS a
        EXCEPT SELECT b.city_code, b.kind, b.ref FROM (${rows('new_rows')}) AS b) AS o WHERE ${SAME_KEY};
    END IF;
    is_bulk := (SELECT count(*) FROM new_rows) > ${MANY_ROWS};
    PERFORM set_config('gin_pending_list_limit', CASE WHEN is_bulk THEN '64MB' ELSE '128kB' END, true);
    -- Joined to nothing, so that the bytes are unpacked once and not for each character.
    SELECT p.codes || ''::bytea, p.sets INTO codes, sets FROM pinyin_initials p;${put(rows('new_rows'))}
    IF is_bulk THEN
      PERFORM gin_clean_pending_list('search_entries_grams');
    END IF;
    RETURN NULL;
  END $$;`;

/** As before, and an entry whose scope alone has changed is changed with it. */
export const SCOPED_ENTRIES = SCOPED_SOURCES.map(entriesOf).join('\n');
