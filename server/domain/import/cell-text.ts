import type { Bilingual } from '../bilingual.ts';

/** Control characters but tab, LF and CR; the marks that turn the direction of text; halves of characters. */
const FORBIDDEN = /(?![\t\n\r])\p{Cc}|[\u202A-\u202E\u2066-\u2069]|\p{Surrogate}/gu;

/** A fault quotes the beginning of a cell. */
const MOST_QUOTED_CHARACTERS = 200;

/** What may be one of these, in one quick look: halves of characters stand for all of those in two halves. */
const SUSPECT = /[^\t\n\r -~\u00A0-\u2029\u202F-\u2065\u206A-\uD7FF\uE000-\uFFFF]/;

/** Characters without width that copies from web pages bring along. */
const INVISIBLE = /[\u200B\u2060\uFEFF\u00AD]/g;

const UNCLEAN = /[\u200B\u2060\uFEFF\u00AD\r]/;

/** White space that one line does not have. */
const SPACES = /[^\S ]| {2}/;

/** A Chinese name that was broken over two lines goes on without a space. */
const BREAK_IN_CHINESE = /(?<=\p{Script=Han})[ \t]*[\r\n]+[ \t]*(?=\p{Script=Han})/gu;

const CONTROL_PROBLEM: Bilingual = {
  zh: '含有控制字符或不可见的方向符号',
  en: 'It holds control characters or invisible marks of direction',
};

const CONTROL_EXPECTED: Bilingual = {
  zh: '可见的文字，请重新键入该单元格',
  en: 'Visible text; type the cell anew',
};

/** What a list writes where there is nothing. */
const NOTHING = new Set([
  ...[
    '-',
    '--',
    '---',
    '—',
    '——',
    '–',
    '/',
    '//',
    '\\',
    '*',
    '.',
    '。',
    '无',
    '暂无',
    '没有',
    '不详',
    '空',
  ],
  ...['n/a', '#n/a', 'null', 'none', 'nil', 'undefined', 'nan'],
]);

export type CellFault = { readonly problem: Bilingual; readonly expected: Bilingual };

/** Text of several lines, or null for nothing: outer blanks and invisible characters gone, lines parted by LF. */
export function cleanLines(cell: string | null | undefined): string | null {
  if (cell === null || cell === undefined) return null;
  const text = UNCLEAN.test(cell)
    ? cell.replaceAll(INVISIBLE, '').replaceAll(/\r\n?/g, '\n').trim()
    : cell.trim();
  return text === '' ? null : text;
}

/** Text of one line, with single spaces. */
export function cleanLine(cell: string | null | undefined): string | null {
  const text = cleanLines(cell);
  if (text === null) return null;
  if (!SPACES.test(text)) return text;
  return text.replaceAll(BREAK_IN_CHINESE, '').replaceAll(/\s+/g, ' ');
}

/** Whether a text says that there is nothing, as `/` and 无 do. */
export function saysNothing(text: string): boolean {
  return text.length <= 9 && NOTHING.has(text.toLowerCase());
}

/** Why a text cannot be stored as it is, or null. */
export function cellFault(text: string, most: number): CellFault | null {
  if (SUSPECT.test(text) && text.search(FORBIDDEN) >= 0)
    return { problem: CONTROL_PROBLEM, expected: CONTROL_EXPECTED };
  if (text.length <= most) return null;
  return {
    problem: {
      zh: `有 ${text.length} 个字符，过长`,
      en: `It has ${text.length} characters, too many`,
    },
    expected: { zh: `不超过 ${most} 个字符`, en: `At most ${most} characters` },
  };
}

/** Whether a file was read in the wrong encoding: U+FFFD stands for what could not be decoded. */
export function isUnreadable(text: string): boolean {
  return text.includes('\uFFFD');
}

/** A text that every database takes: no NUL, no halves of characters. */
export function storable(text: string): string {
  return text.replaceAll(FORBIDDEN, '\uFFFD');
}

/** The beginning of a cell, to be shown beside what is wrong with it. */
export function quoted(cell: string): string {
  if (cell.length <= MOST_QUOTED_CHARACTERS) return storable(cell);
  return storable(`${cell.slice(0, MOST_QUOTED_CHARACTERS)}…`);
}
