import type { Knex } from 'knex';
import type { Tile } from '#server/domain/geometry/tile.ts';
import { cellGrid, EXTENT, tileFrame } from './tile-frame.ts';
import type { TileFilters } from './tile-filters.ts';

/**
 * What makes one tile: for each layer inside it a select of attributes and `geom`, which is in tile units already
 * (0…4096, y down, whole numbers). Both encoders read the same statement.
 */
export type TileQuery = {
  /** Common table expressions that the selects share, without the WITH; may be empty. */
  readonly shared: string;
  readonly layers: readonly TileLayerSelect[];
  readonly bindings: Readonly<
    Record<string, Knex.RawBinding | readonly string[] | readonly number[]>
  >;
};

export type TileLayerSelect = { readonly name: string; readonly select: string };

/** The tile as one value, made by PostGIS. No bytes when nothing is in it. */
export function mvtStatement({ shared, layers }: TileQuery): string {
  const tiles = layers.map(
    ({ name, select }) =>
      `COALESCE((SELECT ST_AsMVT(f, '${name}', ${EXTENT}, 'geom') FROM (${select}) AS f), ''::bytea)`,
  );
  return `${withShared(shared)}SELECT ${tiles.join(' || ')} AS tile`;
}

/** The tile as rows of `layer`, `attributes` and `shape` (GeoJSON), both as JSON text, for an encoder outside. */
export function rowsStatement({ shared, layers }: TileQuery): string {
  const rows = layers.map(
    ({ name, select }) =>
      `SELECT '${name}' AS layer, (to_jsonb(f) - 'geom')::text AS attributes,
        ST_AsGeoJSON(f.geom, 0, 0) AS shape FROM (${select}) AS f`,
  );
  return `${withShared(shared)}${rows.join(' UNION ALL ')}`;
}

function withShared(shared: string): string {
  return shared === '' ? '' : `WITH ${shared} `;
}

/** The tile's own square. */
export const TILE_BOX = `ST_MakeEnvelope(:west::float8, :south::float8, :east::float8, :north::float8, 3857)`;
const WIDE_BOX = `ST_Expand(${TILE_BOX}, :margin::float8)`;

/** EPSG:3857 metres to tile units; the second scale turns y down. What collapses on the grid is dropped. */
const onGrid = (geom: string): string =>
  `ST_SnapToGrid(ST_TransScale(${geom}, -(:west::float8), -(:north::float8), :scale::float8, -(:scale::float8)), 1)`;

const clipped = (geom: string): string => onGrid(`ST_ClipByBox2D(${geom}, ${WIDE_BOX})`);

/** Outer rings have a positive area in tile units, as the tile format wants them. */
const area = (geom: string): string =>
  `ST_ForcePolygonCCW(ST_CollectionExtract(${clipped(geom)}, 3))`;

const line = (geom: string): string => `ST_CollectionExtract(${clipped(geom)}, 2)`;

/** Half the width of the web-mercator square and its width, metres: the very digits of the summary cube. */
const HALF = '20037508.342789244';
const WIDTH = '40075016.685578488';

/**
 * A point (EPSG:3857) in cells of a grid: `fx`, `fy` exactly and `cx`, `cy` as whole cells. A cell belongs to one tile,
 * so each point is in exactly one tile of a zoom; what lies on the world's edge goes to the last cell.
 */
export const inCells = (place: string): string => `
  CROSS JOIN LATERAL (SELECT (ST_X(${place}) + ${HALF}) / ${WIDTH} * :side::float8 AS fx,
    (${HALF} - ST_Y(${place})) / ${WIDTH} * :side::float8 AS fy) AS u
  CROSS JOIN LATERAL (SELECT LEAST(GREATEST(floor(u.fx)::int, 0), :side::int - 1) AS cx,
    LEAST(GREATEST(floor(u.fy)::int, 0), :side::int - 1) AS cy) AS c`;

/** Only the cells of this tile. */
export const OF_TILE = `c.cx BETWEEN :x0::int AND :x1::int AND c.cy BETWEEN :y0::int AND :y1::int`;

/** Rounded down, so that it never touches the next tile, where it would not be drawn by either. */
export const spot = (fx: string, fy: string): string => `ST_Point(
  LEAST(GREATEST(floor((${fx} - :x0::float8) * :unit::float8), 0), ${EXTENT - 1}),
  LEAST(GREATEST(floor((${fy} - :y0::float8) * :unit::float8), 0), ${EXTENT - 1}))`;

/** Rows of point_states or subject_states that the filters let through. */
export const filtered = (row: string): string => `${row}.basis = :basis
  AND (:fields::text[] IS NULL OR ${row}.fields && :fields::text[])
  AND (:region::text IS NULL OR ${row}.region IN (
    SELECT r.code FROM regions r WHERE r.path @> ARRAY[:region::text] UNION ALL SELECT :region::text))
  AND (:levels::int[] IS NULL OR ${row}.level = ANY (:levels::int[]))
  AND (:dynamicLevels::int[] IS NULL OR ${row}.dynamic_level = ANY (:dynamicLevels::int[]))
  AND (:states::text[] IS NULL OR ${row}.state = ANY (:states::text[]))`;

export function filterBindings(filters: TileFilters): TileQuery['bindings'] {
  const { basis, fields, region, levels, dynamicLevels, states } = filters;
  return { basis, fields, region, levels, dynamicLevels, states };
}

/** Enterprises at their own place. */
export function enterprisesQuery(tile: Tile, filters: TileFilters): TileQuery {
  const select = `
    SELECT s.subject_id::text AS id, s.name_zh AS name, s.name_zh, s.name_en, s.level::int AS level, s.state,
      s.last_level::int AS "lastLevel", s.dynamic_level::int AS dynamic, s.fields[1] AS field, s.points AS n,
      ${spot('u.fx', 'u.fy')} AS geom
    FROM subject_states s ${inCells('s.place')}
    WHERE s.kind = 'enterprise' AND s.place && ${pointBox(TILE_BOX)} AND ${filtered('s')} AND ${OF_TILE}
    ORDER BY s.subject_id`;
  return {
    shared: '',
    layers: [{ name: 'enterprises', select }],
    bindings: { ...tileFrame(tile), ...cellGrid(tile, tile.z), ...filterBindings(filters) },
  };
}

/** Only narrows the search: the cells decide. A metre more, so that rounding loses nothing. */
export const pointBox = (box: string): string => `ST_Expand(${box}, 1)`;

/** `region_shapes.band` of a zoom. */
export function shapeBand(z: number): number {
  return [4, 7, 10].filter((closest) => z > closest).length;
}

/** Regions that have something to draw in the tile. `depth` without `region`: all of it; alone: its children. */
export const REGIONS_IN_TILE = `
  SELECT r.code, r.city_code AS "cityCode" FROM regions r
  WHERE (:depth::text IS NULL OR r.depth = :depth::text)
    AND (:region::text IS NULL OR CASE WHEN :depth::text IS NULL THEN r.parent_code = :region::text
      ELSE r.path @> ARRAY[:region::text] END)
    AND (ST_Transform(r.label, 3857) && ${WIDE_BOX} OR EXISTS (SELECT 1 FROM region_shapes s
      WHERE s.code = r.code AND s.band = :band::int AND s.geom_3857 && ${WIDE_BOX}))
  ORDER BY r.code`;

export function regionsInTileBindings(
  tile: Tile,
  { region, depth }: TileFilters,
): TileQuery['bindings'] {
  const shown = depth ?? (region === null ? 'city' : null);
  return { ...tileFrame(tile), band: shapeBand(tile.z), region, depth: shown };
}

const COUNTS = [
  'n1',
  'n2',
  'n3',
  'n4',
  'nNotAssessed',
  'nExpired',
  'nNotApplicable',
  'assessed',
  'total',
];
const VOTES = ['s1', 's2', 's3', 's4', 'sU', 'sExpired1'];
const WORDS = ['code', 'name', 'name_zh', 'name_en', 'depth', 'state'];

const typed = (names: readonly string[], type: string): string[] =>
  names.map((name) => `"${name}" ${type}`);

/** Attributes of a region in its tile, as JSON: one object for each region. */
const FIGURES = `figures AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(:figures::jsonb) AS f(
  ${[...typed(WORDS, 'text'), ...typed(['level', 'edge'], 'int'), 'pending boolean', ...typed([...COUNTS, ...VOTES], 'int')].join(', ')}))`;

/** Areas with their figures, and the place of each label in exactly one tile. */
export function regionsQuery(tile: Tile, figures: readonly object[]): TileQuery {
  return {
    shared: FIGURES,
    layers: [
      {
        name: 'regions',
        select: drawn(`SELECT f.*, ${area('s.geom_3857')} AS geom
        FROM figures f JOIN region_shapes s ON s.code = f.code AND s.band = :band::int
        WHERE s.geom_3857 && ${WIDE_BOX} ORDER BY f.code`),
      },
      {
        name: 'region-labels',
        select: `SELECT f.*, ${spot('u.fx', 'u.fy')} AS geom
        FROM figures f JOIN regions r ON r.code = f.code
        CROSS JOIN LATERAL (SELECT ST_Transform(r.label, 3857) AS place) AS l ${inCells('l.place')}
        WHERE ${OF_TILE} ORDER BY f.code`,
      },
    ],
    bindings: {
      ...tileFrame(tile),
      ...cellGrid(tile, tile.z),
      band: shapeBand(tile.z),
      figures: JSON.stringify(figures),
    },
  };
}

const drawn = (select: string): string =>
  `SELECT * FROM (${select}) AS d WHERE NOT ST_IsEmpty(d.geom)`;

/** Closest zoom of the base map; its tiles serve closer views too, so they hold everything. */
export const BASE_MAX_ZOOM = 10;

/** Land, water, places and the borders of provinces and cities. */
export function baseQuery(tile: Tile): TileQuery {
  const features = (kind: string, attributes: string, geom: string, from = ''): string => `
    SELECT ${attributes} ${geom} AS geom FROM base_features b ${from}
    WHERE b.kind = '${kind}' AND b.min_zoom <= :reach::int AND b.max_zoom >= :z::int
      AND b.geom_3857 && ${WIDE_BOX} ${from === '' ? '' : `AND ${OF_TILE}`} ORDER BY b.id`;
  const named = 'b.name_zh, b.name_en, b.rank,';
  const borders = `SELECT r.code, r.depth, ${line('ST_Boundary(s.geom_3857)')} AS geom
    FROM region_shapes s JOIN regions r ON r.code = s.code
    WHERE s.band = :band::int AND r.depth IN ('province', 'city') AND s.geom_3857 && ${WIDE_BOX}
    ORDER BY r.code`;
  return {
    shared: '',
    layers: [
      { name: 'land', select: drawn(features('land', 'b.rank,', area('b.geom_3857'))) },
      { name: 'lakes', select: drawn(features('lake', named, area('b.geom_3857'))) },
      { name: 'rivers', select: drawn(features('river', named, line('b.geom_3857'))) },
      { name: 'borders', select: drawn(borders) },
      {
        name: 'places',
        select: features(
          'place',
          `${named} b.min_zoom::int AS min_zoom,`,
          spot('u.fx', 'u.fy'),
          inCells('b.geom_3857'),
        ),
      },
    ],
    bindings: {
      ...tileFrame(tile),
      ...cellGrid(tile, tile.z),
      band: shapeBand(tile.z),
      reach: tile.z === BASE_MAX_ZOOM ? 24 : tile.z,
    },
  };
}
