import type { Map as MapLibreMap } from 'maplibre-gl';
import { isPlacing, placeAt, placeStore } from '#client/state/place-store.ts';
import type { MapCamera } from './map-camera.ts';
import { showTemporaryPin } from './map-pin.ts';
import { pulseWhereSaved } from './map-pulse.ts';
import type { MapStore } from './map-state.ts';

/** Choosing a place on the map, and the pin that shows it. Returns what ends it. */
export function listenToPlacing(map: MapLibreMap, camera: MapCamera, store: MapStore): () => void {
  const stops = [showTemporaryPin(map, camera), takeFocus(map, store), pulseWhereSaved(map)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Hands the place under the crosshair to whoever waits for one. */
export function putAtCentre(map: MapLibreMap, store: MapStore): void {
  const { x, y } = store.get().centre;
  const { lng, lat } = map.unproject([x, y]);
  placeAt([lng, lat]);
}

/** While a place is chosen, arrows and Enter belong to the map; the crosshair is there for keys and fingers. */
function takeFocus(map: MapLibreMap, store: MapStore): () => void {
  let was = isPlacing();
  return placeStore.subscribe(() => {
    const now = isPlacing();
    if (now === was) return;
    was = now;
    const needsCrosshair =
      document.activeElement?.matches(':focus-visible') === true ||
      window.matchMedia('(pointer: coarse)').matches;
    if (now) map.getCanvas().focus({ preventScroll: true });
    store.set({ isAiming: now && needsCrosshair, chooser: null, hovered: null });
  });
}
