import type { DrawerStop } from '#client/state/ui-store.ts';

export const STOPS = ['peek', 'half', 'full'] as const satisfies readonly DrawerStop[];

/** Name, level chip and counts. */
const PEEK_PX = 120;
/** What stays free above the drawer at its full height: the way up and a strip of map. */
const FREE_ABOVE_PX = 64;
/** A flick counts this far ahead, in milliseconds of its speed. */
const FLICK_MS = 160;

/** Height of the drawer at each stop, CSS pixels, for a window of the given height. */
export function stopHeights(windowHeight: number): Readonly<Record<DrawerStop, number>> {
  const full = Math.max(PEEK_PX, windowHeight - FREE_ABOVE_PX);
  return { peek: PEEK_PX, half: Math.min(full, Math.round(windowHeight * 0.48)), full };
}

/** Stop nearest to where a drag ends; `speed` in pixels per millisecond, upward positive. */
export function nearestStop(height: number, speed: number, windowHeight: number): DrawerStop {
  const heights = stopHeights(windowHeight);
  const aim = height + speed * FLICK_MS;
  return STOPS.reduce((best, stop) =>
    Math.abs(heights[stop] - aim) < Math.abs(heights[best] - aim) ? stop : best,
  );
}

/** The next stop up (1) or down (−1); stays at the ends. */
export function nextStop(stop: DrawerStop, direction: 1 | -1): DrawerStop {
  return STOPS[STOPS.indexOf(stop) + direction] ?? stop;
}
