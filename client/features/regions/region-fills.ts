import type { FillLayerSpecification, LayerSpecification } from '@maplibre/maplibre-gl-style-spec';
import { LEVELS } from '#server/domain/level.ts';
import { isShown, levelColour } from '#client/map/expressions.ts';
import type { Expr } from '#client/map/expressions.ts';
import type { LayerContext } from '#client/map/layer-module.ts';
import { palettes } from '#client/map/palette.ts';
import { hatchId, levelPatternId } from '#client/map/patterns.ts';
import { FILL_FADES } from '#client/map/zoom-bands.ts';

const LEVEL: Expr = ['get', 'level'];

/** Fill, quiet second pattern, hatch of the grey states, and bands of one source of areas. */
export function regionFills(source: string, context: LayerContext): readonly LayerSpecification[] {
  return [
    hit(source),
    fill(source, context),
    pattern(source, context),
    grey(source, context),
    edge(source, context),
    band(source, context),
  ];
}

/** Answers to the pointer where nothing is painted: a class switched off, or zoomed in close. */
function hit(source: string): FillLayerSpecification {
  return {
    id: `${source}-hit`,
    type: 'fill',
    source,
    'source-layer': 'regions',
    paint: { 'fill-opacity': 0 },
  };
}

function fill(source: string, context: LayerContext): FillLayerSpecification {
  return {
    ...hit(source),
    id: `${source}-fill`,
    filter: painted(source, context),
    paint: {
      'fill-color': levelColour(LEVEL),
      'fill-opacity': fading(fillOpacity(source, context), palettes[context.theme].fill.muted),
    },
  };
}

function pattern(source: string, context: LayerContext): FillLayerSpecification {
  const ids = LEVELS.flatMap((level) => [level, levelPatternId(context.theme, level)]);
  return {
    ...hit(source),
    id: `${source}-pattern`,
    filter: painted(source, context),
    paint: {
      'fill-pattern': ['match', LEVEL, ...ids, levelPatternId(context.theme, 4)] as unknown as Expr,
      'fill-opacity': fading(1, 1),
    },
  };
}

/** Areas without a level: hatch, following the legend row of their state. */
function grey(source: string, context: LayerContext): FillLayerSpecification {
  const { theme, hide } = context;
  const states = (['insufficient', 'not_applicable', 'not_assessed'] as const).flatMap((state) => [
    state,
    hatchId(theme, state),
  ]);
  return {
    ...hit(source),
    id: `${source}-grey`,
    filter: [
      'all',
      notOpened(source, context),
      ['!', ['has', 'level']],
      isShown(['to-string', ['get', 'state']], hide),
    ],
    paint: {
      'fill-pattern': [
        'match',
        ['get', 'state'],
        ...states,
        hatchId(theme, 'no_data'),
      ] as unknown as Expr,
      'fill-opacity': fading(0.92, 0.8),
    },
  };
}

/** The worst known level of an area with too few assessments, along the inside of its outline. */
function edge(source: string, context: LayerContext): LayerSpecification {
  return {
    id: `${source}-edge`,
    type: 'line',
    source,
    'source-layer': 'regions',
    layout: { 'line-join': 'round' },
    filter: [
      'all',
      notOpened(source, context),
      ['==', ['get', 'state'], 'insufficient'],
      ['has', 'edge'],
      isShown(['to-string', ['get', 'edge']], context.hide),
    ],
    paint: {
      'line-color': levelColour(['get', 'edge']),
      'line-width': ['interpolate', ['linear'], ['zoom'], 4.5, 2, 8, 5],
      'line-offset': ['interpolate', ['linear'], ['zoom'], 4.5, 1.4, 8, 3],
    },
  };
}

/** The level along the inside of the outline, once the fill has given way to points. */
function band(source: string, context: LayerContext): LayerSpecification {
  const { thin, to } = FILL_FADES;
  return {
    id: `${source}-band`,
    type: 'line',
    source,
    'source-layer': 'regions',
    minzoom: thin,
    layout: { 'line-join': 'round' },
    filter: painted(source, context),
    paint: {
      'line-color': levelColour(LEVEL),
      'line-width': 6,
      'line-offset': 3.5,
      'line-opacity': ['interpolate', ['linear'], ['zoom'], thin, 0, to, 0.9],
    },
  };
}

function painted(source: string, context: LayerContext): Expr {
  return [
    'all',
    notOpened(source, context),
    ['has', 'level'],
    isShown(['to-string', LEVEL], context.hide),
  ];
}

/** The opened region itself is drawn by its children. */
function notOpened(source: string, { focus }: LayerContext): Expr {
  if (source !== 'regions' || focus.opened === null) return ['literal', true] as unknown as Expr;
  return ['!=', ['get', 'code'], focus.opened];
}

/** Areas round the one in front are muted; the parts of an opened one are not. */
function fillOpacity(source: string, { theme, focus }: LayerContext): Expr | number {
  const { plain, muted } = palettes[theme].fill;
  if (focus.region === null || source !== 'regions') return plain;
  return ['case', ['==', ['get', 'code'], focus.region], palettes[theme].fill.focus, muted];
}

/** Full from afar, thin among points, then gone: close up a yellow point on yellow ground is lost. */
function fading(opacity: Expr | number, thin: number): Expr {
  const { from, thin: thinAt, to } = FILL_FADES;
  return ['interpolate', ['linear'], ['zoom'], from, opacity, thinAt, thin, to, 0];
}
