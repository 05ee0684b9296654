import type {
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
} from '@maplibre/maplibre-gl-style-spec';
import type { Language, LegendKey, ViewNode } from '#client/state/url-state.ts';
import type { Theme } from './palette.ts';

/** Vector tile layers of the service. */
export type TileLayerId = 'regions' | 'risk-points' | 'enterprises' | 'base';

/** One source of the style: which tile layer feeds it, and with which filters. */
export type TileRequest = {
  /** Id of the source in the style. */
  readonly source: string;
  readonly layer: TileLayerId;
  /** Filters as they go into the address of the tiles. */
  readonly query: Readonly<Record<string, string>>;
  /** Attribute that identifies a feature, by layer inside the tile: feature state hangs on it. */
  readonly promoteId?: Readonly<Record<string, string>>;
};

/** Areas round the node: what is drawn full, what is muted, what is opened. */
export type Focus = {
  /** Region whose areas stand in the middle; null while the whole set is looked at. */
  readonly region: string | null;
  /** The focused region whose children are drawn in its place; null when it has none loaded. */
  readonly opened: string | null;
  /** Region that holds the areas drawn round the focus; null for the default set (cities). */
  readonly around: string | null;
};

/** All that the look of the map depends on. */
export type LayerContext = {
  readonly theme: Theme;
  readonly lang: Language;
  readonly node: ViewNode;
  readonly rule: 'weighted' | 'highest';
  readonly basis: 'current' | 'inherent';
  readonly colour: 'assessed' | 'dynamic';
  readonly field: string | null;
  readonly hide: readonly LegendKey[];
  readonly focus: Focus;
  /** What everyone is told: colours of areas, of one view that cannot be changed. */
  readonly isPublic: boolean;
  /** Small screen: rings are drawn smaller. */
  readonly isCompact: boolean;
  /** Where the selected enterprise or risk point stands, [longitude, latitude] in degrees. */
  readonly selectedAt: readonly [number, number] | null;
};

/** Where a layer stands in the drawing order, from the ground up. */
export const SLOTS = ['ground', 'fill', 'line', 'outline', 'label', 'mark', 'top'] as const;
export type Slot = (typeof SLOTS)[number];

/** What a click or Enter on a feature leads to. */
export type Intent =
  | { readonly kind: 'node'; readonly node: ViewNode }
  | {
      readonly kind: 'zoom';
      /** [longitude, latitude] in degrees, WGS 84. */
      readonly at: readonly [number, number];
      readonly zoom: number;
    };

/** A rendered feature reduced to what modules need; a test can write one by hand. */
export type FeatureLike = {
  readonly properties: Readonly<Record<string, unknown>>;
  /** [longitude, latitude] of a point feature, or where the pointer is. */
  readonly at: readonly [number, number];
};

/** A feature layer of the map as data: pure functions of the context, no map in sight. */
export type LayerModule = {
  readonly id: string;
  readonly requests: (context: LayerContext) => readonly TileRequest[];
  readonly layers: (
    context: LayerContext,
  ) => Readonly<Partial<Record<Slot, readonly LayerSpecification[]>>>;
  /** Layers inside the tiles that answer to the pointer, and what they lead to. */
  readonly onClick: Readonly<Record<string, (feature: FeatureLike) => Intent | null>>;
};

/**
 * The whole style for a context. Handing it to `setStyle` with `diff` is how layers are mounted: a
 * new theme, language or filter is a new value of the same shape, and only differences are applied.
 */
export function composeStyle(
  modules: readonly LayerModule[],
  context: LayerContext,
  sources: Readonly<Record<string, SourceSpecification>>,
  ground: string,
): StyleSpecification {
  const drawn = modules.map((module) => module.layers(context));
  const layers = SLOTS.flatMap((slot) => drawn.flatMap((each) => each[slot] ?? []));
  return {
    version: 8,
    sources: { ...sources },
    transition: { duration: 200, delay: 0 },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': ground } },
      // A layer whose source is still on its way is left out, not an error.
      ...layers.filter((layer) => 'source' in layer && layer.source in sources),
    ],
  };
}
