import { sqlMigration } from './migration.ts';

/**
 * What the map reads. `point_states` and `subject_states` are the present of each risk point and each voting
 * subject, one row per basis; `summary_cells` is the cube that low zooms read instead of points. A trigger on
 * point_states keeps the cube and the data versions current in the writing transaction, set by set. All logged:
 * unlogged tables come back empty after a crash.
 */
export const mapTables = sqlMigration(
  '0005-map-tables',
  `
  CREATE TABLE point_states (
    city_code text NOT NULL,
    risk_point_id uuid NOT NULL,
    basis text NOT NULL,
    region text NOT NULL,
    jurisdiction_id uuid,
    enterprise_id uuid,
    name_zh text NOT NULL,
    name_en text,
    fields text[] NOT NULL,
    lifecycle text NOT NULL,
    state text NOT NULL,
    level smallint,
    last_level smallint,
    dynamic_level smallint,
    since timestamptz NOT NULL,
    due_at timestamptz,
    decided_by uuid,
    place geometry(Point, 3857) NOT NULL,
    PRIMARY KEY (city_code, risk_point_id, basis)
  );
  CREATE INDEX point_states_place ON point_states USING gist (place);
  CREATE INDEX point_states_id ON point_states (risk_point_id, basis);
  CREATE INDEX point_states_enterprise ON point_states (enterprise_id, basis);
  CREATE INDEX point_states_region ON point_states (region, basis);
  -- Lists go from the worst to the least, by name: see server/db/register-columns.ts.
  CREATE INDEX point_states_order ON point_states (basis, (CASE state WHEN 'assessed' THEN level
    WHEN 'expired' THEN 5 WHEN 'not_assessed' THEN 6 ELSE 7 END), name_zh COLLATE "C", risk_point_id);
  CREATE INDEX point_states_due ON point_states (due_at) WHERE due_at IS NOT NULL;

  -- A subject votes once: an enterprise (worst of its live points) or a public-place point.
  CREATE TABLE subject_states (
    city_code text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('enterprise', 'risk_point')),
    subject_id uuid NOT NULL,
    basis text NOT NULL,
    region text NOT NULL,
    jurisdiction_id uuid,
    name_zh text NOT NULL,
    name_en text,
    fields text[] NOT NULL,
    state text NOT NULL,
    level smallint,
    last_level smallint,
    dynamic_level smallint,
    has_expired_major boolean NOT NULL,
    points integer NOT NULL,
    place geometry(Point, 3857) NOT NULL,
    PRIMARY KEY (city_code, kind, subject_id, basis)
  );
  CREATE INDEX subject_states_place ON subject_states USING gist (place);
  CREATE INDEX subject_states_id ON subject_states (subject_id, basis);
  CREATE INDEX subject_states_order ON subject_states (kind, basis, (CASE state WHEN 'assessed' THEN level
    WHEN 'expired' THEN 5 WHEN 'not_assessed' THEN 6 ELSE 7 END), name_zh COLLATE "C", subject_id);
  CREATE INDEX subject_states_region ON subject_states (region, basis, state, level);

  -- Cells are Web Mercator tiles of zoom z; a map tile of zoom t is made of the 8 x 8 cells of zoom t + 3.
  -- z 0 is one cell for the whole world and serves counts. dx, dy are whole 1/1024 of a cell from its
  -- north-west corner, so that sums stay exact however often a row comes and goes.
  CREATE TABLE summary_cells (
    city_code text NOT NULL,
    region text NOT NULL,
    jurisdiction_id uuid NOT NULL,
    z smallint NOT NULL,
    x integer NOT NULL,
    y integer NOT NULL,
    fields text[] NOT NULL,
    lifecycle text NOT NULL,
    basis text NOT NULL,
    n bigint NOT NULL,
    n1 bigint NOT NULL, n2 bigint NOT NULL, n3 bigint NOT NULL, n4 bigint NOT NULL,
    d1 bigint NOT NULL, d2 bigint NOT NULL, d3 bigint NOT NULL, d4 bigint NOT NULL,
    -- states of points without a dynamic level, for colour=dynamic
    u_not_assessed bigint NOT NULL, u_expired bigint NOT NULL,
    n_not_assessed bigint NOT NULL, n_expired bigint NOT NULL, n_not_applicable bigint NOT NULL,
    sum_dx bigint NOT NULL, sum_dy bigint NOT NULL, sum_dxx bigint NOT NULL, sum_dyy bigint NOT NULL,
    PRIMARY KEY (z, x, y, basis, city_code, region, jurisdiction_id, fields, lifecycle)
  );
  CREATE INDEX summary_cells_region ON summary_cells (region, basis) WHERE z = 0;
  CREATE INDEX summary_cells_empty ON summary_cells (city_code) WHERE n = 0;

  CREATE TABLE data_versions (
    layer text NOT NULL,
    city_code text NOT NULL,
    version bigint NOT NULL DEFAULT 1,
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (layer, city_code)
  );

  CREATE FUNCTION bump_versions(layers text[], cities text[]) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO data_versions AS v (layer, city_code)
    SELECT l, c FROM unnest(layers) AS l CROSS JOIN (SELECT DISTINCT unnest(cities) AS c) AS u
    ORDER BY 1, 2
    ON CONFLICT (layer, city_code) DO UPDATE SET version = v.version + 1, changed_at = clock_timestamp()
  $$;

  -- One signed row per cell zoom of one point state: +1 adds it to the cube, -1 takes it out.
  CREATE FUNCTION cells_of(p point_states, sign integer) RETURNS SETOF summary_cells
  LANGUAGE sql IMMUTABLE AS $$
    SELECT p.city_code, p.region, COALESCE(p.jurisdiction_id, '00000000-0000-0000-0000-000000000000'::uuid),
      c.z::smallint, c.x, c.y, p.fields, p.lifecycle, p.basis,
      sign::bigint,
      sign * (p.level IS NOT DISTINCT FROM 1::smallint)::int::bigint,
      sign * (p.level IS NOT DISTINCT FROM 2::smallint)::int::bigint,
      sign * (p.level IS NOT DISTINCT FROM 3::smallint)::int::bigint,
      sign * (p.level IS NOT DISTINCT FROM 4::smallint)::int::bigint,
      sign * (p.dynamic_level IS NOT DISTINCT FROM 1::smallint)::int::bigint,
      sign * (p.dynamic_level IS NOT DISTINCT FROM 2::smallint)::int::bigint,
      sign * (p.dynamic_level IS NOT DISTINCT FROM 3::smallint)::int::bigint,
      sign * (p.dynamic_level IS NOT DISTINCT FROM 4::smallint)::int::bigint,
      sign * (p.state = 'not_assessed' AND p.dynamic_level IS NULL)::int::bigint,
      sign * (p.state = 'expired' AND p.dynamic_level IS NULL)::int::bigint,
      sign * (p.state = 'not_assessed')::int::bigint,
      sign * (p.state = 'expired')::int::bigint,
      sign * (p.state = 'not_applicable')::int::bigint,
      sign * c.dx, sign * c.dy, sign * c.dx * c.dx, sign * c.dy * c.dy
    FROM (
      SELECT s.z, floor(s.fx)::int AS x, floor(s.fy)::int AS y,
        floor((s.fx - floor(s.fx)) * 1024)::bigint AS dx, floor((s.fy - floor(s.fy)) * 1024)::bigint AS dy
      FROM (
        -- EPSG:3857 metres to tile units of zoom z; the origin of tiles is the north-west corner.
        SELECT k.z,
          (ST_X(p.place) + 20037508.342789244) / 40075016.685578488 * (1 << k.z) AS fx,
          (20037508.342789244 - ST_Y(p.place)) / 40075016.685578488 * (1 << k.z) AS fy
        FROM unnest(ARRAY[0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) AS k(z)
      ) AS s
    ) AS c
  $$;

  CREATE FUNCTION summary_apply() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET client_min_messages = warning AS $$
  DECLARE cities text[];
  BEGIN
    CREATE TEMP TABLE IF NOT EXISTS summary_delta (LIKE summary_cells) ON COMMIT DELETE ROWS;
    TRUNCATE summary_delta;
    IF TG_OP IN ('DELETE', 'UPDATE') THEN
      INSERT INTO summary_delta SELECT c.* FROM old_rows o CROSS JOIN LATERAL cells_of(o::point_states, -1) AS c;
    END IF;
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
      INSERT INTO summary_delta SELECT c.* FROM new_rows w CROSS JOIN LATERAL cells_of(w::point_states, 1) AS c;
    END IF;
    -- Ordered by key, so that two writers lock shared cells in the same order.
    INSERT INTO summary_cells AS t
      SELECT city_code, region, jurisdiction_id, z, x, y, fields, lifecycle, basis,
        sum(n), sum(n1), sum(n2), sum(n3), sum(n4), sum(d1), sum(d2), sum(d3), sum(d4),
        sum(u_not_assessed), sum(u_expired), sum(n_not_assessed), sum(n_expired), sum(n_not_applicable),
        sum(sum_dx), sum(sum_dy), sum(sum_dxx), sum(sum_dyy)
      FROM summary_delta
      GROUP BY city_code, region, jurisdiction_id, z, x, y, fields, lifecycle, basis
      ORDER BY z, x, y, basis, city_code, region, jurisdiction_id, fields, lifecycle
    ON CONFLICT (z, x, y, basis, city_code, region, jurisdiction_id, fields, lifecycle) DO UPDATE SET
      n = t.n + excluded.n, n1 = t.n1 + excluded.n1, n2 = t.n2 + excluded.n2, n3 = t.n3 + excluded.n3,
      n4 = t.n4 + excluded.n4, d1 = t.d1 + excluded.d1, d2 = t.d2 + excluded.d2, d3 = t.d3 + excluded.d3,
      d4 = t.d4 + excluded.d4, u_not_assessed = t.u_not_assessed + excluded.u_not_assessed,
      u_expired = t.u_expired + excluded.u_expired,
      n_not_assessed = t.n_not_assessed + excluded.n_not_assessed,
      n_expired = t.n_expired + excluded.n_expired,
      n_not_applicable = t.n_not_applicable + excluded.n_not_applicable,
      sum_dx = t.sum_dx + excluded.sum_dx, sum_dy = t.sum_dy + excluded.sum_dy,
      sum_dxx = t.sum_dxx + excluded.sum_dxx, sum_dyy = t.sum_dyy + excluded.sum_dyy;
    SELECT array_agg(DISTINCT city_code) INTO cities FROM summary_delta;
    DELETE FROM summary_cells WHERE n = 0 AND city_code = ANY (cities);
    PERFORM bump_versions(ARRAY['risk-points', 'regions', 'enterprises'], cities);
    RETURN NULL;
  END $$;
  CREATE TRIGGER point_states_insert AFTER INSERT ON point_states
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION summary_apply();
  CREATE TRIGGER point_states_update AFTER UPDATE ON point_states
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION summary_apply();
  CREATE TRIGGER point_states_delete AFTER DELETE ON point_states
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION summary_apply();

  CREATE FUNCTION subjects_changed() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE cities text[];
  BEGIN
    IF TG_OP = 'DELETE' THEN
      SELECT array_agg(DISTINCT city_code) INTO cities FROM old_rows;
    ELSE
      SELECT array_agg(DISTINCT city_code) INTO cities FROM new_rows;
    END IF;
    PERFORM bump_versions(ARRAY['regions', 'enterprises'], cities);
    RETURN NULL;
  END $$;
  CREATE TRIGGER subject_states_insert AFTER INSERT ON subject_states
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION subjects_changed();
  CREATE TRIGGER subject_states_update AFTER UPDATE ON subject_states
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION subjects_changed();
  CREATE TRIGGER subject_states_delete AFTER DELETE ON subject_states
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION subjects_changed();
  `,
  `
  DROP TABLE subject_states;
  DROP FUNCTION subjects_changed();
  DROP FUNCTION cells_of(point_states, integer);
  DROP TABLE point_states;
  DROP FUNCTION summary_apply();
  DROP TABLE summary_cells;
  DROP FUNCTION bump_versions(text[], text[]);
  DROP TABLE data_versions;
  `,
);
