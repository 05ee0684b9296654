import type { SourceSpecification } from '@maplibre/maplibre-gl-style-spec';
import { Map as MapLibreMap, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import type { RequestTransformFunction } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import 'maplibre-gl/dist/maplibre-gl.css';
import { baseLayer } from '#client/features/base/base.layer.ts';
import { composeStyle } from './layer-module.ts';
import type { LayerContext, LayerModule } from './layer-module.ts';
import { palettes } from './palette.ts';
import { createTileSources } from './tile-sources.ts';

/** What lies over the base of a small map: a layer module and the sources that feed it. */
export type Overlay = {
  readonly module: LayerModule;
  readonly sources: Readonly<Record<string, SourceSpecification>>;
};

export type BaseMap = {
  readonly map: MapLibreMap;
  /** Draws base and overlay; the newest call wins. Without the base the overlay is still drawn. */
  readonly draw: (look: Pick<LayerContext, 'theme' | 'lang'>, overlay: Overlay) => Promise<void>;
  readonly destroy: () => void;
};

/** A small map of its own beside the main one: land, water, borders and names, no levels. */
export function createBaseMap(container: HTMLElement): BaseMap {
  const tiles = createTileSources();
  const map = createStillMap(container, tiles.transformRequest);
  const ready = new Promise<void>((resolve) => {
    map.once('style.load', () => resolve());
  });
  let turn = 0;
  return {
    map,
    draw: async (look, overlay) => {
      const mine = (turn += 1);
      const base = await tiles.load({ source: 'base', layer: 'base', query: {} }).catch(() => null);
      await ready;
      if (mine !== turn) return;
      const sources = { ...(base === null ? {} : { base }), ...overlay.sources };
      const modules = [baseLayer, overlay.module];
      const ground = palettes[look.theme].sea;
      map.setStyle(composeStyle(modules, contextOf(look), sources, ground), { diff: true });
    },
    destroy: () => {
      turn = -1;
      map.remove();
    },
  };
}

/** North up, flat, and without the wheel: the page scrolls under the pointer. */
function createStillMap(container: HTMLElement, transform: RequestTransformFunction): MapLibreMap {
  setWorkerUrl(workerUrl);
  const map = new MapLibreMap({
    container,
    style: { version: 8, sources: {}, layers: [] },
    center: [126.2, 43.6],
    zoom: 5,
    minZoom: 1,
    maxZoom: 18,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    scrollZoom: false,
    renderWorldCopies: false,
    // The page names the sources beside the main map.
    attributionControl: false,
    fadeDuration: 0,
    transformRequest: transform,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new ScaleControl({ maxWidth: 90, unit: 'metric' }), 'bottom-left');
  return map;
}

function contextOf(look: Pick<LayerContext, 'theme' | 'lang'>): LayerContext {
  return {
    ...look,
    node: { kind: 'region', code: '' },
    rule: 'weighted',
    basis: 'current',
    colour: 'assessed',
    field: null,
    hide: [],
    // Something is looked at: borders of cities are drawn as well.
    focus: { region: null, opened: null, around: '' },
    isPublic: false,
    isCompact: true,
    selectedAt: null,
  };
}
