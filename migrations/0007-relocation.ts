import { sqlMigration } from './migration.ts';

/**
 * New borders: every located row is looked at again. A row whose city changes gets another key, so it and its
 * children are deleted and inserted with the same ids; nothing but region, city_code and jurisdiction changes. Beside
 * the removal of the invented set, this is the only place that may do so to append-only rows.
 */
export const relocation = sqlMigration(
  '0007-relocation',
  `
  -- Column list of a table without generated columns, and the same list reading city_code from the move.
  CREATE FUNCTION stored_columns(relation regclass) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
    WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  $$;

  CREATE FUNCTION relocate_rows() RETURNS TABLE (kind text, looked_at bigint, moved bigint, changed_city bigint)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE
    child text;
    children text[] := ARRAY['lifecycle_changes', 'hazard_sources', 'control_measures', 'assessments', 'level_periods'];
    columns text;
    chosen text;
    points_seen bigint;
    enterprises_seen bigint;
  BEGIN
    CREATE TEMP TABLE moves ON COMMIT DROP AS
      SELECT 'enterprises' AS kind, e.id, e.city_code AS old_city, e.region AS old_region, s.city_code AS new_city,
        s.region AS new_region, s.region_flag AS new_flag, e.jurisdiction_id AS old_jurisdiction,
        s.jurisdiction_id AS new_jurisdiction
      FROM enterprises e CROSS JOIN LATERAL locate_row(e.geom, e.given_region) AS s
      UNION ALL
      SELECT 'risk_points', r.id, r.city_code, r.region, s.city_code, s.region, s.region_flag, r.jurisdiction_id,
        s.jurisdiction_id
      FROM risk_points r CROSS JOIN LATERAL locate_row(r.anchor, r.given_region) AS s;
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
    PERFORM bump_versions(ARRAY['regions', 'base'], ARRAY(SELECT r.code FROM regions r WHERE r.depth = 'city') || '000000'::text);
    RETURN QUERY
      SELECT k.kind, CASE k.kind WHEN 'enterprises' THEN enterprises_seen ELSE points_seen END,
        count(m.id) FILTER (WHERE m.new_region IS DISTINCT FROM m.old_region OR m.new_city <> m.old_city),
        count(m.id) FILTER (WHERE m.new_city <> m.old_city)
      FROM (VALUES ('enterprises'), ('risk_points')) AS k(kind) LEFT JOIN moves m ON m.kind = k.kind
      GROUP BY k.kind;
    DROP TABLE moves, moving_lifecycle_changes, moving_hazard_sources, moving_control_measures, moving_assessments,
      moving_level_periods, moving_risk_points, moving_enterprises;
  END $$;
  REVOKE ALL ON FUNCTION relocate_rows() FROM PUBLIC;
  `,
  `
  DROP FUNCTION relocate_rows();
  DROP FUNCTION stored_columns(regclass);
  `,
);
