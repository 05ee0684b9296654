import type { LayerSpecification, LineLayerSpecification } from '@maplibre/maplibre-gl-style-spec';
import type { Expr } from '#client/map/expressions.ts';
import type { LayerContext } from '#client/map/layer-module.ts';
import { palettes } from '#client/map/palette.ts';

type Paint = NonNullable<LineLayerSpecification['paint']>;

/** Outline of every area. */
export function regionLine(source: string, context: LayerContext): LayerSpecification {
  return line(source, 'line', outline(source, context));
}

/** Hover and selection change the outline only, never the fill; they lie over all other outlines. */
export function regionOutlines(
  source: string,
  context: LayerContext,
): readonly LayerSpecification[] {
  const { halo, ink, accent } = palettes[context.theme];
  return [
    flagged(source, 'hover-halo', 'hover', { colour: halo, width: 5.5, opacity: 0.85 }),
    flagged(source, 'hover', 'hover', { colour: ink, width: 2.25, opacity: 1 }),
    flagged(source, 'selected-halo', 'selected', { colour: halo, width: 7, opacity: 0.95 }),
    flagged(source, 'selected', 'selected', { colour: accent, width: 3, opacity: 1 }),
  ];
}

function outline(source: string, { theme }: LayerContext): Paint {
  const palette = palettes[theme];
  const isInside = source !== 'regions';
  return {
    'line-color': theme === 'dark' && !isInside ? palette.provinceLine : palette.areaLine,
    'line-opacity': isInside ? 0.7 : 0.85,
    'line-width': ['interpolate', ['linear'], ['zoom'], 4, 0.6, 7, isInside ? 0.8 : 1.1, 11, 1.6],
  };
}

type Stroke = { readonly colour: string; readonly width: number; readonly opacity: number };

/** A stroke that shows only while the feature carries the flag. */
function flagged(
  source: string,
  name: string,
  flag: 'hover' | 'selected',
  { colour, width, opacity }: Stroke,
): LineLayerSpecification {
  const isOn: Expr = ['boolean', ['feature-state', flag], false];
  return line(source, name, {
    'line-color': colour,
    'line-width': width,
    'line-opacity': ['case', isOn, opacity, 0],
  });
}

function line(source: string, name: string, paint: Paint): LineLayerSpecification {
  return {
    id: `${source}-${name}`,
    type: 'line',
    source,
    'source-layer': 'regions',
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint,
  };
}
