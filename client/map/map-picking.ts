import type { Map as MapLibreMap, MapGeoJSONFeature } from 'maplibre-gl';
import { isInFreePart } from './map-camera.ts';
import type { Spot } from './map-state.ts';
import { seenFeature } from './seen-features.ts';
import type { SeenFeature } from './seen-features.ts';

/** Style layers that answer to the pointer: marks within a tolerance, areas under the point itself. */
const MARKS = [
  'risk-points',
  'risk-point-cells',
  'enterprises',
  'regions-rings',
  'regions-inside-rings',
] as const;
const AREAS = ['regions-inside-hit', 'regions-hit'] as const;

type Colour = 'assessed' | 'dynamic';

/** Marks within `tolerance` pixels of a spot, the topmost first, each once. */
export function marksAt(
  map: MapLibreMap,
  { x, y }: Spot,
  tolerance: number,
  colour: Colour,
): readonly SeenFeature[] {
  const found = map.queryRenderedFeatures(
    [
      [x - tolerance, y - tolerance],
      [x + tolerance, y + tolerance],
    ],
    { layers: MARKS.filter((id) => map.getLayer(id) !== undefined) },
  );
  const seen = found.flatMap((feature) => read(feature, pointOf(feature), colour));
  return [...new Map(seen.map((feature) => [feature.key, feature])).values()];
}

/** The area under a spot; an opened region answers with its parts. */
export function areaAt(map: MapLibreMap, { x, y }: Spot, colour: Colour): SeenFeature | null {
  const layers = AREAS.filter((id) => map.getLayer(id) !== undefined);
  for (const layer of layers) {
    const [feature] = map.queryRenderedFeatures([x, y], { layers: [layer] });
    const { lng, lat } = map.unproject([x, y]);
    const [seen] = feature === undefined ? [] : read(feature, [lng, lat], colour);
    if (seen !== undefined) return seen;
  }
  return null;
}

/** Every feature of one layer of the tiles whose point stands in the free part of the map. */
export function featuresInView(
  map: MapLibreMap,
  source: string,
  sourceLayer: string,
  colour: Colour,
): readonly SeenFeature[] {
  if (map.getSource(source) === undefined) return [];
  const seen = map
    .querySourceFeatures(source, { sourceLayer })
    .filter((feature) => feature.geometry.type === 'Point')
    .flatMap((feature) => {
      const at = pointOf(feature);
      if (at === null || !isInFreePart(map, at, 0)) return [];
      const one = seenFeature({ sourceLayer, properties: feature.properties, at }, colour);
      return one === null ? [] : [one];
    });
  return [...new Map(seen.map((feature) => [feature.key, feature])).values()];
}

function read(
  feature: MapGeoJSONFeature,
  at: readonly [number, number] | null,
  colour: Colour,
): readonly SeenFeature[] {
  const sourceLayer = feature.sourceLayer ?? '';
  if (at === null) return [];
  const one = seenFeature({ sourceLayer, properties: feature.properties, at }, colour);
  return one === null ? [] : [one];
}

function pointOf({ geometry }: Pick<MapGeoJSONFeature, 'geometry'>): [number, number] | null {
  if (geometry.type !== 'Point') return null;
  const [lng, lat] = geometry.coordinates;
  return lng === undefined || lat === undefined ? null : [lng, lat];
}
