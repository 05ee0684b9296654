import type { LayerSpecification } from '@maplibre/maplibre-gl-style-spec';
import { FONT, nameIn } from '#client/map/expressions.ts';
import type { LayerContext, LayerModule } from '#client/map/layer-module.ts';
import { palettes, withAlpha } from '#client/map/palette.ts';

const SOURCE = 'base';

/** Land, water, borders and place names that the service draws from its own data. */
export const baseLayer: LayerModule = {
  id: 'base',
  requests: () => [{ source: SOURCE, layer: 'base', query: {} }],
  layers: (context) => ({
    ground: ground(context),
    line: borders(context),
    label: [places(context)],
  }),
  onClick: {},
};

function ground({ theme }: LayerContext): readonly LayerSpecification[] {
  const palette = palettes[theme];
  return [
    {
      id: 'base-land',
      type: 'fill',
      source: SOURCE,
      'source-layer': 'land',
      paint: { 'fill-color': palette.land },
    },
    {
      id: 'base-lakes',
      type: 'fill',
      source: SOURCE,
      'source-layer': 'lakes',
      paint: { 'fill-color': palette.water, 'fill-opacity': theme === 'light' ? 0.6 : 0.8 },
    },
    river('base-rivers', palette.water, theme === 'light' ? 0.9 : 0.85),
    {
      id: 'base-province-glow',
      type: 'line',
      source: SOURCE,
      'source-layer': 'borders',
      filter: ['==', ['get', 'depth'], 'province'],
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': palette.glow,
        'line-width': ['interpolate', ['linear'], ['zoom'], 4, 8, 9, 18],
        'line-blur': ['interpolate', ['linear'], ['zoom'], 4, 7, 9, 15],
        'line-opacity': theme === 'light' ? 0.9 : 0.8,
      },
    },
  ];
}

function river(id: string, colour: string, opacity: number): LayerSpecification {
  return {
    id,
    type: 'line',
    source: SOURCE,
    'source-layer': 'rivers',
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: {
      'line-color': colour,
      'line-opacity': opacity,
      'line-width': ['interpolate', ['exponential', 1.4], ['zoom'], 4, 0.5, 7, 1, 11, 2.4],
    },
  };
}

function borders(context: LayerContext): readonly LayerSpecification[] {
  const palette = palettes[context.theme];
  const isDark = context.theme === 'dark';
  return [
    // Over the fills again, faintly: a river is how people find their way across the colours.
    river('base-rivers-over', isDark ? '#0B1119' : '#FFFFFF', isDark ? 0.35 : 0.4),
    {
      id: 'base-city-borders',
      type: 'line',
      source: SOURCE,
      'source-layer': 'borders',
      filter: ['==', ['get', 'depth'], 'city'],
      layout: {
        'line-join': 'round',
        visibility:
          context.focus.around === null && context.focus.opened === null ? 'none' : 'visible',
      },
      paint: { 'line-color': palette.border, 'line-width': 1 },
    },
    {
      id: 'base-province-border',
      type: 'line',
      source: SOURCE,
      'source-layer': 'borders',
      filter: ['==', ['get', 'depth'], 'province'],
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: {
        'line-color': palette.provinceLine,
        'line-width': ['interpolate', ['linear'], ['zoom'], 4, 1.1, 7, 1.8, 10, 2.2],
      },
    },
  ];
}

/** Names of towns, once the names of areas leave room for them: rank 1 is the capital, 5 a town. */
function places({ theme, lang, focus }: LayerContext): LayerSpecification {
  const palette = palettes[theme];
  return {
    id: 'base-places',
    type: 'symbol',
    source: SOURCE,
    'source-layer': 'places',
    // Among the names of counties the towns of the same name wait for a closer look.
    minzoom: focus.opened === null ? 6.8 : 10,
    filter: ['<=', ['to-number', ['get', 'rank'], 5], ['step', ['zoom'], 3, 9, 4, 10, 5]],
    layout: {
      'text-field': nameIn(lang),
      'text-font': FONT,
      'text-size': ['interpolate', ['linear'], ['zoom'], 8, 11, 12, 13],
      'text-padding': 3,
      // Rings stand over the towns they count: the name goes beside them.
      'text-variable-anchor': ['center', 'bottom', 'top', 'left', 'right'],
      'text-radial-offset': ['interpolate', ['linear'], ['zoom'], 9, 2, 12, 1],
      'text-justify': 'auto',
      'text-max-width': 8,
      'symbol-sort-key': ['to-number', ['get', 'rank'], 5],
    },
    paint: {
      'text-color': palette.inkSoft,
      'text-halo-color': withAlpha(palette.halo, 0.85),
      'text-halo-width': 1.4,
    },
  };
}
