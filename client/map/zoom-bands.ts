import type { Focus } from './layer-module.ts';

/**
 * Zoom at which area fills begin to give way to the points inside, and where they are gone. Whole
 * numbers: a value that depends on zoom and feature is worked out at whole zooms only.
 */
export const FILL_FADES = { from: 9, to: 10 } as const;

/** Zoom from which tiles hold single points. */
export const POINTS_FROM = 10;

/**
 * Zoom at which rings of areas give way to rings of cells. A region that is opened without children
 * shows its cells at once: its own ring would say nothing new.
 */
export function cellsFrom({ region, opened }: Focus): number {
  if (opened !== null) return 9;
  return region === null ? 8.5 : 6.5;
}
