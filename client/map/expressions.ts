import type { ExpressionSpecification } from '@maplibre/maplibre-gl-style-spec';
import { LEVELS, levelStyle } from '#server/domain/level.ts';
import { LEGEND_KEYS } from '#client/state/url-state.ts';
import type { Language, LegendKey } from '#client/state/url-state.ts';
import { GREY } from './palette.ts';

/** Style expressions shared by the feature layers. */
export type Expr = ExpressionSpecification;

/** Attribute of a tile feature that counts a legend class. */
export const COUNT_ATTRIBUTE: Readonly<Record<LegendKey, string>> = {
  '1': 'n1',
  '2': 'n2',
  '3': 'n3',
  '4': 'n4',
  not_assessed: 'nNotAssessed',
  expired: 'nExpired',
  not_applicable: 'nNotApplicable',
};

/** The colour of a level expression; grey where there is none. */
export function levelColour(level: Expr): Expr {
  return [
    'match',
    level,
    ...LEVELS.flatMap((each) => [each, levelStyle[each].colour]),
    GREY,
  ] as unknown as Expr;
}

/** How many points of a class the feature holds; 0 for a class switched off in the legend. */
export function shownCount(key: LegendKey, hide: readonly LegendKey[]): Expr {
  if (hide.includes(key)) return ['literal', 0] as unknown as Expr;
  return ['to-number', ['get', COUNT_ATTRIBUTE[key]], 0];
}

/** Sum over the classes that are switched on, the not applicable ones included. */
export function shownSum(hide: readonly LegendKey[]): Expr {
  return ['+', ...LEGEND_KEYS.map((key) => shownCount(key, hide))] as unknown as Expr;
}

/** Legend class of a single point: the level that paints, else the state. */
export function pointClass(colour: 'assessed' | 'dynamic'): Expr {
  const assessed: Expr = [
    'case',
    ['has', 'level'],
    ['to-string', ['get', 'level']],
    ['to-string', ['get', 'state']],
  ];
  if (colour === 'assessed') return assessed;
  return ['case', ['has', 'dynamic'], ['to-string', ['get', 'dynamic']], assessed];
}

/** Whether a class expression is switched on in the legend. */
export function isShown(key: Expr, hide: readonly LegendKey[]): Expr {
  return ['!', ['in', key, ['literal', [...hide]]]];
}

/** A name in the language of the page, with the other one where it is missing. */
export function nameIn(lang: Language): Expr {
  const [own, other] = lang === 'en' ? ['name_en', 'name_zh'] : ['name_zh', 'name_en'];
  return ['coalesce', ['get', own], ['get', other], ''];
}

/** Fonts of the reader's own system: nothing is fetched, Chinese included. The weight is read off the first name. */
export const FONT: string[] = [
  'Inter',
  'PingFang SC',
  'Microsoft YaHei',
  'Noto Sans CJK SC',
  'Noto Sans SC',
];
export const FONT_STRONG: string[] = ['Inter SemiBold', ...FONT];
