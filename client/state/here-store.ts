import { createStore } from './store.ts';
import type { Place } from './place-store.ts';

type Names = { readonly zh: string; readonly en: string | null };

/** A spot that was searched for: where it is, and the regions it lies in, from the root down. */
export type Here = {
  readonly at: Place;
  /** As it was typed, with its system where that is not WGS 84. */
  readonly typed: string;
  /** Of a place or a jurisdiction; null: only a coordinate. */
  readonly name: Names | null;
  readonly regionPath: readonly { readonly code: string; readonly names: Names }[];
};

/** The coordinate that the panel is about; null: the panel shows the node. */
export const hereStore = createStore<{ readonly here: Here | null }>({ here: null });

/** The panel turns to the coordinate. */
export function openHere(here: Here): void {
  hereStore.set({ here });
}

export function closeHere(): void {
  hereStore.set({ here: null });
}
