import { sqlMigration } from './migration.ts';

/**
 * The one way from the register to what the map reads: a writer that has changed risk points, level periods or
 * enterprises calls refresh_points(ids) or refresh_enterprises(ids) in its transaction. The vote of an enterprise
 * is written in SQL here and as enterpriseVote() in the domain; a test holds the two together.
 */
export const refreshFunctions = sqlMigration(
  '0006-refresh-functions',
  `
  CREATE FUNCTION refresh_enterprises(ids uuid[]) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    DELETE FROM subject_states s
      WHERE s.kind = 'enterprise' AND s.subject_id = ANY (ids)
        AND NOT EXISTS (SELECT 1 FROM enterprises e WHERE e.city_code = s.city_code AND e.id = s.subject_id);
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
    WHERE e.id = ANY (ids)
    ORDER BY 1, 2, 3, 4
    ON CONFLICT (city_code, kind, subject_id, basis) DO UPDATE SET
      region = excluded.region, jurisdiction_id = excluded.jurisdiction_id, name_zh = excluded.name_zh,
      name_en = excluded.name_en, fields = excluded.fields, state = excluded.state, level = excluded.level,
      last_level = excluded.last_level, dynamic_level = excluded.dynamic_level,
      has_expired_major = excluded.has_expired_major, points = excluded.points, place = excluded.place;
  END $$;

  -- at: the instant from which a lapse still lies ahead.
  CREATE FUNCTION refresh_points(ids uuid[], at timestamptz DEFAULT now()) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE owners uuid[];
  BEGIN
    -- The enterprise a point belonged to before counts too.
    SELECT array_agg(DISTINCT q.id) INTO owners FROM (
      SELECT p.enterprise_id AS id FROM point_states p WHERE p.risk_point_id = ANY (ids)
      UNION SELECT r.enterprise_id FROM risk_points r WHERE r.id = ANY (ids)) AS q WHERE q.id IS NOT NULL;
    DELETE FROM point_states s WHERE s.risk_point_id = ANY (ids)
      AND NOT EXISTS (SELECT 1 FROM risk_points r WHERE r.city_code = s.city_code AND r.id = s.risk_point_id);
    DELETE FROM subject_states s WHERE s.kind = 'risk_point' AND s.subject_id = ANY (ids)
      AND NOT EXISTS (SELECT 1 FROM risk_points r
        WHERE r.city_code = s.city_code AND r.id = s.subject_id AND r.enterprise_id IS NULL);
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
          AND NOT EXISTS (SELECT 1 FROM assessments y
            WHERE y.city_code = x.city_code AND y.risk_point_id = x.risk_point_id AND y.replaces = x.id
              AND y.state IN ('in_force', 'returned', 'system'))
        ORDER BY x.subject_kind, x.hazard_source_id, x.assessed_at DESC, x.recorded_at DESC, x.id DESC) AS a
      WHERE a.valid_until > refresh_points.at
    ) AS due ON true
    WHERE r.id = ANY (ids)
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
  `,
  `
  DROP FUNCTION refresh_points(uuid[], timestamptz);
  DROP FUNCTION refresh_enterprises(uuid[]);
  `,
);
