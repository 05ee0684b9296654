import type { Migration } from './migration.ts';
import { refreshFunctions } from './0006-refresh-functions.ts';
import { relocation } from './0007-relocation.ts';

/** A row that is moved into another city keeps its key until relocate_rows() gives it the new one. */
const LOCATE_TRIGGERS = `
  CREATE OR REPLACE FUNCTION enterprise_locate() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE spot record;
  BEGIN
    SELECT * INTO spot FROM locate_row(NEW.geom, NEW.given_region);
    IF TG_OP = 'UPDATE' AND spot.city_code <> OLD.city_code THEN
      RETURN NEW;
    END IF;
    NEW.region := spot.region;
    NEW.city_code := spot.city_code;
    NEW.region_flag := spot.region_flag;
    NEW.jurisdiction_id := spot.jurisdiction_id;
    RETURN NEW;
  END $$;
  CREATE OR REPLACE FUNCTION risk_point_locate() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE spot record;
  BEGIN
    NEW.anchor := CASE WHEN GeometryType(NEW.geom) = 'POINT' THEN NEW.geom
      ELSE ST_PointOnSurface(NEW.geom) END;
    SELECT * INTO spot FROM locate_row(NEW.anchor, NEW.given_region);
    IF TG_OP = 'UPDATE' AND spot.city_code <> OLD.city_code THEN
      RETURN NEW;
    END IF;
    NEW.region := spot.region;
    NEW.city_code := spot.city_code;
    NEW.region_flag := spot.region_flag;
    NEW.jurisdiction_id := spot.jurisdiction_id;
    RETURN NEW;
  END $$;
`;

/** As before, but a deleted row counts nowhere, and neither do the assessments of a deleted hazard source. */
const REFRESH_FUNCTIONS = `
  CREATE OR REPLACE FUNCTION refresh_enterprises(ids uuid[]) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    DELETE FROM subject_states s
      WHERE s.kind = 'enterprise' AND s.subject_id = ANY (ids)
        AND NOT EXISTS (SELECT 1 FROM enterprises e WHERE e.city_code = s.city_code AND e.id = s.subject_id AND e.deleted_at IS NULL);
    INSERT INTO subject_states AS t (city_code, kind, subject_id, basis, region, jurisdiction_id, name_zh, name_en,
      fields, state, level, last_level, dynamic_level, has_expired_major, points, place)
    SELECT e.city_code, 'enterprise', e.id, b.basis, COALESCE(e.region, '000000'), e.jurisdiction_id,
      e.name_zh, e.name_en, e.fields,
      CASE WHEN e.lifecycle IN ('planned', 'closed') THEN 'not_applicable'
        WHEN v.assessed > 0 THEN 'assessed' WHEN v.expired > 0 THEN 'expired' ELSE 'not_assessed' END,
      CASE WHEN e.lifecycle IN ('planned', 'closed') THEN NULL ELSE v.level END,
      v.last_level,
      CASE WHEN e.lifecycle IN ('planned', 'closed') THEN NULL ELSE v.dynamic_level END,
      v.last_level IS NOT DISTINCT FROM 1 AND v.level IS DISTINCT FROM 1 AND e.lifecycle NOT IN ('planned', 'closed')
        AND v.assessed + v.expired > 0,
      v.points, e.geom_3857
    FROM enterprises e
    CROSS JOIN (VALUES ('current'), ('inherent')) AS b(basis)
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS points,
        count(*) FILTER (WHERE p.state = 'assessed') AS assessed,
        count(*) FILTER (WHERE p.state = 'expired') AS expired,
        min(p.level) AS level,
        min(p.last_level) FILTER (WHERE p.state <> 'not_applicable') AS last_level,
        min(p.dynamic_level) FILTER (WHERE p.state <> 'not_applicable') AS dynamic_level
      FROM point_states p WHERE p.enterprise_id = e.id AND p.basis = b.basis
    ) AS v
    WHERE e.id = ANY (ids) AND e.deleted_at IS NULL
    ORDER BY 1, 2, 3, 4
    ON CONFLICT (city_code, kind, subject_id, basis) DO UPDATE SET
      region = excluded.region, jurisdiction_id = excluded.jurisdiction_id, name_zh = excluded.name_zh,
      name_en = excluded.name_en, fields = excluded.fields, state = excluded.state, level = excluded.level,
      last_level = excluded.last_level, dynamic_level = excluded.dynamic_level,
      has_expired_major = excluded.has_expired_major, points = excluded.points, place = excluded.place;
  END $$;

  -- at: the instant from which a lapse still lies ahead.
  CREATE OR REPLACE FUNCTION refresh_points(ids uuid[], at timestamptz DEFAULT now()) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE owners uuid[];
  BEGIN
    -- The enterprise a point belonged to before counts too.
    SELECT array_agg(DISTINCT q.id) INTO owners FROM (
      SELECT p.enterprise_id AS id FROM point_states p WHERE p.risk_point_id = ANY (ids)
      UNION SELECT r.enterprise_id FROM risk_points r WHERE r.id = ANY (ids)) AS q WHERE q.id IS NOT NULL;
    DELETE FROM point_states s WHERE s.risk_point_id = ANY (ids)
      AND NOT EXISTS (SELECT 1 FROM risk_points r WHERE r.city_code = s.city_code AND r.id = s.risk_point_id AND r.deleted_at IS NULL);
    DELETE FROM subject_states s WHERE s.kind = 'risk_point' AND s.subject_id = ANY (ids)
      AND NOT EXISTS (SELECT 1 FROM risk_points r
        WHERE r.city_code = s.city_code AND r.id = s.subject_id AND r.enterprise_id IS NULL
          AND r.deleted_at IS NULL);
    INSERT INTO point_states AS t (city_code, risk_point_id, basis, region, jurisdiction_id, enterprise_id, name_zh,
      name_en, fields, lifecycle, state, level, last_level, dynamic_level, since, due_at, decided_by, place)
    SELECT r.city_code, r.id, l.basis, COALESCE(r.region, '000000'), r.jurisdiction_id, r.enterprise_id, r.name_zh,
      r.name_en, (SELECT COALESCE(array_agg(f ORDER BY f), '{}') FROM unnest(r.fields) AS f), l.lifecycle,
      l.state, l.level, l.last_level, l.dynamic_level, l.valid_from,
      CASE WHEN l.state = 'assessed' THEN due.at END, l.decided_by,
      ST_Transform(r.anchor, 3857)
    FROM risk_points r
    JOIN level_periods l ON l.city_code = r.city_code AND l.risk_point_id = r.id
      AND l.valid_to = 'infinity' AND l.recorded_to = 'infinity'
    LEFT JOIN LATERAL (
      -- The earliest lapse among the newest assessment in force of each subject.
      SELECT min(a.valid_until) AS at FROM (
        SELECT DISTINCT ON (x.subject_kind, x.hazard_source_id) x.valid_until FROM assessments x
        WHERE x.city_code = r.city_code AND x.risk_point_id = r.id AND x.basis = l.basis
          AND x.state IN ('in_force', 'returned', 'system')
          AND NOT EXISTS (SELECT 1 FROM hazard_sources h
            WHERE h.city_code = x.city_code AND h.id = x.hazard_source_id AND h.deleted_at IS NOT NULL)
          AND NOT EXISTS (SELECT 1 FROM assessments y
            WHERE y.city_code = x.city_code AND y.risk_point_id = x.risk_point_id AND y.replaces = x.id
              AND y.state IN ('in_force', 'returned', 'system'))
        ORDER BY x.subject_kind, x.hazard_source_id, x.assessed_at DESC, x.recorded_at DESC, x.id DESC) AS a
      WHERE a.valid_until > refresh_points.at
    ) AS due ON true
    WHERE r.id = ANY (ids) AND r.deleted_at IS NULL
    ORDER BY 1, 2, 3
    ON CONFLICT (city_code, risk_point_id, basis) DO UPDATE SET
      region = excluded.region, jurisdiction_id = excluded.jurisdiction_id, enterprise_id = excluded.enterprise_id,
      name_zh = excluded.name_zh, name_en = excluded.name_en, fields = excluded.fields,
      lifecycle = excluded.lifecycle, state = excluded.state, level = excluded.level,
      last_level = excluded.last_level, dynamic_level = excluded.dynamic_level, since = excluded.since,
      due_at = excluded.due_at, decided_by = excluded.decided_by, place = excluded.place;
    INSERT INTO subject_states AS t (city_code, kind, subject_id, basis, region, jurisdiction_id, name_zh, name_en,
      fields, state, level, last_level, dynamic_level, has_expired_major, points, place)
    SELECT p.city_code, 'risk_point', p.risk_point_id, p.basis, p.region, p.jurisdiction_id, p.name_zh, p.name_en,
      p.fields, p.state, p.level, p.last_level, p.dynamic_level, p.state IN ('assessed', 'expired')
        AND p.last_level IS NOT DISTINCT FROM 1 AND p.level IS DISTINCT FROM 1, 1, p.place
    FROM point_states p WHERE p.risk_point_id = ANY (ids) AND p.enterprise_id IS NULL
    ORDER BY 1, 2, 3, 4
    ON CONFLICT (city_code, kind, subject_id, basis) DO UPDATE SET
      region = excluded.region, jurisdiction_id = excluded.jurisdiction_id, name_zh = excluded.name_zh,
      name_en = excluded.name_en, fields = excluded.fields, state = excluded.state, level = excluded.level,
      last_level = excluded.last_level, dynamic_level = excluded.dynamic_level,
      has_expired_major = excluded.has_expired_major, points = excluded.points, place = excluded.place;
    PERFORM refresh_enterprises(owners);
  END $$;
  `;

/** As before, and for some rows only: after an edit that moved them. */
const RELOCATION = `
  DROP FUNCTION relocate_rows();
  CREATE FUNCTION relocate_rows(enterprise_ids uuid[] DEFAULT NULL, point_ids uuid[] DEFAULT NULL)
    RETURNS TABLE (kind text, looked_at bigint, moved bigint, changed_city bigint)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE
    child text;
    children text[] := ARRAY['lifecycle_changes', 'hazard_sources', 'control_measures', 'assessments', 'level_periods'];
    columns text;
    chosen text;
    points_seen bigint;
    is_all boolean := enterprise_ids IS NULL AND point_ids IS NULL;
    enterprises_seen bigint;
  BEGIN
    CREATE TEMP TABLE moves ON COMMIT DROP AS
      SELECT 'enterprises' AS kind, e.id, e.city_code AS old_city, e.region AS old_region, s.city_code AS new_city,
        s.region AS new_region, s.region_flag AS new_flag, e.jurisdiction_id AS old_jurisdiction,
        s.jurisdiction_id AS new_jurisdiction
      FROM enterprises e CROSS JOIN LATERAL locate_row(e.geom, e.given_region) AS s
      WHERE is_all OR e.id = ANY (enterprise_ids)
      UNION ALL
      SELECT 'risk_points', r.id, r.city_code, r.region, s.city_code, s.region, s.region_flag, r.jurisdiction_id,
        s.jurisdiction_id
      FROM risk_points r CROSS JOIN LATERAL locate_row(r.anchor, r.given_region) AS s
      WHERE is_all OR r.id = ANY (point_ids);
    SELECT count(*) FILTER (WHERE m.kind = 'enterprises'), count(*) FILTER (WHERE m.kind = 'risk_points')
      INTO enterprises_seen, points_seen FROM moves m;

    -- Same key: the columns are set in place.
    UPDATE enterprises e SET region = m.new_region, region_flag = m.new_flag, jurisdiction_id = m.new_jurisdiction
      FROM moves m WHERE m.kind = 'enterprises' AND e.id = m.id AND e.city_code = m.old_city
        AND (e.region, e.region_flag, e.jurisdiction_id)
          IS DISTINCT FROM (m.new_region, m.new_flag, m.new_jurisdiction);
    UPDATE risk_points r SET region = m.new_region, region_flag = m.new_flag, jurisdiction_id = m.new_jurisdiction
      FROM moves m WHERE m.kind = 'risk_points' AND r.id = m.id AND r.city_code = m.old_city
        AND (r.region, r.region_flag, r.jurisdiction_id)
          IS DISTINCT FROM (m.new_region, m.new_flag, m.new_jurisdiction);

    SET CONSTRAINTS ALL DEFERRED;
    PERFORM set_config('risk_map.relocating', 'on', true);
    -- Children first out, parents first in.
    FOREACH child IN ARRAY children LOOP
      EXECUTE format('CREATE TEMP TABLE moving_%1$s ON COMMIT DROP AS
        SELECT c.*, m.new_city AS moved_to FROM %1$I c JOIN moves m
          ON m.kind = ''risk_points'' AND m.id = c.risk_point_id AND m.old_city = c.city_code
        WHERE m.new_city <> m.old_city', child);
      EXECUTE format('DELETE FROM %1$I c USING moving_%1$s m
        WHERE c.city_code = m.city_code AND c.risk_point_id = m.risk_point_id', child);
    END LOOP;
    FOREACH child IN ARRAY ARRAY['risk_points', 'enterprises'] LOOP
      EXECUTE format('CREATE TEMP TABLE moving_%1$s ON COMMIT DROP AS
        SELECT c.*, m.new_city AS moved_to FROM %1$I c JOIN moves m
          ON m.kind = %1$L AND m.id = c.id AND m.old_city = c.city_code
        WHERE m.new_city <> m.old_city', child);
    END LOOP;
    DELETE FROM risk_points c USING moving_risk_points m WHERE c.city_code = m.city_code AND c.id = m.id;
    DELETE FROM enterprises c USING moving_enterprises m WHERE c.city_code = m.city_code AND c.id = m.id;
    FOREACH child IN ARRAY ARRAY['enterprises', 'risk_points'] || children LOOP
      SELECT string_agg(format('%I', c), ', '), string_agg(CASE WHEN c = 'city_code' THEN 'm.moved_to'
          ELSE format('m.%I', c) END, ', ')
        INTO columns, chosen FROM unnest(stored_columns(child::regclass)) AS c;
      EXECUTE format('INSERT INTO %1$I (%2$s) SELECT %3$s FROM moving_%1$s m', child, columns, chosen);
    END LOOP;
    UPDATE risk_points r SET enterprise_city_code = m.new_city FROM moves m
      WHERE m.kind = 'enterprises' AND m.new_city <> m.old_city AND r.enterprise_id = m.id
        AND r.enterprise_city_code = m.old_city;
    PERFORM set_config('risk_map.relocating', 'off', true);
    SET CONSTRAINTS ALL IMMEDIATE;

    PERFORM refresh_points((SELECT array_agg(m.id) FROM moves m WHERE m.kind = 'risk_points'
      AND (m.new_city, m.new_region, m.new_jurisdiction)
        IS DISTINCT FROM (m.old_city, m.old_region, m.old_jurisdiction)));
    PERFORM refresh_enterprises((SELECT array_agg(m.id) FROM moves m WHERE m.kind = 'enterprises'
      AND (m.new_city, m.new_region, m.new_jurisdiction)
        IS DISTINCT FROM (m.old_city, m.old_region, m.old_jurisdiction)));
    IF is_all THEN
      PERFORM bump_versions(ARRAY['regions', 'base'],
        ARRAY(SELECT g.code FROM regions g WHERE g.depth = 'city') || '000000'::text);
    END IF;
    RETURN QUERY
      SELECT k.kind, CASE k.kind WHEN 'enterprises' THEN enterprises_seen ELSE points_seen END,
        count(m.id) FILTER (WHERE m.new_region IS DISTINCT FROM m.old_region OR m.new_city <> m.old_city),
        count(m.id) FILTER (WHERE m.new_city <> m.old_city)
      FROM (VALUES ('enterprises'), ('risk_points')) AS k(kind) LEFT JOIN moves m ON m.kind = k.kind
      GROUP BY k.kind;
    DROP TABLE moves, moving_lifecycle_changes, moving_hazard_sources, moving_control_measures, moving_assessments,
      moving_level_periods, moving_risk_points, moving_enterprises;
  END $$;
  REVOKE ALL ON FUNCTION relocate_rows(uuid[], uuid[]) FROM PUBLIC;
`;

/** A request may move the rows it edits, never look at all of them again. */
const FOR_REQUESTS = `
  CREATE FUNCTION move_rows(enterprise_ids uuid[], point_ids uuid[]) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT relocate_rows(COALESCE(enterprise_ids, '{}'), COALESCE(point_ids, '{}'))
  $$;
  REVOKE ALL ON FUNCTION move_rows(uuid[], uuid[]) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION refresh_enterprises(uuid[]), move_rows(uuid[], uuid[]) TO risk_app;
`;

const TAKE_AWAY = `
  DROP FUNCTION move_rows(uuid[], uuid[]);
  DROP FUNCTION refresh_points(uuid[], timestamptz);
  DROP FUNCTION refresh_enterprises(uuid[]);
  DROP FUNCTION relocate_rows(uuid[], uuid[]);
  DROP FUNCTION stored_columns(regclass);
  CREATE OR REPLACE FUNCTION enterprise_locate() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE spot record;
  BEGIN
    SELECT * INTO spot FROM locate_row(NEW.geom, NEW.given_region);
    NEW.region := spot.region;
    NEW.city_code := spot.city_code;
    NEW.region_flag := spot.region_flag;
    NEW.jurisdiction_id := spot.jurisdiction_id;
    RETURN NEW;
  END $$;
  CREATE OR REPLACE FUNCTION risk_point_locate() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE spot record;
  BEGIN
    NEW.anchor := CASE WHEN GeometryType(NEW.geom) = 'POINT' THEN NEW.geom
      ELSE ST_PointOnSurface(NEW.geom) END;
    SELECT * INTO spot FROM locate_row(NEW.anchor, NEW.given_region);
    NEW.region := spot.region;
    NEW.city_code := spot.city_code;
    NEW.region_flag := spot.region_flag;
    NEW.jurisdiction_id := spot.jurisdiction_id;
    RETURN NEW;
  END $$;
`;

const GRANTS_BEFORE = `
  REVOKE ALL ON FUNCTION refresh_points(uuid[], timestamptz), refresh_enterprises(uuid[]) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION refresh_points(uuid[], timestamptz) TO risk_app;
`;

/** The functions of the register, for rows that are edited, moved and deleted one by one. */
export const editingFunctions: Migration = {
  name: '0011-editing-functions',
  up: async (trx) => {
    for (const script of [LOCATE_TRIGGERS, REFRESH_FUNCTIONS, RELOCATION, FOR_REQUESTS]) {
      await trx.raw(script);
    }
  },
  down: async (trx) => {
    await trx.raw(TAKE_AWAY);
    await refreshFunctions.up(trx);
    await relocation.up(trx);
    await trx.raw(GRANTS_BEFORE);
  },
};
