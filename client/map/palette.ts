import { levelStyle, stateStyle } from '#server/domain/level.ts';

export type Theme = 'light' | 'dark';

/** Colours of everything on the map that is not a level; the levels keep theirs in both themes. */
export type MapPalette = {
  readonly sea: string;
  readonly land: string;
  readonly water: string;
  readonly border: string;
  readonly areaLine: string;
  readonly provinceLine: string;
  readonly glow: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly halo: string;
  readonly card: string;
  readonly line: string;
  readonly accent: string;
  readonly hatch: string;
  readonly hatchGround: string;
  /** Opacity of area fills: below 0.65 on light, or much below 0.85 on dark, two levels come too close. */
  readonly fill: { readonly plain: number; readonly focus: number; readonly muted: number };
};

export const palettes: Readonly<Record<Theme, MapPalette>> = {
  light: {
    sea: '#D6E1EA',
    land: '#E9EDF1',
    water: '#86B4D8',
    border: '#B3BECB',
    areaLine: '#2B333F',
    provinceLine: '#2B333F',
    glow: '#FFFFFF',
    ink: '#14181F',
    inkSoft: '#5A6473',
    halo: '#FFFFFF',
    card: '#FFFFFF',
    line: '#E3E7EC',
    accent: '#0B5C56',
    hatch: '#7F8A98',
    hatchGround: '#DDE2E8',
    fill: { plain: 0.8, focus: 0.78, muted: 0.65 },
  },
  dark: {
    sea: '#0A0F15',
    land: '#131A22',
    water: '#2F5478',
    border: '#3C4857',
    areaLine: '#05080B',
    provinceLine: '#DCE3EB',
    glow: '#05080B',
    ink: '#EEF1F5',
    inkSoft: '#9AA5B4',
    halo: '#10161D',
    card: '#171E27',
    line: '#2E3846',
    accent: '#5CC9BE',
    hatch: '#8D98A6',
    hatchGround: '#262F3A',
    fill: { plain: 0.9, focus: 0.9, muted: 0.84 },
  },
};

/** Colour of the grey states, and of areas without any. */
export const GREY = stateStyle.not_assessed.colour;

/** Opaque dark used for rings and letters: a yellow mark has no edge of its own on light ground. */
export const MARK_INK = levelStyle[3].textColour;

/** The colour with an alpha from 0 to 1, `#RRGGBB` in, `rgba()` out. */
export function withAlpha(hex: string, alpha: number): string {
  const value = Number.parseInt(hex.slice(1), 16);
  return `rgba(${value >> 16}, ${(value >> 8) & 255}, ${value & 255}, ${alpha})`;
}
