import { calendarDay, startOfDay } from '#server/domain/calendar-day.ts';
import type { Bilingual } from '#server/domain/bilingual.ts';
import type { ValueEntry } from '#server/domain/import/column-table.ts';
import type { MeasureKind } from '#server/domain/control.ts';
import { measuresCell } from '#server/domain/import/measure-text.ts';
import { levelStyle, stateStyle } from '#server/domain/level.ts';
import type { Level } from '#server/domain/level.ts';
import type { Names } from '#server/domain/names.ts';
import type { Language } from './export-request.ts';
import type { MeasureRow } from './point-rows.store.ts';
import type { Standing } from './register-rows.ts';

/** What the words of cells depend on. */
export type WordsContext = {
  readonly language: Language;
  /** IANA name. */
  readonly timeZone: string;
  readonly fields: ReadonlyMap<string, Bilingual>;
  readonly values: ReadonlyMap<string, readonly ValueEntry[]>;
};

export type CellWords = ReturnType<typeof createCellWords>;

/** What parts the values of one cell when it is read again. */
const SEPARATORS = /[、,，;；|\n]/;

/** Words for cells that an import of the same file reads back. */
export function createCellWords({ language, timeZone, fields, values }: WordsContext) {
  const joint = language === 'zh' ? '、' : '; ';
  const nameOf = (list: string, code: string): string =>
    values.get(list)?.find((entry) => entry.code === code)?.names[language] ?? code;
  const accidents = values.get('accidentType') ?? [];
  return {
    language,
    /** For the reader only. */
    nameIn: (names: Names): string => (language === 'en' ? names.en : null) ?? names.zh,
    value: (list: string, code: string | null): string | null =>
      code === null ? null : nameOf(list, code),
    /** The name of a bureau's own field may hold a separator: its code never does. */
    fields: (codes: readonly string[]): string =>
      codes
        .map((code) => fields.get(code)?.[language] ?? code)
        .map((name, index) => (SEPARATORS.test(name) ? (codes[index] ?? name) : name))
        .join(joint),
    /** In English as the list of accident types says it: a word of one's own is found again in Chinese only. */
    accidents: (types: readonly Names[]): string =>
      types
        .map(({ zh }) => accidents.find(({ names }) => names.zh === zh)?.names[language] ?? zh)
        .join(joint),
    level: (level: Level | null): string | null =>
      level === null ? null : levelText(level, language),
    standing: (standing: Standing): string => standingText(standing, language),
    /** Day of an instant where the register is kept. */
    day: (instant: Date | null): string | null =>
      instant === null ? null : calendarDay(instant.getTime(), timeZone),
    instant: (instant: Date): string => instantText(instant.getTime(), timeZone),
    allMeasures: (measures: readonly MeasureRow[]): string =>
      measuresCell(
        measures.map(({ kind, text }) => ({ kind, text: text.zh })),
        language,
      ),
  };
}

/** What is known of some measures in English, for the reader: an import goes by the Chinese text. */
export function englishMeasures(measures: readonly MeasureRow[]): string {
  const known = measures.flatMap(({ kind, text: { en } }) =>
    en === null ? [] : [{ kind, text: en }],
  );
  return measuresCell(known, 'en');
}

/** The measures of one kind, numbered, a line each. */
export function measuresOfKind(measures: readonly MeasureRow[], kind: MeasureKind): string {
  return measures
    .filter((measure) => measure.kind === kind)
    .map(({ text }, index) => `${index + 1}. ${text.zh}`)
    .join('\n');
}

/** A day where the instant begins one, else RFC 3339 to the millisecond. */
function instantText(instant: number, timeZone: string): string {
  const day = calendarDay(instant, timeZone);
  return startOfDay(day, timeZone) === instant ? day : new Date(instant).toISOString();
}

/** `重大风险（红）`, `Major risk (red)`. */
export function levelText(level: Level, language: Language): string {
  const { zh, en, colourZh, colourEn } = levelStyle[level];
  return language === 'zh' ? `${zh}（${colourZh}）` : `${en} (${colourEn})`;
}

/** The assessed level, or why there is none: never an empty cell that could be taken for low. */
function standingText({ state, level, lastLevel }: Standing, language: Language): string {
  if (level !== null) return levelText(level, language);
  if (state === 'assessed') return stateStyle.not_assessed[language];
  const name = stateStyle[state][language];
  if (lastLevel === null || state !== 'expired') return name;
  const last = levelText(lastLevel, language);
  return language === 'zh' ? `${name}，原${last}` : `${name}, was ${last}`;
}
