import type { Knex } from 'knex';

export type Difference = { readonly what: string; readonly rows: number };

/** Each query returns the rows that should not be there, or that should be and are not. */
const CHECKS: Readonly<Record<string, string>> = {
  'summary cube': `
    WITH wanted AS (
      SELECT c.city_code, c.region, c.jurisdiction_id, c.z, c.x, c.y, c.fields, c.lifecycle, c.basis, sum(c.n)::bigint,
        sum(c.n1)::bigint, sum(c.n2)::bigint, sum(c.n3)::bigint, sum(c.n4)::bigint, sum(c.d1)::bigint,
        sum(c.d2)::bigint, sum(c.d3)::bigint, sum(c.d4)::bigint, sum(c.u_not_assessed)::bigint,
        sum(c.u_expired)::bigint, sum(c.n_not_assessed)::bigint, sum(c.n_expired)::bigint,
        sum(c.n_not_applicable)::bigint, sum(c.sum_dx)::bigint, sum(c.sum_dy)::bigint, sum(c.sum_dxx)::bigint,
        sum(c.sum_dyy)::bigint
      FROM point_states p CROSS JOIN LATERAL cells_of(p, 1) AS c
      GROUP BY c.city_code, c.region, c.jurisdiction_id, c.z, c.x, c.y, c.fields, c.lifecycle, c.basis)
    (SELECT * FROM wanted EXCEPT SELECT * FROM summary_cells)
    UNION ALL (SELECT * FROM summary_cells EXCEPT SELECT * FROM wanted)`,
  'risk points on the map': `
    SELECT r.id FROM risk_points r
    JOIN level_periods l ON l.city_code = r.city_code AND l.risk_point_id = r.id
      AND l.valid_to = 'infinity' AND l.recorded_to = 'infinity'
    LEFT JOIN point_states p ON p.city_code = r.city_code AND p.risk_point_id = r.id AND p.basis = l.basis
    WHERE r.deleted_at IS NULL AND (p.risk_point_id IS NULL
      OR (p.state, p.level, p.last_level, p.dynamic_level, p.lifecycle, p.since, p.region)
        IS DISTINCT FROM (l.state, l.level, l.last_level, l.dynamic_level, l.lifecycle, l.valid_from,
          COALESCE(r.region, '000000')))`,
  'map rows without a risk point': `
    SELECT p.risk_point_id FROM point_states p
    WHERE NOT EXISTS (SELECT 1 FROM risk_points r
      WHERE r.city_code = p.city_code AND r.id = p.risk_point_id AND r.deleted_at IS NULL)`,
  'entries of the search': `
    SELECT e.ref FROM search_entries e LEFT JOIN (
        SELECT 3 AS kind, x.city_code, x.id, COALESCE(x.region, '000000') AS region, x.jurisdiction_id, x.fields,
          x.id AS enterprise_id
        FROM enterprises x WHERE x.deleted_at IS NULL
        UNION ALL SELECT 4, p.city_code, p.id, COALESCE(p.region, '000000'), p.jurisdiction_id, p.fields, p.enterprise_id
        FROM risk_points p WHERE p.deleted_at IS NULL
        UNION ALL SELECT 5, h.city_code, h.id, p.region, p.jurisdiction_id, p.fields, p.enterprise_id
        FROM hazard_sources h JOIN risk_points p ON p.city_code = h.city_code AND p.id = h.risk_point_id
        WHERE h.deleted_at IS NULL) AS r ON r.kind = e.kind AND r.city_code = e.city_code AND r.id::text = e.ref
    WHERE e.kind IN (3, 4, 5) AND ((e.fields @> r.fields AND e.fields <@ r.fields) IS NOT TRUE
      OR (e.region, e.jurisdiction_id, e.enterprise_id) IS DISTINCT FROM (r.region, r.jurisdiction_id, r.enterprise_id))`,
  'votes of enterprises': `
    SELECT s.subject_id FROM subject_states s
    CROSS JOIN LATERAL (SELECT min(p.level) AS level, count(*)::int AS points FROM point_states p
      WHERE p.enterprise_id = s.subject_id AND p.basis = s.basis) AS v
    WHERE s.kind = 'enterprise' AND s.state <> 'not_applicable'
      AND (s.level, s.points) IS DISTINCT FROM (v.level, v.points)`,
  'gaps between level periods': `
    SELECT g.risk_point_id FROM (
      SELECT l.risk_point_id, l.valid_to,
        lead(l.valid_from) OVER (PARTITION BY l.risk_point_id, l.basis ORDER BY l.valid_from) AS next_from
      FROM level_periods l WHERE l.recorded_to = 'infinity') AS g
    WHERE COALESCE(g.next_from, 'infinity') <> g.valid_to`,
  'regions of rows': `
    SELECT e.id FROM enterprises e WHERE e.region IS DISTINCT FROM region_at(e.geom)
    UNION ALL SELECT r.id FROM risk_points r WHERE r.region IS DISTINCT FROM region_at(r.anchor)`,
};

/** Compares everything derived with a recomputation: rows that differ, by what they are. */
export async function differences(trx: Knex.Transaction): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  for (const [what, sql] of Object.entries(CHECKS)) {
    const { rows } = await trx.raw<{ rows: [{ n: number }] }>(
      `SELECT count(*)::int AS n FROM (${sql}) AS d`,
    );
    found.push({ what, rows: rows[0].n });
  }
  return found;
}
