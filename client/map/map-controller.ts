import type { Map as MapLibreMap } from 'maplibre-gl';
import { hoverStore } from '#client/state/hover-store.ts';
import { dataRevision } from '#client/state/data-revision.ts';
import { onCallerChange } from '#client/state/session-store.ts';
import { viewStore } from '#client/state/view-store.ts';
import { isSameNode } from '#client/state/url-state.ts';
import type { Camera, ViewState } from '#client/state/url-state.ts';
import { createMapCamera } from './map-camera.ts';
import type { MapCamera, Padding } from './map-camera.ts';
import { createMap } from './create-map.ts';
import { listenToKeyboard } from './map-keyboard.ts';
import type { Intent } from './layer-module.ts';
import { listenToPlacing, putAtCentre } from './map-placing.ts';
import { createMarking, regionTargets, riskPointTargets, targetsOf } from './map-marking.ts';
import { listenToPointer } from './map-pointer.ts';
import type { MapStore } from './map-state.ts';
import { watchSeen } from './watch-seen.ts';
import { createStyleKeeper } from './style-keeper.ts';
import type { StyleKeeper } from './style-keeper.ts';
import type { Counts, SeenFeature } from './seen-features.ts';
import type { Theme } from './palette.ts';
import { createTileSources } from './tile-sources.ts';

/** Below this free width, CSS pixels, rings and names are drawn smaller. */
const COMPACT_BELOW = 620;

export type MapControllerOptions = {
  readonly container: HTMLElement;
  readonly store: MapStore;
  readonly onCounts: (counts: Counts) => void;
  /** True while part of the map could not be loaded. */
  readonly onTrouble: (isTroubled: boolean) => void;
};

export type MapController = {
  readonly map: MapLibreMap;
  readonly camera: MapCamera;
  /** Does what a click would; false when the map is there already. */
  readonly follow: (intent: Intent) => boolean;
  readonly point: (feature: SeenFeature | null) => void;
  readonly setTheme: (theme: Theme) => void;
  readonly setPadding: (padding: Padding) => void;
  /** Hands the place under the crosshair to whoever waits for one. */
  readonly putAtCentre: () => void;
  /** Frames the node again. */
  readonly reframe: () => void;
  readonly destroy: () => void;
};

/** Ties the map to the view: the address bar says what is shown, the map only follows it. */
export function createMapController(options: MapControllerOptions): MapController {
  const sources = createTileSources();
  const map = createMap({
    container: options.container,
    style: { version: 8, sources: {}, layers: [] },
    camera: viewStore.get().camera,
    transformRequest: sources.transformRequest,
  });
  const camera = createMapCamera(map);
  const keeper = createStyleKeeper({ map, sources, onTrouble: options.onTrouble });
  const follow = followIntent(camera);
  const point = listenToHover(map);
  const cleanups = [
    followView(camera, keeper),
    writeCamera(map, camera),
    watchSeen(map, options.store, options.onCounts),
    followData(camera, keeper),
    listenToPlacing(map, camera, options.store),
    point.stop,
  ];
  listenToInput(map, camera, options.store, { follow, point, keeper });
  return {
    map,
    camera,
    follow,
    point: point.set,
    setTheme: (theme) => keeper.setScreen({ theme }),
    setPadding: (padding) => {
      camera.setPadding(padding);
      keeper.setScreen({ isCompact: freeWidth(map, padding) < COMPACT_BELOW });
    },
    putAtCentre: () => putAtCentre(map, options.store),
    reframe: () => viewStore.set({ camera: null }, 'replace'),
    destroy: () => {
      for (const clean of cleanups) clean();
      keeper.stop();
      map.remove();
    },
  };
}

function followIntent(camera: MapCamera): (intent: Intent) => boolean {
  return (intent) => {
    if (intent.kind === 'zoom') {
      camera.zoomTo(intent.at, intent.zoom);
      return true;
    }
    if (isSameNode(viewStore.get().node, intent.node)) return false;
    viewStore.set({ node: intent.node }, 'push');
    return true;
  };
}

const colour = () => viewStore.get().colour;

function freeWidth(map: MapLibreMap, { left, right }: Padding): number {
  return map.getContainer().clientWidth - left - right;
}

function listenToInput(
  map: MapLibreMap,
  camera: MapCamera,
  store: MapStore,
  to: {
    readonly follow: (intent: Intent) => boolean;
    readonly point: { readonly set: (feature: SeenFeature | null) => void };
    readonly keeper: StyleKeeper;
  },
): void {
  const { follow, point, keeper } = to;
  const onHover = point.set;
  const pick = listenToPointer({ map, store, colour, follow, onHover, inFront: keeper.inFront });
  const moveTo = (at: readonly [number, number]) => camera.zoomTo(at, map.getZoom());
  listenToKeyboard({ map, store, colour, pick, follow, moveTo });
}

/** Redraws and moves the map when the view changes; a view without a camera frames its node. */
function followView(camera: MapCamera, keeper: StyleKeeper): () => void {
  let last: ViewState | null = null;
  const follow = () => {
    const view = viewStore.get();
    const before = last;
    last = view;
    if (view.camera !== null) {
      if (before !== null && !isSameCamera(view.camera, written)) camera.goTo(view.camera);
    } else if (before === null || before.node !== view.node || before.camera !== null) {
      keeper.onceFound(view.node, (place) => {
        if (viewStore.get().camera === null) camera.frame(place, view.node.kind);
      });
    }
    keeper.refresh();
  };
  follow();
  return viewStore.subscribe(follow);
}

/**
 * After a save, and for somebody else, everything is asked for again; for him a place that was not known may be known.
 */
function followData(camera: MapCamera, keeper: StyleKeeper): () => void {
  const stopRevision = dataRevision.subscribe(() => keeper.reload());
  const stopCaller = onCallerChange((isFirst) => {
    if (isFirst) keeper.refresh();
    else keeper.reload();
    const { node } = viewStore.get();
    // Regions are open to everyone: they are framed already.
    if (node.kind === 'region') return;
    keeper.onceFound(node, (place) => {
      if (viewStore.get().camera === null) camera.frame(place, node.kind);
    });
  });
  return () => {
    stopRevision();
    stopCaller();
  };
}

/** The camera this page itself wrote last; any other one came with the address. */
let written: Camera | null = null;

/** Moves by hand go into the address without a history entry; framing a node leaves none. */
function writeCamera(map: MapLibreMap, camera: MapCamera): () => void {
  const write = () => {
    if (!camera.isFree()) return;
    const { lng, lat } = map.getCenter();
    written = { zoom: map.getZoom(), lng, lat };
    viewStore.set({ camera: written }, 'replace');
  };
  map.on('moveend', write);
  return () => {
    map.off('moveend', write);
  };
}

function isSameCamera(a: Camera, b: Camera | null): boolean {
  return (
    b !== null &&
    Math.abs(a.zoom - b.zoom) < 0.01 &&
    Math.abs(a.lng - b.lng) < 1e-5 &&
    Math.abs(a.lat - b.lat) < 1e-5
  );
}

/** List and map light up together, whichever of the two is pointed at. */
function listenToHover(map: MapLibreMap) {
  const mark = createMarking(map, 'hover');
  const set = (feature: SeenFeature | null) => {
    mark(feature === null ? [] : targetsOf(feature));
    hoverStore.set({
      region: feature?.kind === 'region' ? feature.id : null,
      riskPoint: feature?.kind === 'risk-point' ? feature.id : null,
      source: 'map',
    });
  };
  const stop = hoverStore.subscribe(() => {
    const { region, riskPoint, source } = hoverStore.get();
    if (source !== 'panel') return;
    if (riskPoint !== null) mark(riskPointTargets(riskPoint));
    else mark(region === null ? [] : regionTargets(region));
  });
  return { set, stop };
}
