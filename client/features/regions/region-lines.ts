import type { LayerSpecification } from '@maplibre/maplibre-gl-style-spec';
import type { Expr } from '#client/map/expressions.ts';
import type { LayerContext } from '#client/map/layer-module.ts';
import { palettes } from '#client/map/palette.ts';

/** Outlines of areas; hover and selection change the outline only, never the fill. */
export function regionLines(source: string, context: LayerContext): readonly LayerSpecification[] {
  const palette = palettes[context.theme];
  const isInside = source !== 'regions';
  const isDark = context.theme === 'dark';
  const common = {
    source,
    'source-layer': 'regions',
    layout: { 'line-join': 'round', 'line-cap': 'round' },
  } as const;
  return [
    {
      ...common,
      id: `${source}-line`,
      type: 'line',
      paint: {
        'line-color': isDark && !isInside ? palette.provinceLine : palette.areaLine,
        'line-opacity': isInside ? 0.7 : 0.85,
        'line-width': ['interpolate', ['linear'], ['zoom'], 4, 0.6, 7, isInside ? 0.8 : 1.1, 11, 1.6],
      },
    },
    {
      ...common,
      id: `${source}-hover-halo`,
      type: 'line',
      paint: { 'line-color': palette.halo, 'line-width': 5.5, 'line-opacity': flag('hover', 0.85) },
    },
    {
      ...common,
      id: `${source}-hover`,
      type: 'line',
      paint: { 'line-color': palette.ink, 'line-width': 2.25, 'line-opacity': flag('hover', 1) },
    },
    {
      ...common,
      id: `${source}-selected-halo`,
      type: 'line',
      paint: { 'line-color': palette.halo, 'line-width': 7, 'line-opacity': flag('selected', 0.95) },
    },
    {
      ...common,
      id: `${source}-selected`,
      type: 'line',
      paint: { 'line-color': palette.accent, 'line-width': 3, 'line-opacity': flag('selected', 1) },
    },
  ];
}

function flag(state: 'hover' | 'selected', opacity: number): Expr {
  return ['case', ['boolean', ['feature-state', state], false], opacity, 0];
}
