import knexLibrary from 'knex';
import type { Knex } from 'knex';
import knexPostgis from 'knex-postgis';

type Column = string | Knex.Raw | Knex.QueryBuilder;

type Extras = {
  /** GeoJSON geometry as text, EPSG:4326 [lon, lat]; six digits are about 0.1 m. */
  geoJson(geometry: Column, digits?: number): Knex.Raw;
  /** The box of a tile in EPSG:3857; `margin` is a share of its width on each side. */
  tileEnvelope(z: number, x: number, y: number, margin?: number): Knex.Raw;
};

/** Only builds SQL: never connects. Its fragments fit into any query. */
const builder = knexLibrary.knex({ client: 'pg' });

const column = (value: Column): Knex.Raw =>
  typeof value === 'string' ? builder.raw('??', [value]) : builder.raw('?', [value]);

const base = knexPostgis(builder);

(builder as Knex & { postgisDefineExtras(make: () => Extras): void }).postgisDefineExtras(() => ({
  geoJson: (geometry, digits = 6) =>
    builder.raw('ST_AsGeoJSON(?, ?::int)', [column(geometry), digits]),
  tileEnvelope: (z, x, y, margin = 0) =>
    builder.raw('ST_TileEnvelope(?::int, ?::int, ?::int, margin => ?::float8)', [z, x, y, margin]),
}));

/** PostGIS functions as knex fragments: strings name columns, numbers are bound. */
export const st = base as typeof base & Extras;
