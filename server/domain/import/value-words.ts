import type { Bilingual } from '../bilingual.ts';
import type { SupervisedField } from '../fields.ts';

import type { ValueEntry } from './column-table.ts';

/** Finds values by the words for them. */
export type WordFinder = {
  readonly find: (text: string) => string | null;
  /** Names of the values for a person, some of them where there are many. */
  readonly expected: Bilingual;
};

const MOST_NAMED = 8;

/** By code, name or other word; case, spaces and hints in brackets do not count. */
export function createWordFinder(entries: readonly ValueEntry[]): WordFinder {
  const codes = new Map<string, string>();
  for (const { code, names, words } of entries) {
    for (const word of [code, names.zh, names.en, ...words]) codes.set(normaliseWord(word), code);
  }
  return {
    find: (text) => codes.get(normaliseWord(text)) ?? codes.get(withoutHint(text)) ?? null,
    expected: namesOf(entries.map(({ names }) => names)),
  };
}

/** The words of the table for the fields that the register knows; a field of a bureau's own has its names only. */
export function fieldEntries(
  fields: readonly SupervisedField[],
  words: readonly ValueEntry[],
): readonly ValueEntry[] {
  return fields.map(({ code, zh, en }) => ({
    code,
    names: { zh, en },
    words: words.find((entry) => entry.code === code)?.words ?? [],
  }));
}

export function namesOf(names: readonly Bilingual[]): Bilingual {
  const some = names.slice(0, MOST_NAMED);
  const more = names.length > some.length;
  return {
    zh: `${some.map(({ zh }) => zh).join('、')}${more ? '等' : ''}`,
    en: `${some.map(({ en }) => en).join(', ')}${more ? ' …' : ''}`,
  };
}

/** NFKC, lower case, no spaces or hyphens. */
export function normaliseWord(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_\-–—()]+/g, '');
}

function withoutHint(text: string): string {
  return normaliseWord(text.normalize('NFKC').replaceAll(/\([^()]*\)/g, ''));
}

const SEPARATOR = /[、,，;；|\n]+/;

/**
 * The values of a cell with several, each once, in the order of the codes, and the words that were not found. A slash
 * parts values too, but not inside a name that has one (消防/人员密集).
 */
export function findValues(
  finder: WordFinder,
  text: string,
): { readonly codes: readonly string[]; readonly unknown: readonly string[] } {
  const whole = finder.find(text);
  if (whole !== null) return { codes: [whole], unknown: [] };
  const codes = new Set<string>();
  const unknown: string[] = [];
  for (const part of splitList(text)) {
    const found = finder.find(part);
    if (found !== null) codes.add(found);
    else for (const code of bySlashes(finder, part, unknown)) codes.add(code);
  }
  return { codes: [...codes].sort(), unknown };
}

/** The parts of a cell that lists several things. */
export function splitList(text: string): readonly string[] {
  return text
    .split(SEPARATOR)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** No name has more slashes. */
const MOST_PIECES = 4;

/** The longest run of pieces from the left that is a name; one piece where none is. */
function longestName(
  finder: WordFinder,
  pieces: readonly string[],
): readonly [run: number, code: string | null] {
  for (let run = Math.min(MOST_PIECES, pieces.length); run > 0; run -= 1) {
    const code = finder.find(pieces.slice(0, run).join('/'));
    if (code !== null) return [run, code];
  }
  return [1, null];
}

function bySlashes(finder: WordFinder, part: string, unknown: string[]): readonly string[] {
  const codes: string[] = [];
  let rest = part.split(/[/／]/).filter((piece) => piece.trim() !== '');
  while (rest.length > 0) {
    const [run, code] = longestName(finder, rest);
    if (code === null) unknown.push(...rest.slice(0, 1).map((piece) => piece.trim()));
    else codes.push(code);
    rest = rest.slice(run);
  }
  return codes;
}
