import { cellsRelation } from '#server/db/cells.ts';
import type { Tile } from '#server/domain/geometry/tile.ts';
import { cellGrid, tileFrame } from './tile-frame.ts';
import { isInCube, keptCounts } from './tile-filters.ts';
import type { TileFilters } from './tile-filters.ts';
import {
  filterBindings,
  filtered,
  inCells,
  OF_TILE,
  pointBox,
  spot,
  TILE_BOX,
} from './tiles.sql.ts';
import type { TileLayerSelect, TileQuery } from './tiles.sql.ts';

/** Zoom from which single points are drawn. */
export const POINTS_FROM = 10;

/** Most single points of one tile; where more would be, the densest cells stay aggregates. */
export const MOST_POINTS = 3000;

/** A tile is 8 × 8 cells. */
const HALVINGS = 3;
/** Finest cells of the summary cube. */
const FINEST_CUBE = 12;
/** A `split` beyond the closest zoom of the layer. */
const NEVER = 15;

/** Cells of the tile from the summary cube; `n…` under the filters, place and spread of all points of the cell. */
const cellsOfCube = (): string => `
  SELECT k.cx, k.cy, k.n1 + k.n2 + k.n3 + k.n4 + k.na + k.ne + k.nx AS n, k.n1, k.n2, k.n3, k.n4, k.na, k.ne, k.nx,
    k.sx / k.m / 1024 AS mx, k.sy / k.m / 1024 AS my,
    k.dxx / k.m - (k.dx / k.m) ^ 2 + k.dyy / k.m - (k.dy / k.m) ^ 2 AS variance
  FROM (
    SELECT LEAST(GREATEST(c.x, 0), :side::int - 1) AS cx, LEAST(GREATEST(c.y, 0), :side::int - 1) AS cy,
      sum(CASE WHEN :isDynamic::bool THEN c.d1 ELSE c.n1 END) * :k1::int AS n1,
      sum(CASE WHEN :isDynamic::bool THEN c.d2 ELSE c.n2 END) * :k2::int AS n2,
      sum(CASE WHEN :isDynamic::bool THEN c.d3 ELSE c.n3 END) * :k3::int AS n3,
      sum(CASE WHEN :isDynamic::bool THEN c.d4 ELSE c.n4 END) * :k4::int AS n4,
      sum(CASE WHEN :isDynamic::bool THEN c.u_not_assessed ELSE c.n_not_assessed END) * :kNotAssessed::int AS na,
      sum(CASE WHEN :isDynamic::bool THEN c.u_expired ELSE c.n_expired END) * :kExpired::int AS ne,
      sum(c.n_not_applicable) * :kNotApplicable::int AS nx,
      sum(c.n)::float8 AS m,
      sum(c.x::bigint * 1024 * c.n + c.sum_dx)::float8 AS sx, sum(c.y::bigint * 1024 * c.n + c.sum_dy)::float8 AS sy,
      sum(c.sum_dx)::float8 AS dx, sum(c.sum_dy)::float8 AS dy,
      sum(c.sum_dxx)::float8 AS dxx, sum(c.sum_dyy)::float8 AS dyy
    FROM ${cellsRelation()} c
    -- Points on the world's edge are counted in cells beyond it.
    WHERE c.z = :cellZoom::int AND c.basis = :basis AND c.n > 0
      AND c.x BETWEEN CASE WHEN :x0::int = 0 THEN -1 ELSE :x0::int END
        AND CASE WHEN :x1::int = :side::int - 1 THEN :side::int ELSE :x1::int END
      AND c.y BETWEEN CASE WHEN :y0::int = 0 THEN -1 ELSE :y0::int END
        AND CASE WHEN :y1::int = :side::int - 1 THEN :side::int ELSE :y1::int END
      AND (:fields::text[] IS NULL OR c.fields && :fields::text[])
      AND (:region::text IS NULL OR c.region IN (
        SELECT r.code FROM regions r WHERE r.path @> ARRAY[:region::text] UNION ALL SELECT :region::text))
    GROUP BY 1, 2
  ) AS k
  WHERE k.n1 + k.n2 + k.n3 + k.n4 + k.na + k.ne + k.nx > 0`;

const POINT_COLUMNS = `p.risk_point_id, p.name_zh, p.name_en, p.level, p.state, p.last_level, p.dynamic_level,
  p.fields[1] AS field, p.enterprise_id, u.fx, u.fy, c.cx, c.cy`;

/** Points of the tile under the filters. */
const POINTS_OF_TILE = `
  SELECT ${POINT_COLUMNS} FROM point_states p ${inCells('p.place')}
  WHERE p.place && ${pointBox(TILE_BOX)} AND ${filtered('p')} AND ${OF_TILE}`;

/** Points of the cells that are opened: the others are never read. */
const POINTS_OF_OPEN_CELLS = `
  SELECT ${POINT_COLUMNS}
  FROM cells o JOIN point_states p ON p.place && ${pointBox(`ST_MakeEnvelope(
    :west::float8 + (o.cx - :x0::int) * :cellMetres::float8, :north::float8 - (o.cy - :y0::int + 1) * :cellMetres::float8,
    :west::float8 + (o.cx - :x0::int + 1) * :cellMetres::float8, :north::float8 - (o.cy - :y0::int) * :cellMetres::float8, 3857)`)}
  ${inCells('p.place')}
  WHERE c.cx = o.cx AND c.cy = o.cy AND ${filtered('p')}
    AND NOT EXISTS (SELECT 1 FROM kept k WHERE k.cx = o.cx AND k.cy = o.cy)`;

/** The same columns as from the cube, counted over the points that were read. */
const CELLS_OF_POINTS = `
  SELECT h.cx, h.cy, count(*) AS n,
    count(*) FILTER (WHERE h.paint = 1) AS n1, count(*) FILTER (WHERE h.paint = 2) AS n2,
    count(*) FILTER (WHERE h.paint = 3) AS n3, count(*) FILTER (WHERE h.paint = 4) AS n4,
    count(*) FILTER (WHERE h.paint IS NULL AND h.state = 'not_assessed') AS na,
    count(*) FILTER (WHERE h.paint IS NULL AND h.state = 'expired') AS ne,
    count(*) FILTER (WHERE h.paint IS NULL AND h.state = 'not_applicable') AS nx,
    avg(h.fx) AS mx, avg(h.fy) AS my,
    avg(h.dx * h.dx) - avg(h.dx) ^ 2 + avg(h.dy * h.dy) - avg(h.dy) ^ 2 AS variance
  FROM (
    SELECT p.cx, p.cy, p.fx, p.fy, p.state, (p.fx - p.cx) * 1024 AS dx, (p.fy - p.cy) * 1024 AS dy,
      CASE WHEN :isDynamic::bool THEN p.dynamic_level ELSE p.level END AS paint
    FROM points p) AS h
  GROUP BY 1, 2`;

/** Cells that stay aggregates: the densest, until what is left fits beside them. None in a tile that fits whole. */
const KEPT = `
  SELECT r.* FROM (
    SELECT c.*, sum(c.n) OVER () AS total, sum(c.n) OVER (ORDER BY c.n, c.cx, c.cy) AS running FROM cells c) AS r
  WHERE r.total > :mostPoints::int AND r.running > :mostPoints::int - 64`;

/**
 * `split`: the zoom at which the cell falls apart. Its points lie σ from their mean (1/1024 of a cell); two halves 2σ
 * apart are in different cells of zoom c as soon as 2σ reaches a cell's width there, which is when
 * c ≥ cellZoom + log2(512 / σ); a tile of zoom z shows cells of zoom z + 3. Never later than the zoom at which single
 * points are drawn, unless more than a tile may hold lie on one spot.
 */
const SPLIT = `LEAST(
  CASE WHEN k.n > :mostPoints::int THEN ${NEVER} WHEN :z::int < ${POINTS_FROM} THEN ${POINTS_FROM}
    ELSE LEAST(:cellZoom::int, ${NEVER}) END,
  CASE WHEN k.variance < 1 THEN ${NEVER}
    ELSE GREATEST(:z::int + 1, :cellZoom::int - ${HALVINGS} + ceil(ln(512 / sqrt(k.variance)) / ln(2))::int) END)`;

const cellFeatures = (from: string): TileLayerSelect => ({
  name: 'risk-point-cells',
  select: `
    SELECT :cellZoom::int || '/' || k.cx || '/' || k.cy AS key, k.n::int AS n, k.n1::int AS n1, k.n2::int AS n2,
      k.n3::int AS n3, k.n4::int AS n4, k.na::int AS "nNotAssessed", k.ne::int AS "nExpired",
      k.nx::int AS "nNotApplicable",
      CASE WHEN k.n1 > 0 THEN 1 WHEN k.n2 > 0 THEN 2 WHEN k.n3 > 0 THEN 3 WHEN k.n4 > 0 THEN 4 END AS worst,
      ${SPLIT} AS split, ${spot('k.mx', 'k.my')} AS geom
    FROM ${from} k ORDER BY k.cx, k.cy`,
});

const SINGLE_POINTS: TileLayerSelect = {
  name: 'risk-points',
  select: `
    SELECT p.risk_point_id::text AS id, p.name_zh AS name, p.name_zh, p.name_en, p.level::int AS level, p.state,
      p.last_level::int AS "lastLevel", p.dynamic_level::int AS dynamic, p.field,
      COALESCE(p.enterprise_id::text, '') AS ent, ${spot('p.fx', 'p.fy')} AS geom
    FROM points p
    WHERE NOT EXISTS (SELECT 1 FROM kept k WHERE k.cx = p.cx AND k.cy = p.cy)
    ORDER BY p.risk_point_id`,
};

/**
 * Below zoom 10 aggregates of the cube, then single points. A filter that the cube cannot answer is counted over the
 * points themselves: exact, and the only low tile whose cost grows with them.
 */
export function riskPointsQuery(tile: Tile, filters: TileFilters): TileQuery {
  const isCube = isInCube(filters) && tile.z <= POINTS_FROM;
  const cellZoom = isCube ? Math.min(tile.z + HALVINGS, FINEST_CUBE) : tile.z + HALVINGS;
  const frame = tileFrame(tile);
  const grid = cellGrid(tile, cellZoom);
  return {
    ...(tile.z < POINTS_FROM ? aggregates(isCube) : singles(isCube)),
    bindings: {
      ...frame,
      ...grid,
      ...filterBindings(filters),
      ...keptCounts(filters),
      isDynamic: filters.colour === 'dynamic',
      cellMetres: grid.unit / frame.scale,
      mostPoints: MOST_POINTS,
    },
  };
}

type Parts = Pick<TileQuery, 'shared' | 'layers'>;

function aggregates(isCube: boolean): Parts {
  const shared = isCube
    ? `cells AS (${cellsOfCube()})`
    : `points AS (${POINTS_OF_TILE}), cells AS (${CELLS_OF_POINTS})`;
  return { shared, layers: [cellFeatures('cells')] };
}

function singles(isCube: boolean): Parts {
  const shared = isCube
    ? [
        `cells AS MATERIALIZED (${cellsOfCube()})`,
        `kept AS MATERIALIZED (${KEPT})`,
        `points AS (${POINTS_OF_OPEN_CELLS})`,
      ]
    : [
        `points AS MATERIALIZED (${POINTS_OF_TILE})`,
        `cells AS (${CELLS_OF_POINTS})`,
        `kept AS MATERIALIZED (${KEPT})`,
      ];
  return { shared: shared.join(', '), layers: [SINGLE_POINTS, cellFeatures('kept')] };
}
