import { useCallback } from 'react';
import { createStore } from '#client/state/store.ts';
import { cameraPadding, NO_PADDING } from './camera-padding.ts';
import type { Padding, Side } from './camera-padding.ts';

/** Room that the floating cards leave to the map; follows their real rectangles. */
export const paddingStore = createStore<Padding>(NO_PADDING);

const SETTLE_MS = 80;
const cards = new Map<Element, readonly Side[]>();
let timer: number | undefined;

/** Waits until a drag or a transition has come to rest: the map must not move at every frame. */
function measureSoon(): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(measure, SETTLE_MS);
}

function measure(): void {
  const placed = [...cards].map(([element, sides]) => ({
    rect: element.getBoundingClientRect(),
    sides,
  }));
  const shown = placed.filter(({ rect }) => rect.width > 0 && rect.height > 0);
  paddingStore.set(cameraPadding({ width: window.innerWidth, height: window.innerHeight }, shown));
}

const observer =
  typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(measureSoon);
if (typeof window !== 'undefined') window.addEventListener('resize', measureSoon);

/** Ref for a card that lies on the map; `sides` in a stable array: those it may take from the map. */
export function useCard(sides: readonly Side[]): (element: HTMLElement | null) => () => void {
  return useCallback(
    (element) => {
      if (element === null) return () => undefined;
      cards.set(element, sides);
      observer?.observe(element);
      measureSoon();
      return () => {
        cards.delete(element);
        observer?.unobserve(element);
        measureSoon();
      };
    },
    [sides],
  );
}
