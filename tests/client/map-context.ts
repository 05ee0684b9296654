import { createExpression, featureFilter } from '@maplibre/maplibre-gl-style-spec';
import type {
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
} from '@maplibre/maplibre-gl-style-spec';
import { composeStyle } from '#client/map/layer-module.ts';
import type { LayerContext } from '#client/map/layer-module.ts';
import { layerModules } from '#client/map/modules.ts';
import { SELECTION, selectionSource } from '#client/map/selection-layer.ts';

type Properties = Record<string, unknown>;

/** The map as a newcomer meets it: whole province, weighted rule, nothing hidden. */
export function aContext(overrides: Partial<LayerContext> = {}): LayerContext {
  return {
    theme: 'light',
    lang: 'zh-CN',
    node: { kind: 'region', code: '220000' },
    rule: 'weighted',
    basis: 'current',
    colour: 'assessed',
    field: null,
    hide: [],
    focus: { region: null, opened: null, around: null },
    isPublic: false,
    isCompact: false,
    selectedAt: null,
    ...overrides,
  };
}

/** The style of a context with every source it asks for. */
export function styleOf(context: LayerContext): StyleSpecification {
  const requests = layerModules.flatMap((module) => module.requests(context));
  const sources: Record<string, SourceSpecification> = { [SELECTION]: selectionSource(context) };
  for (const { source, promoteId } of requests) {
    sources[source] = {
      type: 'vector',
      tiles: ['http://localhost/{z}/{x}/{y}.mvt'],
      ...(promoteId === undefined ? {} : { promoteId }),
    };
  }
  return composeStyle(layerModules, context, sources, '#ffffff');
}

/** A layer of the style; throws when it is not there. */
export function layerOf(style: StyleSpecification, id: string): LayerSpecification {
  const layer = style.layers.find((each) => each.id === id);
  if (layer === undefined) throw new Error(`The style has no layer ${id}`);
  return layer;
}

/** A paint or layout value of a layer, worked out for one feature at one zoom. */
export function valueOf(
  style: StyleSpecification,
  id: string,
  property: string,
  properties: Properties,
  zoom = 6,
): unknown {
  const layer = layerOf(style, id);
  const paint = ('paint' in layer ? layer.paint : {}) as Properties | undefined;
  const layout = ('layout' in layer ? layer.layout : {}) as Properties | undefined;
  const value = paint?.[property] ?? layout?.[property];
  if (!Array.isArray(value)) return value;
  const parsed = createExpression(value, property);
  if (parsed.result === 'error') throw new Error(JSON.stringify(parsed.value));
  return parsed.value.evaluate({ zoom }, { type: 1, properties } as never);
}

/** Whether a layer draws a feature at a zoom, by its filter alone. */
export function isDrawn(
  style: StyleSpecification,
  id: string,
  properties: Properties,
  zoom = 6,
): boolean {
  const layer = layerOf(style, id);
  const filter = 'filter' in layer ? layer.filter : undefined;
  if (filter === undefined) return true;
  return featureFilter(filter, 'filter').filter({ zoom }, {
    type: 1,
    properties,
  } as never);
}
