import type {
  CircleLayerSpecification,
  LayerSpecification,
  SourceSpecification,
} from '@maplibre/maplibre-gl-style-spec';
import type { LayerContext, LayerModule } from '#client/map/layer-module.ts';
import { palettes } from '#client/map/palette.ts';
import type { Theme } from '#client/map/palette.ts';
import type { PlaceData } from './places.ts';

const DOTS = 'import-dots';
const OTHERS = 'import-others';
const LINES = 'import-lines';

/** Tone of what needs a look; far from the orange and yellow of the levels. */
export const WARN_TONE: Readonly<Record<Theme, string>> = { light: '#7A5C2E', dark: '#D3BC8C' };

/** Layers that answer to the pointer. */
export const PLACE_LAYERS = [DOTS, OTHERS];

/** Places of the rows by what becomes of them: never in one of the four colours, which are levels. */
export const placesLayer: LayerModule = {
  id: 'import-places',
  requests: () => [],
  layers: (context) => ({
    line: [lines(context)],
    mark: [halo(context), dots(context)],
    top: [others(context)],
  }),
  onClick: {},
};

export function placeSources(data: PlaceData): Readonly<Record<string, SourceSpecification>> {
  return {
    [DOTS]: { type: 'geojson', data: data.dots },
    [OTHERS]: { type: 'geojson', data: data.others },
    [LINES]: { type: 'geojson', data: data.lines },
  };
}

function dots({ theme }: LayerContext): CircleLayerSpecification {
  const { accent, card, inkSoft } = palettes[theme];
  const warn = WARN_TONE[theme];
  return {
    id: DOTS,
    type: 'circle',
    source: DOTS,
    layout: {
      // Faulty rows are drawn last, over the others.
      'circle-sort-key': ['match', ['get', 'status'], 'faulty', 3, 'changed', 2, 'new', 1, 0],
    },
    paint: {
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 5, 3.5, 10, 5, 14, 7],
      'circle-color': ['match', ['get', 'status'], 'new', accent, 'unchanged', inkSoft, card],
      'circle-stroke-color': ['match', ['get', 'status'], 'changed', accent, 'faulty', warn, card],
      'circle-stroke-width': ['match', ['get', 'status'], ['changed', 'faulty'], 2.5, 1.2],
    },
  };
}

/** A ring round places that have a warning. */
function halo({ theme }: LayerContext): CircleLayerSpecification {
  return {
    id: 'import-warned',
    type: 'circle',
    source: DOTS,
    filter: ['==', ['get', 'isWarned'], true],
    paint: {
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 5, 7, 10, 9, 14, 12],
      'circle-color': 'rgba(0, 0, 0, 0)',
      'circle-stroke-color': WARN_TONE[theme],
      'circle-stroke-width': 1.4,
    },
  };
}

/** Small and full, so that the place as it is read stays visible under it. */
function others({ theme }: LayerContext): CircleLayerSpecification {
  const { ink, card } = palettes[theme];
  return {
    id: OTHERS,
    type: 'circle',
    source: OTHERS,
    paint: {
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 5, 1.8, 10, 3, 14, 5],
      'circle-color': ink,
      'circle-stroke-color': card,
      'circle-stroke-width': 0.8,
    },
  };
}

function lines({ theme }: LayerContext): LayerSpecification {
  return {
    id: LINES,
    type: 'line',
    source: LINES,
    paint: {
      'line-color': palettes[theme].ink,
      'line-opacity': 0.55,
      'line-width': 1.4,
      'line-dasharray': [2, 1.5],
    },
  };
}
