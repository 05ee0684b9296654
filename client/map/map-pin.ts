import { Marker } from 'maplibre-gl';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { placeStore, rounded } from '#client/state/place-store.ts';
import { isInFreePart } from './map-camera.ts';
import type { MapCamera } from './map-camera.ts';

/** A place that was typed is shown from at least this near. */
const NEAR_ZOOM = 11;
/** Room that the pin needs round its point, CSS pixels. */
const INSET = 48;
const SVG = 'http://www.w3.org/2000/svg';

/**
 * The one temporary pin: where a typed coordinate lands, or a new record is to stand. It comes into
 * the free part of the map when it is set outside of it, and can be dragged where a form listens.
 */
export function showTemporaryPin(map: MapLibreMap, camera: MapCamera): () => void {
  const marker = new Marker({ element: drawPin(), anchor: 'bottom' });
  marker.on('dragend', () => {
    const { lng, lat } = marker.getLngLat();
    placeStore.get().onDrag?.([rounded(lng), rounded(lat)]);
  });
  let shown: object | null = null;
  const follow = () => {
    const { pin, onDrag } = placeStore.get();
    marker.setDraggable(onDrag !== null);
    if (pin === shown) return;
    shown = pin;
    if (pin === null) {
      marker.remove();
      return;
    }
    marker.setLngLat([pin[0], pin[1]]).addTo(map);
    // The form says in words where the pin stands.
    marker.getElement().setAttribute('aria-hidden', 'true');
    if (!isInFreePart(map, pin, INSET)) camera.zoomTo(pin, Math.max(map.getZoom(), NEAR_ZOOM));
  };
  follow();
  const stop = placeStore.subscribe(follow);
  return () => {
    stop();
    marker.remove();
  };
}

function drawPin(): HTMLElement {
  const element = document.createElement('div');
  element.className = 'map-pin';
  element.dataset['testid'] = 'map-pin';
  const svg = document.createElementNS(SVG, 'svg');
  for (const [name, value] of Object.entries({ width: '34', height: '44', viewBox: '0 0 34 44' })) {
    svg.setAttribute(name, value);
  }
  const drop = document.createElementNS(SVG, 'path');
  drop.setAttribute('d', 'M17 42.5S32 29 32 16.5a15 15 0 0 0-30 0C2 29 17 42.5 17 42.5Z');
  const hole = document.createElementNS(SVG, 'circle');
  for (const [name, value] of Object.entries({ cx: '17', cy: '16.5', r: '5.5' })) {
    hole.setAttribute(name, value);
  }
  svg.append(drop, hole);
  element.append(svg);
  return element;
}
