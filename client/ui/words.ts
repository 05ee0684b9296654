import { LEVELS, levelStyle, stateStyle } from '#server/domain/level.ts';
import type { Level, State } from '#server/domain/level.ts';
import type { PointCounts } from '#server/contract/level.contract.ts';
import type { Language, LegendKey } from '#client/state/url-state.ts';

export type Names = { readonly zh: string; readonly en: string | null };

/** The name in the language of the screen; Chinese where there is no English one. */
export function nameIn(names: Names, lang: Language): string {
  return lang === 'en' && names.en !== null && names.en !== '' ? names.en : names.zh;
}

/** Full name of a level, e.g. 重大风险. */
export function levelName(level: Level, lang: Language): string {
  return nameIn(levelStyle[level], lang);
}

/** The only letter that is a Chinese word. */
const ENGLISH_LETTERS: Readonly<Record<string, string>> = { [stateStyle.expired.letter]: 'E' };

/** The letter of a class for readers of the language; all but that of what has expired need no language. */
export function letterIn(letter: string, lang: Language): string {
  return lang === 'en' ? (ENGLISH_LETTERS[letter] ?? letter) : letter;
}

export type Look = { readonly letter: string; readonly name: string };

/** Letter and full name of a class of the legend. */
export function lookOf(key: LegendKey, lang: Language): Look {
  const style = isGrey(key) ? stateStyle[key] : levelStyle[Number(key) as Level];
  return { letter: letterIn(style.letter, lang), name: nameIn(style, lang) };
}

/** Whether the class is one of the three grey states. */
export function isGrey(key: LegendKey): key is Exclude<State, 'assessed'> {
  return key === 'not_assessed' || key === 'expired' || key === 'not_applicable';
}

/** Number of risk points in a class. */
export function countOf(counts: PointCounts, key: LegendKey): number {
  const byKey: Record<LegendKey, number> = {
    '1': counts.n1,
    '2': counts.n2,
    '3': counts.n3,
    '4': counts.n4,
    not_assessed: counts.nNotAssessed,
    expired: counts.nExpired,
    not_applicable: counts.nNotApplicable,
  };
  return byKey[key];
}

/** Hands the colours of the levels to the style sheets, so that no colour is written twice. */
export function levelColourVariables(): readonly (readonly [string, string])[] {
  return [...LEVELS.flatMap(variablesOf), ['--grey', stateStyle.not_assessed.colour]];
}

function variablesOf(level: Level): [string, string][] {
  const { colour, textColour } = levelStyle[level];
  return [
    [`--level-${level}`, colour],
    [`--level-${level}-ink`, textColour],
  ];
}
