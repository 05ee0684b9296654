import type {
  GeoJSONSourceSpecification,
  LayerSpecification,
} from '@maplibre/maplibre-gl-style-spec';
import type { LayerContext, LayerModule } from './layer-module.ts';
import { palettes } from './palette.ts';

export const SELECTION = 'selection';

/**
 * The ring round the selected enterprise or risk point. It has a source of its own, because the
 * point itself may be inside a ring chart, or switched off in the legend.
 */
export const selectionLayer: LayerModule = {
  id: SELECTION,
  requests: () => [],
  layers: (context) => ({ top: rings(context) }),
  onClick: {},
};

/** The selected position as GeoJSON; empty without one. */
export function selectionSource({ selectedAt }: LayerContext): GeoJSONSourceSpecification {
  const features =
    selectedAt === null
      ? []
      : [
          {
            type: 'Feature' as const,
            properties: {},
            geometry: { type: 'Point' as const, coordinates: [...selectedAt] },
          },
        ];
  return { type: 'geojson', data: { type: 'FeatureCollection', features } };
}

function rings({ theme }: LayerContext): readonly LayerSpecification[] {
  const palette = palettes[theme];
  return [
    ring('selection-halo', palette.halo, 17, 7),
    ring('selection-ring', palette.accent, 19, 3),
  ];
}

function ring(id: string, colour: string, radius: number, width: number): LayerSpecification {
  return {
    id,
    type: 'circle',
    source: SELECTION,
    paint: {
      'circle-radius': radius,
      'circle-opacity': 0,
      'circle-stroke-color': colour,
      'circle-stroke-width': width,
    },
  };
}
