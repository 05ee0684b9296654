import { createStore } from './store.ts';

export type Hover = {
  /** Code of the region under the pointer or focus. */
  readonly region: string | null;
  /** Id of the risk point under the pointer or focus. */
  readonly riskPoint: string | null;
  /** Who set it: each side highlights what the other one points at. */
  readonly source: 'map' | 'panel';
};

/** What is pointed at, shared by the list and the map. Read it in React with `useStore(hoverStore)`. */
export const hoverStore = createStore<Hover>({ region: null, riskPoint: null, source: 'map' });

/** Points at a region or risk point from the list, or at nothing. */
export function hoverFromPanel(target: {
  readonly region?: string;
  readonly riskPoint?: string;
}): void {
  hoverStore.set({
    region: target.region ?? null,
    riskPoint: target.riskPoint ?? null,
    source: 'panel',
  });
}
