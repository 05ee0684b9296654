import { createStore } from './store.ts';

/** Counts the saves of this page: the map fetches its TileJSON and tiles anew when it grows. */
export const dataRevision = createStore<{ readonly revision: number }>({ revision: 0 });

/** To be called after every successful write. */
export function bumpDataRevision(): void {
  dataRevision.set({ revision: dataRevision.get().revision + 1 });
}
