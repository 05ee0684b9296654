import type { LayerSpecification } from '@maplibre/maplibre-gl-style-spec';
import { LEVELS } from '#server/domain/level.ts';
import { isShown, levelColour } from '#client/map/expressions.ts';
import type { Expr } from '#client/map/expressions.ts';
import type { LayerContext } from '#client/map/layer-module.ts';
import { palettes } from '#client/map/palette.ts';
import { hatchId, levelPatternId } from '#client/map/patterns.ts';
import { FILL_FADES } from '#client/map/zoom-bands.ts';

const LEVEL: Expr = ['get', 'level'];

/** Fill, quiet second pattern, hatch of the grey states, and edges of one source of areas. */
export function regionFills(source: string, context: LayerContext): readonly LayerSpecification[] {
  const common = { source, 'source-layer': 'regions' } as const;
  const palette = palettes[context.theme];
  return [
    // Answers to the pointer where nothing is painted: a class switched off, or zoomed in close.
    { ...common, id: `${source}-hit`, type: 'fill', paint: { 'fill-opacity': 0 } },
    {
      ...common,
      id: `${source}-fill`,
      type: 'fill',
      filter: painted(source, context),
      paint: {
        'fill-color': levelColour(LEVEL),
        'fill-opacity': fading(fillOpacity(context)),
      },
    },
    {
      ...common,
      id: `${source}-pattern`,
      type: 'fill',
      filter: painted(source, context),
      paint: {
        'fill-pattern': [
          'match',
          LEVEL,
          ...LEVELS.flatMap((level) => [level, levelPatternId(context.theme, level)]),
          levelPatternId(context.theme, 4),
        ] as unknown as Expr,
        'fill-opacity': fading(1),
      },
    },
    {
      ...common,
      id: `${source}-grey`,
      type: 'fill',
      filter: ['all', notOpened(source, context), ['!', ['has', 'level']], greyShown(context)],
      paint: {
        'fill-pattern': [
          'match',
          ['get', 'state'],
          'insufficient',
          hatchId(context.theme, 'insufficient'),
          'not_applicable',
          hatchId(context.theme, 'not_applicable'),
          'not_assessed',
          hatchId(context.theme, 'not_assessed'),
          hatchId(context.theme, 'no_data'),
        ],
        'fill-opacity': fading(palette.fill.plain + 0.1),
      },
    },
    ...regionEdges(source, context),
  ];
}

/** Bands along the inside of an outline: the worst known level of an area with too few assessments, and every level once the fill has given way. */
function regionEdges(source: string, context: LayerContext): readonly LayerSpecification[] {
  const common = { source, 'source-layer': 'regions', layout: { 'line-join': 'round' } } as const;
  return [
    {
      ...common,
      id: `${source}-edge`,
      type: 'line',
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
    },
    {
      ...common,
      id: `${source}-band`,
      type: 'line',
      minzoom: FILL_FADES.from,
      filter: painted(source, context),
      paint: {
        'line-color': levelColour(LEVEL),
        'line-width': 6,
        'line-offset': 3.5,
        'line-opacity': ['interpolate', ['linear'], ['zoom'], FILL_FADES.from, 0, FILL_FADES.to, 0.9],
      },
    },
  ];
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

/** Areas without a level follow the legend rows of their state. */
function greyShown({ hide }: LayerContext): Expr {
  return isShown(['to-string', ['get', 'state']], hide);
}

function fillOpacity({ theme, focus }: LayerContext): Expr | number {
  const { plain, muted } = palettes[theme].fill;
  if (focus.region === null) return plain;
  return ['case', ['==', ['get', 'code'], focus.region], palettes[theme].fill.focus, muted];
}

/** Full up to the zoom where points take over, then gone: a yellow point on yellow ground is lost. */
function fading(opacity: Expr | number): Expr {
  return ['interpolate', ['linear'], ['zoom'], FILL_FADES.from, opacity, FILL_FADES.to, 0];
}

