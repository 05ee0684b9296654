import { createStore } from '#client/state/store.ts';
import type { Store } from '#client/state/store.ts';
import type { SeenFeature } from './seen-features.ts';

/** A place on the map's own surface, CSS pixels from its upper left corner. */
export type Spot = { readonly x: number; readonly y: number };

/** What the map tells the elements drawn over it. */
export type MapState = {
  /** The area or mark under the pointer; touch has none. */
  readonly hovered: { readonly feature: SeenFeature; readonly spot: Spot } | null;
  /** Several features under one click: people choose, the map does not guess. */
  readonly chooser: {
    readonly features: readonly SeenFeature[];
    readonly spot: Spot;
  } | null;
  /** Features in view, the worst first. */
  readonly seen: readonly SeenFeature[];
  /** Width and height of the free part of the map, metres. */
  readonly extent: { readonly width: number; readonly height: number } | null;
  readonly isBusy: boolean;
  /** Middle of the free part: where the crosshair stands while the keyboard moves the map. */
  readonly centre: Spot;
  readonly isAiming: boolean;
  /** A feature to be read out: asked for at the centre, or reached by Alt and an arrow. */
  readonly spoken: SeenFeature | null;
};

export type MapStore = Store<MapState>;

export function createMapStore(): MapStore {
  return createStore<MapState>({
    hovered: null,
    chooser: null,
    seen: [],
    extent: null,
    isBusy: true,
    centre: { x: 0, y: 0 },
    isAiming: false,
    spoken: null,
  });
}
