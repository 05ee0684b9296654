import type { Bilingual } from '../bilingual.ts';
import { findDefinition } from '../methods/find-definition.ts';
import type { MethodDefinition } from '../methods/method.ts';
import { versionOf } from '../methods/method.ts';

import type { ValueEntry } from './column-table.ts';
import { createWordFinder, namesOf, normaliseWord } from './value-words.ts';

/** A version as a file names it: by its id, or by the name of the variant. */
export type MethodFinder = {
  readonly method: (text: string) => string | null;
  readonly version: (method: string, text: string) => string | null;
  readonly definition: (
    method: string,
    version: string | null,
    day: string,
  ) => MethodDefinition | null;
  readonly expected: Bilingual;
  readonly expectedVersions: (method: string) => Bilingual;
};

/** Finds methods and their versions by id or name. Only methods that have a definition are found. */
export function createMethodFinder(
  definitions: readonly MethodDefinition[],
  words: readonly ValueEntry[],
): MethodFinder {
  const ids = [...new Set(definitions.map(({ method }) => method))];
  const entries = ids.map((id): ValueEntry => {
    const named = words.find(({ code }) => code === id);
    return named ?? { code: id, names: { zh: id, en: id }, words: [] };
  });
  const methods = createWordFinder(entries);
  const ofMethod = (method: string) => definitions.filter((one) => one.method === method);
  return {
    method: methods.find,
    version: (method, text) => {
      const word = normaliseWord(text);
      const found = ofMethod(method).find((one) => spellings(one).includes(word));
      if (found === undefined) return null;
      return word === normaliseWord(versionOf(found)) ? versionOf(found) : found.variant;
    },
    definition: (method, version, onDay) =>
      findDefinition(definitions, { method, onDay, ...(version === null ? {} : { version }) }),
    expected: methods.expected,
    expectedVersions: (method) =>
      namesOf(ofMethod(method).map(({ variant }) => ({ zh: variant, en: variant }))),
  };
}

function spellings(definition: MethodDefinition): readonly string[] {
  const { variant, name } = definition;
  return [variant, versionOf(definition), name.zh, name.en].map(normaliseWord);
}
