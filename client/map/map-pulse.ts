import { Marker } from 'maplibre-gl';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { placeStore } from '#client/state/place-store.ts';
import { prefersStill } from './create-map.ts';

/** A ring that widens once where a record was saved, as soon as the map has drawn it. */
export function pulseWhereSaved(map: MapLibreMap): () => void {
  return placeStore.subscribe(() => {
    const { saved } = placeStore.get();
    if (saved === null) return;
    placeStore.set({ saved: null });
    if (prefersStill()) return;
    map.once('idle', () => {
      const element = document.createElement('div');
      element.className = 'map-pulse';
      const ring = new Marker({ element }).setLngLat([saved[0], saved[1]]).addTo(map);
      element.setAttribute('aria-hidden', 'true');
      element.append(document.createElement('span'));
      element.addEventListener('animationend', () => ring.remove());
    });
  });
}
