import type { Map as MapLibreMap } from 'maplibre-gl';
import { viewStore } from '#client/state/view-store.ts';
import { featuresInView } from './map-picking.ts';
import type { MapStore } from './map-state.ts';
import { sumCounts, worstFirst } from './seen-features.ts';
import type { Counts, SeenFeature } from './seen-features.ts';

/** Rows of the list of features in view: a screen reader is not helped by more. */
const MOST = 50;
/** Time between two looks at whether all tiles are there, milliseconds. */
const CHECK_MS = 500;

/** Once the map has come to rest: what is in view, how much of each class, how wide the view is. */
export function watchSeen(
  map: MapLibreMap,
  store: MapStore,
  onCounts: (counts: Counts) => void,
): () => void {
  const nudge = nudgeWhenLoaded(map);
  const busy = () => {
    store.set({ isBusy: true });
    nudge.start();
  };
  const place = () => store.set({ centre: centreOf(map) });
  const rest = () => {
    nudge.stop();
    const { colour, hide } = viewStore.get();
    const points = ['risk-point-cells', 'risk-points'].flatMap((layer) =>
      featuresInView(map, 'risk-points', layer, colour),
    );
    onCounts(sumCounts(points));
    const marks = drawnMarks(map, points, colour).filter((feature) => isListed(feature, hide));
    store.set({
      isBusy: false,
      centre: centreOf(map),
      extent: extentOf(map),
      seen: worstFirst(marks).slice(0, MOST),
    });
  };
  map.on('dataloading', busy);
  map.on('move', place);
  map.on('idle', rest);
  return () => {
    nudge.stop();
    map.off('dataloading', busy);
    map.off('move', place);
    map.off('idle', rest);
  };
}

/**
 * A tile that comes back unchanged draws nothing, and without a frame the map never says that it
 * is idle: once everything is there, one frame is asked for.
 */
function nudgeWhenLoaded(map: MapLibreMap) {
  let timer: ReturnType<typeof setInterval> | null = null;
  const stop = () => {
    if (timer !== null) clearInterval(timer);
    timer = null;
  };
  const start = () => {
    timer ??= setInterval(() => {
      if (map.areTilesLoaded()) map.triggerRepaint();
    }, CHECK_MS);
  };
  return { start, stop };
}

/** Areas while their rings are drawn, then cells, points and works. */
function drawnMarks(
  map: MapLibreMap,
  points: readonly SeenFeature[],
  colour: 'assessed' | 'dynamic',
): readonly SeenFeature[] {
  const zoom = map.getZoom();
  const cellsAt = map.getLayer('risk-point-cells')?.minzoom ?? 0;
  if (zoom < cellsAt) {
    return ['regions', 'regions-inside'].flatMap((source) =>
      featuresInView(map, source, 'region-labels', colour),
    );
  }
  const worksAt = map.getLayer('enterprises')?.minzoom ?? 0;
  const works = zoom < worksAt ? [] : featuresInView(map, 'enterprises', 'enterprises', colour);
  return [...points, ...works];
}

function isListed({ legendKey, counts, kind }: SeenFeature, hide: readonly string[]): boolean {
  if (kind === 'cell' && counts !== null) {
    return Object.entries(counts).some(([key, count]) => count > 0 && !hide.includes(key));
  }
  // An area keeps its outline and name when its colour is switched off.
  return kind === 'region' || legendKey === null || !hide.includes(legendKey);
}

function centreOf(map: MapLibreMap): { readonly x: number; readonly y: number } {
  const { x, y } = map.project(map.getCenter());
  return { x, y };
}

/** Width and height of the free part through its middle, metres on the ground. */
function extentOf(map: MapLibreMap): { readonly width: number; readonly height: number } {
  const { top = 0, right = 0, bottom = 0, left = 0 } = map.getPadding();
  const { clientWidth, clientHeight } = map.getContainer();
  const { x, y } = centreOf(map);
  const across = map
    .unproject([left, y])
    .distanceTo(map.unproject([Math.max(left + 1, clientWidth - right), y]));
  const down = map
    .unproject([x, top])
    .distanceTo(map.unproject([x, Math.max(top + 1, clientHeight - bottom)]));
  return { width: across, height: down };
}
