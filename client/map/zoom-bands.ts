import type { Focus } from './layer-module.ts';

/**
 * Area fills thin out from here, to the least that keeps two levels apart, and are gone at `to`:
 * then only points speak. Whole numbers, because a value that depends on zoom and feature is worked
 * out at whole zooms only.
 */
export const FILL_FADES = { from: 9, thin: 11, to: 12 } as const;

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
