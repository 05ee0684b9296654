import { palettes } from '#client/map/palette.ts';
import type { Theme } from '#client/map/palette.ts';

/** Tones that are no others of the map: far from the four levels and from each other. */
const FURTHER: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#6A3FA0', '#8A2F52'],
  dark: ['#C4A6F2', '#E39BB8'],
};

/** How many readings have a tone of their own. */
export const TONED_READINGS = 2 + FURTHER.light.length;

/** Tone of a reading on the small map, in its key and on its card: 0 is the one that the rows are placed by. */
export function readingTone(theme: Theme, index: number): string {
  const { accent, ink } = palettes[theme];
  return [accent, ink, ...FURTHER[theme]][index] ?? ink;
}
