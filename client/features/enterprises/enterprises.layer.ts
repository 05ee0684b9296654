import type {
  LayerSpecification,
  SymbolLayerSpecification,
} from '@maplibre/maplibre-gl-style-spec';
import { FONT, isShown, nameIn, pointClass } from '#client/map/expressions.ts';
import type { Expr } from '#client/map/expressions.ts';
import type { FeatureLike, Intent, LayerContext, LayerModule } from '#client/map/layer-module.ts';
import { palettes } from '#client/map/palette.ts';

export const ENTERPRISES = 'enterprises';
const SHOWN_FROM = 9.5;

/** Works with their names, between the rings of cells and the single points. */
export const enterprisesLayer: LayerModule = {
  id: 'enterprises',
  requests: ({ basis, colour, field }) => [
    {
      source: ENTERPRISES,
      layer: 'enterprises',
      query: { basis, colour, ...(field === null ? {} : { field }) },
      promoteId: { [ENTERPRISES]: 'id' },
    },
  ],
  layers: (context) => ({
    label: [markers(context)],
    top: [selected(context)],
  }),
  onClick: { [ENTERPRISES]: openEnterprise },
};

function markers(context: LayerContext): SymbolLayerSpecification {
  const palette = palettes[context.theme];
  const key = pointClass('assessed');
  const isHovered: Expr = ['boolean', ['feature-state', 'hover'], false];
  return {
    id: 'enterprises',
    type: 'symbol',
    source: ENTERPRISES,
    'source-layer': ENTERPRISES,
    minzoom: SHOWN_FROM,
    filter: isShown(key, context.hide),
    layout: {
      'icon-image': ['concat', `enterprise|${context.theme}|`, key],
      'icon-padding': 1,
      'icon-size': ['interpolate', ['linear'], ['zoom'], 9.5, 0.8, 12, 1],
      'text-field': ['step', ['zoom'], '', 11, nameIn(context.lang)],
      'text-font': FONT,
      'text-size': 12,
      'text-max-width': 10,
      'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
      'text-radial-offset': 1.05,
      'text-justify': 'auto',
      'text-optional': true,
      'symbol-sort-key': ['to-number', ['get', 'level'], 5],
    },
    paint: {
      'text-color': ['case', isHovered, palette.accent, palette.ink],
      'text-halo-color': palette.halo,
      'text-halo-width': 1.5,
    },
  };
}

/** The enterprise that is looked at stays in sight, whatever crowds round it. */
function selected(context: LayerContext): LayerSpecification {
  const { node } = context;
  const marker = markers(context);
  return {
    ...marker,
    id: 'enterprises-selected',
    filter: ['==', ['get', 'id'], node.kind === 'enterprise' ? node.id : ''],
    layout: {
      ...marker.layout,
      'icon-overlap': 'always',
      'icon-size': 1,
      // Outside the ring of the selection.
      'text-radial-offset': 2.1,
      'text-field': nameIn(context.lang),
    },
  };
}

function openEnterprise({ properties }: FeatureLike): Intent | null {
  const id = properties['id'];
  return typeof id === 'string' ? { kind: 'node', node: { kind: 'enterprise', id } } : null;
}
