import { sqlMigration } from './migration.ts';

/**
 * Files on their way into the register. `import_rows` keeps what stands in the file and what was corrected here;
 * results and subjects are worked out from it and may be made again at any time. Nothing here is seen by a map, a list
 * or a search; a commit writes the register in one transaction. The rows are kept for a month, to be looked at again.
 * Each comparison writes to every row several times: the room in the pages and few indexes keep that cheap.
 */
export const imports = sqlMigration(
  '0013-imports',
  `
  CREATE TABLE imports (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('risk-points', 'enterprises', 'hazard-sources', 'assessments')),
    state text NOT NULL CHECK (state IN
      ('reading', 'ready', 'rejected', 'committing', 'committed', 'failed', 'cancelled')),
    file_name text,
    media_type text NOT NULL,
    bytes bigint NOT NULL DEFAULT 0,
    sha256 text,
    -- What was asked: crs, swapped, map, region, sheet.
    options jsonb NOT NULL,
    -- What was found: format, headers, columns, notes, crs.
    reading jsonb NOT NULL DEFAULT '{}',
    -- Counts of the comparison with the register, and a digest of it that a commit is held to.
    outcome jsonb NOT NULL DEFAULT '{}',
    digest text,
    problem jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    committed_at timestamptz
  );
  CREATE TABLE import_rows (
    import_id uuid NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    row_no integer NOT NULL,
    cells jsonb NOT NULL,
    geometry jsonb,
    fixes jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (import_id, row_no)
  );
  CREATE TABLE import_results (
    import_id uuid NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    row_no integer NOT NULL,
    faults jsonb NOT NULL,
    warnings jsonb NOT NULL,
    -- Found by comparing with the register and the rest of the file; made anew by each comparison.
    found_faults jsonb NOT NULL DEFAULT '[]',
    found_warnings jsonb NOT NULL DEFAULT '[]',
    place geometry(Geometry, 4326),
    original jsonb,
    stated jsonb,
    given_region text,
    region text,
    status text CHECK (status IN ('new', 'changed', 'unchanged', 'faulty')),
    PRIMARY KEY (import_id, row_no)
  ) WITH (fillfactor = 60);
  CREATE INDEX import_results_status ON import_results (import_id, status, row_no);
  CREATE TABLE import_subjects (
    import_id uuid NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    row_no integer NOT NULL,
    slot smallint NOT NULL,
    kind text NOT NULL CHECK (kind IN ('enterprise', 'risk_point', 'hazard_source', 'measure', 'assessment')),
    content jsonb NOT NULL,
    given_id uuid,
    source text,
    code text,
    name text,
    code_key text,
    base_key text,
    -- Worked out by the comparison.
    group_key text,
    origin_key text,
    parent_id uuid,
    new_id uuid NOT NULL,
    target_id uuid,
    is_lead boolean NOT NULL DEFAULT false,
    status text CHECK (status IN ('new', 'changed', 'unchanged')),
    changes jsonb NOT NULL DEFAULT '[]',
    PRIMARY KEY (import_id, row_no, slot)
  ) WITH (fillfactor = 45);
  CREATE TABLE import_mappings (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    header_key text NOT NULL,
    mapping jsonb NOT NULL,
    used_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (kind, header_key)
  );

  -- Whether a stored value already says what a file says. A text given in one language says nothing of the other; a
  -- list is a set.
  CREATE FUNCTION same_value(stored jsonb, given jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE jsonb_typeof(given)
      WHEN 'object' THEN COALESCE(stored @> jsonb_strip_nulls(given), false)
      WHEN 'array' THEN
        (SELECT array_agg(COALESCE(x ->> 'zh', x #>> '{}') ORDER BY COALESCE(x ->> 'zh', x #>> '{}'))
          FROM jsonb_array_elements(CASE jsonb_typeof(stored) WHEN 'array' THEN stored ELSE '[]' END) AS x)
        IS NOT DISTINCT FROM
        (SELECT array_agg(COALESCE(x ->> 'zh', x #>> '{}') ORDER BY COALESCE(x ->> 'zh', x #>> '{}')) FROM jsonb_array_elements(given) AS x)
      ELSE stored IS NOT DISTINCT FROM given END
  $$;
  -- A file fills these tables between two rounds of autovacuum: without fresh statistics every join of a large file
  -- is planned as if it had a few rows. Only an owner may.
  CREATE FUNCTION analyse_imports() RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    ANALYZE import_rows (import_id, row_no);
    ANALYZE import_results (import_id, row_no, place, given_region, region, status);
    ANALYZE import_subjects (import_id, row_no, slot, kind, given_id, source, code, name, code_key, base_key, group_key,
      origin_key, parent_id, new_id, target_id, is_lead, status);
  END $$;
  -- The same for the register, after a commit of many rows: what follows from them is worked out in its transaction.
  CREATE FUNCTION analyse_register() RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    ANALYZE enterprises (city_code, id, name_zh, uscc, origin_key, deleted_at);
    ANALYZE risk_points (city_code, id, enterprise_id, code, name_zh, origin_key, deleted_at);
    ANALYZE hazard_sources (city_code, id, risk_point_id, name_zh, origin_key, deleted_at);
    ANALYZE control_measures (city_code, id, risk_point_id, hazard_source_id, deleted_at);
    ANALYZE lifecycle_changes (city_code, risk_point_id, at);
    ANALYZE assessments (city_code, id, risk_point_id, hazard_source_id, basis, method_id, assessed_at, replaces, state);
    ANALYZE level_periods (city_code, risk_point_id, basis, valid_to, recorded_to);
    ANALYZE point_states (city_code, risk_point_id, basis, enterprise_id);
    ANALYZE subject_states (city_code, kind, subject_id, basis);
  END $$;
  REVOKE ALL ON FUNCTION analyse_imports(), analyse_register() FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION analyse_imports(), analyse_register() TO risk_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON imports, import_rows, import_results, import_subjects, import_mappings
    TO risk_app;
  -- A point that was assessed on a day existed on that day.
  GRANT SELECT, INSERT ON lifecycle_changes TO risk_app;
  `,
  `
  DROP FUNCTION analyse_imports();
  DROP FUNCTION analyse_register();
  DROP FUNCTION same_value(jsonb, jsonb);
  DROP TABLE import_mappings, import_subjects, import_results, import_rows, imports;
  `,
);
