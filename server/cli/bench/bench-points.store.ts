import type { Knex } from 'knex';

export type Cluster = {
  readonly id: number;
  readonly city: string;
  readonly region: string;
  /** EPSG:3857 metres. */
  readonly x: number;
  readonly y: number;
  readonly radiusMetres: number;
};

/** Middles of clusters, spread evenly over the regions without children; the same for the same number. */
export async function placeClusters(
  trx: Knex.Transaction,
  count: number,
): Promise<readonly Cluster[]> {
  const result = await trx.raw<{ rows: Cluster[] }>(
    `WITH leaves AS (
      SELECT r.code, r.city_code, r.geom_3857,
        ceil(:count::int * r.area_km2 / sum(r.area_km2) OVER ())::int AS share
      FROM regions r WHERE NOT EXISTS (SELECT 1 FROM regions c WHERE c.parent_code = r.code))
    SELECT row_number() OVER (ORDER BY l.code, ST_X(p.geom))::int AS id, l.city_code AS city, l.code AS region,
      ST_X(p.geom) AS x, ST_Y(p.geom) AS y, 1000 * (1 + row_number() OVER (ORDER BY l.code, ST_X(p.geom)) % 10)::float8 AS "radiusMetres"
    FROM leaves l CROSS JOIN LATERAL ST_Dump(ST_GeneratePoints(l.geom_3857, l.share, 7)) AS p
    ORDER BY id LIMIT :count::int`,
    { count },
  );
  return result.rows;
}

/**
 * Risk points `from`…`to` round the clusters, both bases, one enterprise for each twenty. Pseudo-random by number only.
 * Written where the map reads them: the cube and the versions follow by trigger, as with any write.
 */
export async function addPoints(
  trx: Knex.Transaction,
  clusters: readonly Cluster[],
  [from, to]: readonly [from: number, to: number],
): Promise<void> {
  await trx.raw(
    `WITH clusters AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(:clusters::jsonb) AS c(id int, city text, region text, x float8, y float8, "radiusMetres" float8)
    ), dice AS (
      SELECT i, (hashint8(i) & 1048575) / 1048576.0 AS a, (hashint8(i + 1000000007) & 1048575) / 1048576.0 AS r,
        abs(hashint8(i + 2000000011)::bigint) AS d, 1 + abs(hashint8(i / 20)::bigint) % :count::int AS cluster
      FROM generate_series(:from::bigint, :to::bigint) AS i
    )
    INSERT INTO point_states (city_code, risk_point_id, basis, region, enterprise_id, name_zh, fields, lifecycle, state,
      level, last_level, dynamic_level, since, place)
    SELECT c.city, md5('point' || d.i)::uuid, b.basis, c.region, md5('enterprise' || d.i / 20)::uuid, '示例风险点' || d.i,
      ARRAY[(ARRAY['hazardous-chemicals', 'industry-and-trade', 'smelting', 'gas', 'fire-and-crowds'])[1 + d.d % 5]],
      'running', CASE WHEN d.d % 20 < 17 THEN 'assessed' ELSE 'not_assessed' END,
      CASE WHEN d.d % 20 < 17 THEN l.level END, CASE WHEN d.d % 20 < 17 THEN l.level END,
      CASE WHEN d.d % 20 < 17 THEN l.level END, '2026-01-01',
      ST_SetSRID(ST_Point(
        c.x + c."radiusMetres" * sqrt(-2 * ln(greatest(d.r, 1e-6))) * cos(2 * pi() * d.a),
        c.y + c."radiusMetres" * sqrt(-2 * ln(greatest(d.r, 1e-6))) * sin(2 * pi() * d.a)), 3857)
    FROM dice d JOIN clusters c ON c.id = d.cluster
    CROSS JOIN (VALUES ('current'), ('inherent')) AS b(basis)
    CROSS JOIN LATERAL (SELECT (1 + (d.d / 20 % 100 >= 5)::int + (d.d / 20 % 100 >= 20)::int
      + (d.d / 20 % 100 >= 55)::int)::smallint AS level) AS l`,
    { clusters: JSON.stringify(clusters), count: clusters.length, from, to },
  );
}

/** The votes of the enterprises that the points belong to. */
export async function addSubjects(trx: Knex.Transaction): Promise<void> {
  await trx.raw(
    `INSERT INTO subject_states (city_code, kind, subject_id, basis, region, name_zh, fields, state, level, last_level,
      dynamic_level, has_expired_major, points, place)
    SELECT min(p.city_code), 'enterprise', p.enterprise_id, p.basis, min(p.region), '示例企业' || left(p.enterprise_id::text, 8),
      min(p.fields), CASE WHEN min(p.level) IS NULL THEN 'not_assessed' ELSE 'assessed' END, min(p.level), min(p.level),
      min(p.level), false, count(*), ST_SetSRID(ST_Point(avg(ST_X(p.place)), avg(ST_Y(p.place))), 3857)
    FROM point_states p GROUP BY p.enterprise_id, p.basis`,
  );
}

/** Positions (EPSG:4326, [lon, lat]) of points picked evenly. */
export async function pickPlaces(
  trx: Knex.Transaction,
  count: number,
): Promise<readonly (readonly [number, number])[]> {
  const result = await trx.raw<{ rows: { lon: number; lat: number }[] }>(
    `SELECT ST_X(g.place) AS lon, ST_Y(g.place) AS lat FROM (
      SELECT p.risk_point_id, ST_Transform(p.place, 4326) AS place FROM point_states p
      WHERE p.basis = 'current' ORDER BY p.risk_point_id LIMIT :count::int) AS g`,
    { count },
  );
  return result.rows.map(({ lon, lat }) => [lon, lat]);
}

export async function tableSizes(
  trx: Knex.Transaction,
): Promise<{ points: number; cells: number }> {
  const result = await trx.raw<{ rows: { points: number; cells: number }[] }>(
    `SELECT (SELECT count(*) FROM point_states p WHERE p.basis = 'current') AS points,
      (SELECT count(*) FROM summary_cells c) AS cells`,
  );
  return result.rows[0] ?? { points: 0, cells: 0 };
}

/** Neither engine plans well over tables it has never looked at. */
export async function analyse(trx: Knex.Transaction): Promise<void> {
  await trx.raw('ANALYZE');
}
