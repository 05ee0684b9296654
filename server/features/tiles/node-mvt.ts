import { fromGeojsonVt } from '@maplibre/vt-pbf';
import type { Geometry, Position } from 'geojson';
import type { Knex } from 'knex';
import { EXTENT } from './tile-frame.ts';
import { rowsStatement } from './tiles.sql.ts';
import type { TileQuery } from './tiles.sql.ts';

type Row = { readonly layer: string; readonly attributes: string; readonly shape: string };
type Feature = {
  readonly type: 1 | 2 | 3;
  readonly geometry: Position[] | Position[][];
  readonly tags: Record<string, unknown>;
};

const OPTIONS = { version: 2, extent: EXTENT };

/** The database gives attributes and geometry in tile units; the bytes are made here. */
export async function encodeInNode(trx: Knex.Transaction, query: TileQuery): Promise<Uint8Array> {
  const result = await trx.raw<{ rows: Row[] }>(rowsStatement(query), query.bindings);
  const layers = new Map<string, Feature[]>();
  for (const { layer, attributes, shape } of result.rows) {
    const features = layers.get(layer) ?? [];
    layers.set(layer, features);
    const geometry = JSON.parse(shape) as Geometry;
    features.push({ ...toTileGeometry(geometry), tags: JSON.parse(attributes) as Feature['tags'] });
  }
  if (layers.size === 0) return new Uint8Array();
  const tile = Object.fromEntries([...layers].map(([name, features]) => [name, { features }]));
  return fromGeojsonVt(tile as never, OPTIONS);
}

function toTileGeometry(geometry: Geometry): Pick<Feature, 'type' | 'geometry'> {
  switch (geometry.type) {
    case 'Point':
      return { type: 1, geometry: [geometry.coordinates] };
    case 'LineString':
      return { type: 2, geometry: [geometry.coordinates] };
    case 'MultiLineString':
      return { type: 2, geometry: geometry.coordinates };
    case 'Polygon':
      return { type: 3, geometry: geometry.coordinates };
    case 'MultiPolygon':
      return { type: 3, geometry: geometry.coordinates.flat() };
    default:
      throw new Error(`A tile cannot hold a ${geometry.type}`);
  }
}
