import type { Bilingual } from './bilingual.ts';

/** Risk level: 1 is the worst (重大, red), 4 the lowest (低, blue). */
export type Level = 1 | 2 | 3 | 4;
export const LEVELS: readonly Level[] = [1, 2, 3, 4];

/** Assessment state of a subject; only `assessed` carries a level. */
export type State = 'assessed' | 'not_assessed' | 'expired' | 'not_applicable';
export const STATES: readonly State[] = ['assessed', 'not_assessed', 'expired', 'not_applicable'];

/** inherent 固有: without the measures; current 现状: with the measures in place. Never mixed. */
export type Basis = 'inherent' | 'current';
export const BASES: readonly Basis[] = ['inherent', 'current'];

export const basisNames: Readonly<Record<Basis, Bilingual>> = {
  inherent: { zh: '固有风险', en: 'Inherent risk' },
  current: { zh: '现状风险', en: 'Current risk' },
};

const INK = '#14181F';
const WHITE = '#FFFFFF';
const GREY = '#98A2AE';

export type LevelPattern = 'dense-diagonal' | 'open-diagonal' | 'dots' | 'plain';
export type LevelKey = 'major' | 'serious' | 'moderate' | 'low';

export type LevelStyle = Bilingual & {
  readonly colour: string;
  /** Colour of text and letters drawn on `colour`; contrast at least 5.5:1. */
  readonly textColour: string;
  readonly letter: string;
  readonly pattern: LevelPattern;
  readonly key: LevelKey;
  readonly colourZh: string;
  readonly colourEn: string;
};

/**
 * How a level looks everywhere: map, legend, chips, prints. The four colours were chosen for the
 * largest distance (CIEDE2000) between each other and the grey, colour-blind sight included.
 */
export const levelStyle: Readonly<Record<Level, LevelStyle>> = {
  1: {
    colour: '#BE1E2D',
    textColour: WHITE,
    letter: 'Ⅰ',
    pattern: 'dense-diagonal',
    key: 'major',
    zh: '重大风险',
    en: 'Major risk',
    colourZh: '红',
    colourEn: 'red',
  },
  2: {
    colour: '#EE8A3C',
    textColour: INK,
    letter: 'Ⅱ',
    pattern: 'open-diagonal',
    key: 'serious',
    zh: '较大风险',
    en: 'Serious risk',
    colourZh: '橙',
    colourEn: 'orange',
  },
  3: {
    colour: '#FBE655',
    textColour: INK,
    letter: 'Ⅲ',
    pattern: 'dots',
    key: 'moderate',
    zh: '一般风险',
    en: 'Moderate risk',
    colourZh: '黄',
    colourEn: 'yellow',
  },
  4: {
    colour: '#1B66C9',
    textColour: WHITE,
    letter: 'Ⅳ',
    pattern: 'plain',
    key: 'low',
    zh: '低风险',
    en: 'Low risk',
    colourZh: '蓝',
    colourEn: 'blue',
  },
};

export type StatePattern = 'diagonal' | 'diagonal-with-edge' | 'light-dots';

export type StateStyle = Bilingual & {
  readonly colour: string;
  readonly textColour: string;
  readonly letter: string;
  readonly pattern: StatePattern;
};

/** The three grey states; the edge of `expired` takes the colour of the last level. */
export const stateStyle: Readonly<Record<Exclude<State, 'assessed'>, StateStyle>> = {
  not_assessed: {
    colour: GREY,
    textColour: INK,
    letter: '？',
    pattern: 'diagonal',
    zh: '未评估',
    en: 'Not assessed',
  },
  expired: {
    colour: GREY,
    textColour: INK,
    letter: '期',
    pattern: 'diagonal-with-edge',
    zh: '已过期',
    en: 'Expired',
  },
  not_applicable: {
    colour: GREY,
    textColour: INK,
    letter: '—',
    pattern: 'light-dots',
    zh: '不适用',
    en: 'Not applicable',
  },
};

/** The worst (smallest) of some levels; null when none is known. */
export function worstLevel(levels: readonly (Level | null)[]): Level | null {
  return levels.reduce<Level | null>(
    (worst, level) => (isWorse(level, worst) ? level : worst),
    null,
  );
}

/** Whether `a` is strictly worse than `b`; any level is worse than none. */
export function isWorse(a: Level | null, b: Level | null): boolean {
  return a !== null && (b === null || a < b);
}

/** Narrows an unknown value to a level. */
export function isLevel(value: unknown): value is Level {
  return value === 1 || value === 2 || value === 3 || value === 4;
}
