import type { LayerSpecification } from '@maplibre/maplibre-gl-style-spec';
import {
  FONT,
  isShown,
  nameIn,
  pointClass,
  shownCount,
  shownSum,
} from '#client/map/expressions.ts';
import type { Expr } from '#client/map/expressions.ts';
import type { FeatureLike, Intent, LayerContext, LayerModule } from '#client/map/layer-module.ts';
import { relatedId } from '#client/map/map-images.ts';
import { palettes } from '#client/map/palette.ts';
import { ringId } from '#client/map/ring-id.ts';
import { POINTS_FROM, cellsFrom } from '#client/map/zoom-bands.ts';

export const RISK_POINTS = 'risk-points';
const CELLS = 'risk-point-cells';

/** Single points, and rings for cells that hold many: every point is in exactly one of them. */
export const riskPointsLayer: LayerModule = {
  id: 'risk-points',
  requests: ({ basis, colour, field }) => [
    {
      source: RISK_POINTS,
      layer: 'risk-points',
      query: { basis, colour, ...(field === null ? {} : { field }) },
      promoteId: { [RISK_POINTS]: 'id', [CELLS]: 'key' },
    },
  ],
  layers: (context) => ({
    ground: [presence()],
    label: [names(context)],
    mark: [hoverRing(context), related(context), points(context), cells(context)],
  }),
  onClick: { [RISK_POINTS]: openPoint, [CELLS]: zoomIn },
};

/** Draws nothing: it keeps the counts in view loaded at zooms where only areas are drawn. */
function presence(): LayerSpecification {
  return {
    id: 'risk-points-presence',
    type: 'circle',
    source: RISK_POINTS,
    'source-layer': CELLS,
    filter: ['literal', false] as unknown as Expr,
  };
}

function points(context: LayerContext): LayerSpecification {
  const key = pointClass(context.colour);
  return {
    id: 'risk-points',
    type: 'symbol',
    source: RISK_POINTS,
    'source-layer': RISK_POINTS,
    minzoom: POINTS_FROM - 0.5,
    filter: isShown(key, context.hide),
    layout: {
      'icon-image': pointId(context),
      'icon-overlap': 'always',
      'icon-ignore-placement': false,
      'icon-padding': 0,
      'icon-size': ['interpolate', ['linear'], ['zoom'], 9.5, 0.72, 12.5, 1],
      // Drawn last where they overlap: the worst.
      'symbol-sort-key': ['-', 0, severity(key)],
    },
  };
}

/** `point|theme|class|lastLevel|raised|lang`: see point-image.ts. */
function pointId({ theme, colour, lang }: LayerContext): Expr {
  const raised: Expr = [
    'case',
    ['all', ['has', 'dynamic'], ['<', ['get', 'dynamic'], ['to-number', ['get', 'level'], 5]]],
    ['to-string', ['get', 'dynamic']],
    '',
  ];
  return [
    'concat',
    `point|${theme}|`,
    pointClass(colour),
    '|',
    ['to-string', ['get', 'lastLevel']],
    '|',
    colour === 'assessed' ? raised : '',
    `|${lang}`,
  ];
}

/** 1 … 7, the worst first. */
function severity(key: Expr): Expr {
  return ['match', key, '1', 1, '2', 2, '3', 3, '4', 4, 'expired', 5, 'not_assessed', 6, 7];
}

function hoverRing({ theme }: LayerContext): LayerSpecification {
  const palette = palettes[theme];
  const isHovered: Expr = ['boolean', ['feature-state', 'hover'], false];
  return {
    id: 'risk-points-hover',
    type: 'circle',
    source: RISK_POINTS,
    'source-layer': RISK_POINTS,
    minzoom: POINTS_FROM - 0.5,
    paint: {
      'circle-radius': 16,
      'circle-color': palette.halo,
      'circle-opacity': ['case', isHovered, 0.85, 0],
      'circle-stroke-color': palette.ink,
      'circle-stroke-width': 2,
      'circle-stroke-opacity': ['case', isHovered, 1, 0],
    },
  };
}

/** The other points of the enterprise that is looked at. */
function related({ theme, node }: LayerContext): LayerSpecification {
  return {
    id: 'risk-points-related',
    type: 'symbol',
    source: RISK_POINTS,
    'source-layer': RISK_POINTS,
    minzoom: POINTS_FROM - 0.5,
    // Points of public places have an empty `ent`.
    filter: ['==', ['get', 'ent'], node.kind === 'enterprise' ? node.id : 'none'],
    layout: {
      'icon-image': relatedId(theme),
      'icon-overlap': 'always',
      'icon-ignore-placement': true,
    },
  };
}

function names(context: LayerContext): LayerSpecification {
  const palette = palettes[context.theme];
  const key = pointClass(context.colour);
  return {
    id: 'risk-points-names',
    type: 'symbol',
    source: RISK_POINTS,
    'source-layer': RISK_POINTS,
    minzoom: 13.5,
    filter: isShown(key, context.hide),
    layout: {
      'text-field': nameIn(context.lang),
      'text-font': FONT,
      'text-size': 12,
      'text-max-width': 9,
      'text-variable-anchor': ['top', 'bottom', 'left', 'right'],
      'text-radial-offset': 1.35,
      'text-justify': 'auto',
      'text-padding': 2,
      'symbol-sort-key': severity(key),
    },
    paint: {
      'text-color': palette.ink,
      'text-halo-color': palette.halo,
      'text-halo-width': 1.5,
    },
  };
}

function cells(context: LayerContext): LayerSpecification {
  return {
    id: 'risk-point-cells',
    type: 'symbol',
    source: RISK_POINTS,
    'source-layer': CELLS,
    minzoom: cellsFrom(context.focus),
    filter: ['>', shownSum(context.hide), 0],
    layout: {
      'icon-image': ringId('cell', context),
      'icon-overlap': 'always',
      'icon-padding': 0,
      'symbol-sort-key': [
        '+',
        ['*', 1e6, ['min', 1, shownCount('1', context.hide)]],
        shownSum(context.hide),
      ],
    },
  };
}

function openPoint({ properties }: FeatureLike): Intent | null {
  const id = properties['id'];
  return typeof id === 'string' ? { kind: 'node', node: { kind: 'risk-point', id } } : null;
}

/** To the zoom at which the cell opens into several. */
function zoomIn({ properties, at }: FeatureLike): Intent | null {
  const split = Number(properties['split']);
  return Number.isFinite(split) && split > 0 ? { kind: 'zoom', at, zoom: split + 0.3 } : null;
}
