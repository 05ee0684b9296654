import { createStore } from './store.ts';

/** [longitude, latitude] in degrees, WGS 84. */
export type Place = readonly [lng: number, lat: number];

type Placing = {
  /** What the next click on the map is for; null: the map answers as usual. */
  readonly onPlace: ((at: Place) => void) | null;
  /** The temporary pin. */
  readonly pin: Place | null;
  /** Called when the pin was dragged elsewhere; null: it stands fast. */
  readonly onDrag: ((at: Place) => void) | null;
  /** Where something was just saved: it pulses once when the map has drawn it. */
  readonly saved: Place | null;
};

/** Choosing a place on the map, and the one temporary pin that shows it. */
export const placeStore = createStore<Placing>({
  onPlace: null,
  pin: null,
  onDrag: null,
  saved: null,
});

/** The next click, or Enter at the crosshair, hands over its place and ends the choosing. */
export function startPlacing(onPlace: (at: Place) => void): void {
  placeStore.set({ onPlace });
}

export function stopPlacing(): void {
  placeStore.set({ onPlace: null });
}

/** Whether the next click on the map is for a place. */
export function isPlacing(): boolean {
  return placeStore.get().onPlace !== null;
}

/** To be called by the map; false while nobody waits for a place. */
export function placeAt([lng, lat]: Place): boolean {
  const { onPlace } = placeStore.get();
  if (onPlace === null) return false;
  stopPlacing();
  onPlace([rounded(lng), rounded(lat)]);
  return true;
}

/** Six decimals are a decimetre: finer than any click. */
export function rounded(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}

/** Shows the pin; it can be dragged where somebody listens. */
export function showPin(pin: Place, onDrag: ((at: Place) => void) | null = null): void {
  const { pin: last } = placeStore.get();
  const isSame = last !== null && last[0] === pin[0] && last[1] === pin[1];
  placeStore.set({ pin: isSame ? last : pin, onDrag });
}

export function hidePin(): void {
  placeStore.set({ pin: null, onDrag: null });
}

/** Lets the map show once where a record was saved. */
export function pulseAt([lng, lat]: Place): void {
  placeStore.set({ saved: [lng, lat] });
}
