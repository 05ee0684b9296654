import { MEASURE_KINDS, measureKindNames } from '../control.ts';
import type { MeasureKind } from '../control.ts';

import type { ValueEntry } from './column-table.ts';
import type { MeasureValues } from './evaluated-row.ts';

/** `1.`, `1、`, `(1)`, `（1）`, `①` at the beginning or after the end of a measure. */
const MARKER = /(?<=^|[\s；;。])(?:[（(](\d{1,2})[)）]|(\d{1,2})[.．、)）](?!\d)|([①-⑳]))/gu;

const FIRST_RING = '①'.charCodeAt(0);

type Marker = { readonly number: number; readonly start: number; readonly end: number };

/**
 * The measures of one cell: by their numbers where the text is numbered from 1, else one for each line. A number is one
 * only in its turn, so that `2.5 m` or `(3)` inside a measure parts nothing.
 */
export function splitMeasures(text: string): readonly string[] {
  const markers = numbered(text);
  const pieces =
    markers[0]?.start === 0
      ? markers.map(({ end }, index) => text.slice(end, markers[index + 1]?.start))
      : text.split('\n');
  return pieces.map(trimmed).filter((piece) => piece !== '');
}

function numbered(text: string): readonly Marker[] {
  const markers: Marker[] = [];
  for (const match of text.matchAll(MARKER)) {
    const [text, round, plain, ring] = match;
    const number = ring ? ring.charCodeAt(0) - FIRST_RING + 1 : Number(round ?? plain);
    if (number !== markers.length + 1) continue;
    markers.push({ number, start: match.index, end: match.index + text.length });
  }
  return markers;
}

/** The mark that parts a measure from the next is not part of it. */
function trimmed(piece: string): string {
  return piece
    .trim()
    .replace(/[；;]+$/, '')
    .trim();
}

/** A reader for cells that hold measures of all kinds, each kind begun by its name and a colon. */
export type MeasureReader = (text: string, column: MeasureKind | null) => readonly MeasureValues[];

/** What no kind introduces is a measure of management. */
const DEFAULT_KIND: MeasureKind = 'management';

export function createMeasureReader(kinds: readonly ValueEntry[]): MeasureReader {
  const words = kinds
    .flatMap(({ code, names, words }) =>
      [names.zh, names.en, ...words].map((word) => ({ word: word.toLowerCase(), code })),
    )
    .sort((a, b) => b.word.length - a.word.length);
  const codes = new Map(words.map(({ word, code }) => [word, code]));
  const alternatives = words.map(({ word }) => escaped(word)).join('|');
  const heading = new RegExp(
    String.raw`(?<=^|[\n；;。])[ \t]*(?:[（(]?[\d一二三四五]{1,2}[)）.．、][ \t]*)?(${alternatives})[ \t]*[:：]`,
    'giu',
  );
  const kindOf = (word: string): MeasureKind => {
    const code = codes.get(word.toLowerCase());
    return MEASURE_KINDS.find((kind) => kind === code) ?? DEFAULT_KIND;
  };
  return (text, column) => {
    const parts = column === null ? byHeadings(text, heading, kindOf) : [{ kind: column, text }];
    return parts.flatMap((part) =>
      splitMeasures(part.text.trim()).map((measure) => measureOf(part.kind, measure)),
    );
  };
}

type Part = { readonly kind: MeasureKind; readonly text: string };

function byHeadings(
  text: string,
  heading: RegExp,
  kindOf: (word: string) => MeasureKind,
): readonly Part[] {
  const found = [...text.matchAll(heading)];
  const parts = found.map((match, index) => ({
    kind: kindOf(match[1] ?? ''),
    text: text.slice(match.index + match[0].length, found[index + 1]?.index),
  }));
  return [{ kind: DEFAULT_KIND, text: text.slice(0, found[0]?.index) }, ...parts];
}

function measureOf(kind: MeasureKind, text: string): MeasureValues {
  const isChinese = /\p{Script=Han}/u.test(text);
  return { kind, textZh: text, textEn: isChinese ? null : text };
}

function escaped(word: string): string {
  return word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/**
 * The measures of a record in one cell, as `createMeasureReader` reads them: by kind, numbered. Only a measure that holds
 * the beginning of another in its own lines comes back as two.
 */
export function measuresCell(
  measures: readonly { readonly kind: MeasureKind; readonly text: string }[],
  language: 'zh' | 'en' = 'zh',
): string {
  return MEASURE_KINDS.flatMap((kind) => {
    const texts = measures.filter((measure) => measure.kind === kind).map(({ text }) => text);
    if (texts.length === 0) return [];
    const name = measureKindNames[kind][language];
    return [
      `${name}${language === 'zh' ? '：' : ':'}`,
      ...texts.map((text, i) => `${i + 1}. ${text}`),
    ];
  }).join('\n');
}
