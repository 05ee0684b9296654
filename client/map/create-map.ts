import { AttributionControl, Map as MapLibreMap, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import type { RequestTransformFunction, StyleSpecification } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { Camera } from '#client/state/url-state.ts';
import { provideImages } from './map-images.ts';

/** The view before anything is known: Jilin and its surroundings, degrees WGS 84. */
const START = { zoom: 5.4, lng: 126.2, lat: 43.6 } as const;

export type CreateMapOptions = {
  readonly container: HTMLElement;
  readonly style: StyleSpecification;
  readonly camera: Camera | null;
  readonly transformRequest: RequestTransformFunction;
};

/** Whether this browser can draw the map at all. */
export function hasWebgl(): boolean {
  return document.createElement('canvas').getContext('webgl2') !== null;
}

/**
 * A flat map, north up. The worker is a file of its own (the content security policy allows no
 * blob), and letters are drawn with the reader's own fonts, so that nothing leaves the machine.
 */
export function createMap(options: CreateMapOptions): MapLibreMap {
  setWorkerUrl(workerUrl);
  const { lng, lat, zoom } = options.camera ?? START;
  const map = new MapLibreMap({
    container: options.container,
    style: options.style,
    center: [lng, lat],
    zoom,
    minZoom: 2,
    maxZoom: 19,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
    attributionControl: false,
    fadeDuration: prefersStill() ? 0 : 150,
    transformRequest: options.transformRequest,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new AttributionControl({ compact: true }), 'bottom-right');
  foldCredits(map);
  map.addControl(new ScaleControl({ maxWidth: 90, unit: 'metric' }), 'bottom-right');
  provideImages(map);
  exposeToTests(map);
  return map;
}

/** Whether the reader asked for less motion: the map then jumps instead of flying. */
export function prefersStill(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** The credits start folded behind their button; the page names them beside it as well. */
function foldCredits(map: MapLibreMap): void {
  const fold = () => {
    const credits = map.getContainer().querySelector('.maplibregl-compact-show');
    if (credits === null) return;
    credits.classList.remove('maplibregl-compact-show');
    credits.removeAttribute('open');
    map.off('sourcedata', fold);
  };
  // The control unfolds itself when the first credit arrives.
  map.on('sourcedata', fold);
}

/** Browser tests ask the map what it drew; no one else has a use for it. */
function exposeToTests(map: MapLibreMap): void {
  if (navigator.webdriver) Object.assign(window, { __riskMap: map });
}
