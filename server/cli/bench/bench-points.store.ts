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

/** Thrown by number only: the same rows every time. i counts risk points, e enterprises of twenty each. */
const DICE = `SELECT i, i / 20 AS e, (hashint8(i) & 1048575) / 1048576.0 AS a,
      (hashint8(i + 1000000007) & 1048575) / 1048576.0 AS r, abs(hashint8(i + 2000000011)::bigint) AS d,
      abs(hashint8(i / 20 + 3000000019)::bigint) AS f, 1 + abs(hashint8(i / 20)::bigint) % :count::int AS cluster
    FROM generate_series(:from::bigint, :to::bigint) AS i`;

const CLUSTERS = `SELECT * FROM jsonb_to_recordset(:clusters::jsonb)
    AS c(id int, city text, region text, x float8, y float8, "radiusMetres" float8)`;

// Names as SQL, thrown by the numbers f of an enterprise and d of a risk point in a row `d`.

const pick = (words: string, by: string): string => {
  const list = words.split(' ');
  return `(ARRAY[${list.map((word) => `'${word}'`).join(', ')}])[1 + (${by}) % ${list.length}]`;
};

const SYLLABLES =
  '华 盛 金 恒 利 东 方 宏 泰 丰 瑞 祥 嘉 信 诚 达 隆 兴 康 福 源 鑫 安 平 顺 通 永 昌 中 天 新 星 海 龙 凤 锦 绣 山 河 川';
const CITIES = '长春 吉林 四平 辽源 通化 白山 松原 白城 延吉 公主岭 敦化 珲春 桦甸 蛟河 磐石 舒兰';
const TRADES =
  '石化 化工 热电 粮油 木业 制药 食品 冶金 矿业 燃气 纸业 建材 纺织 机械 汽车零部件 电力 水泥 酒业 化肥 物流';
const PARTS =
  '储罐区 锅炉房 配电室 氨制冷机房 危险化学品仓库 装卸栈台 反应釜 液氨储罐 加油区 喷漆车间 粉尘除尘系统 污水池 起重机械 压力管道 熔炼炉 变电站 煤气柜 油库 教学楼 商场中庭';

/** Name of an enterprise without its form. */
const FIRM = `CASE WHEN d.f % 10 < 3 THEN ${pick(CITIES, 'd.f / 10')} ELSE '' END
  || ${pick(SYLLABLES, 'd.f / 160')} || ${pick(SYLLABLES, 'd.f / 6400')} || ${pick(TRADES, 'd.f / 256000')}`;
/** Name of a risk point: about as many different ones, of words about as common, as a register has. */
const POINT = `${FIRM} || CASE d.d % 7 WHEN 0 THEN '二期' WHEN 1 THEN '厂区' ELSE '' END
  || ${pick(PARTS, 'd.d / 7')} || 1 + d.d / 140 % 99 || '号'`;

/**
 * Risk points `from`…`to` round the clusters, both bases, and the enterprises they belong to, one for each twenty.
 * Written where the map reads them: cube, versions and search follow by trigger, as with any write. The register has
 * them too, with codes, but is not located again.
 */
export async function addPoints(
  trx: Knex.Transaction,
  clusters: readonly Cluster[],
  [from, to]: readonly [from: number, to: number],
): Promise<void> {
  const bindings = { clusters: JSON.stringify(clusters), count: clusters.length, from, to };
  await addToRegister(trx, bindings);
  await trx.raw(
    `WITH clusters AS MATERIALIZED (${CLUSTERS}), dice AS (${DICE})
    INSERT INTO point_states (city_code, risk_point_id, basis, region, enterprise_id, name_zh, fields, lifecycle, state,
      level, last_level, dynamic_level, since, place)
    SELECT c.city, md5('point' || d.i)::uuid, b.basis, c.region, md5('enterprise' || d.e)::uuid, ${POINT},
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
    bindings,
  );
}

async function addToRegister(
  trx: Knex.Transaction,
  bindings: Readonly<Record<string, string | number>>,
): Promise<void> {
  for (const table of ['enterprises', 'risk_points']) {
    await trx.raw(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  }
  await trx.raw(
    `WITH clusters AS MATERIALIZED (${CLUSTERS}), dice AS (${DICE})
    INSERT INTO enterprises (city_code, id, name_zh, uscc, lifecycle, region, geom)
    SELECT c.city, md5('enterprise' || d.e)::uuid, ${FIRM} || '有限公司', '91220' || lpad(d.e::text, 13, '0'), 'running',
      c.region, ST_Transform(ST_SetSRID(ST_Point(c.x, c.y), 3857), 4326)
    FROM dice d JOIN clusters c ON c.id = d.cluster WHERE d.i % 20 = 0 OR d.i = :from::bigint
    ON CONFLICT DO NOTHING`,
    bindings,
  );
  await trx.raw(
    `WITH clusters AS MATERIALIZED (${CLUSTERS}), dice AS (${DICE})
    INSERT INTO risk_points (city_code, id, enterprise_city_code, enterprise_id, code, name_zh, kind, lifecycle, region,
      geom, anchor, exists_from)
    SELECT c.city, md5('point' || d.i)::uuid, c.city, md5('enterprise' || d.e)::uuid, 'FX-' || lpad(d.i::text, 7, '0'),
      ${POINT}, 'facility', 'running', c.region, p.place, p.place, '2026-01-01'
    FROM dice d JOIN clusters c ON c.id = d.cluster
    CROSS JOIN LATERAL (SELECT ST_Transform(ST_SetSRID(ST_Point(c.x, c.y), 3857), 4326) AS place OFFSET 0) AS p`,
    bindings,
  );
  for (const table of ['enterprises', 'risk_points']) {
    await trx.raw(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  }
}

/** The votes of the enterprises that the points belong to. */
export async function addSubjects(trx: Knex.Transaction): Promise<void> {
  await trx.raw(
    `INSERT INTO subject_states (city_code, kind, subject_id, basis, region, name_zh, fields, state, level, last_level,
      dynamic_level, has_expired_major, points, place)
    SELECT min(p.city_code), 'enterprise', p.enterprise_id, p.basis, min(p.region), min(e.name_zh),
      min(p.fields), CASE WHEN min(p.level) IS NULL THEN 'not_assessed' ELSE 'assessed' END, min(p.level), min(p.level),
      min(p.level), false, count(*), ST_SetSRID(ST_Point(avg(ST_X(p.place)), avg(ST_Y(p.place))), 3857)
    FROM point_states p JOIN enterprises e ON e.city_code = p.city_code AND e.id = p.enterprise_id
    GROUP BY p.enterprise_id, p.basis`,
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

/** The city with the most points, the fields these have, and positions of some, picked evenly. */
export async function pickCity(
  trx: Knex.Transaction,
  count: number,
): Promise<{
  readonly city: string;
  readonly fields: readonly string[];
  readonly places: readonly (readonly [number, number])[];
}> {
  const result = await trx.raw<{
    rows: { city: string; fields: string[]; places: [number, number][] }[];
  }>(
    `WITH city AS (SELECT city_code AS code FROM point_states WHERE basis = 'current'
      GROUP BY city_code ORDER BY count(*) DESC, city_code LIMIT 1),
    picked AS (SELECT ST_Transform(p.place, 4326) AS place FROM point_states p JOIN city c ON c.code = p.city_code
      WHERE p.basis = 'current' ORDER BY p.risk_point_id LIMIT :count::int)
    SELECT c.code AS city,
      ARRAY(SELECT DISTINCT unnest(p.fields) FROM point_states p WHERE p.city_code = c.code) AS fields,
      (SELECT jsonb_agg(jsonb_build_array(ST_X(place), ST_Y(place))) FROM picked) AS places FROM city c`,
    { count },
  );
  const [row] = result.rows;
  if (row === undefined) throw new Error('No point to measure at');
  return row;
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
