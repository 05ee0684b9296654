import { RuleViolationError } from '../errors.ts';
import type { Lifecycle } from '../lifecycle.ts';
import { LIFECYCLES, lifecycleNames } from '../lifecycle.ts';
import { DefinitionReader } from '../methods/definition-reader.ts';

/** Words for a state of life, Chinese and English, to the states of the register. */
export type LifecycleTable = {
  readonly words: ReadonlyMap<string, Lifecycle>;
  /** Beginnings that decide alone, such as `pre-`. */
  readonly prefixes: readonly (readonly [string, Lifecycle])[];
};

const FAULTY = { zh: '生命周期用语表有误。', en: 'The table of lifecycle words has faults' };
const NO_STATE = { zh: '不是登记所用的状态。', en: 'is not a state of the register' };
const NO_TEXTS = { zh: '应为文本的列表。', en: 'must be a list of texts' };

/**
 * Turns the stored table {words: {state: […]}, prefixes: {state: […]}} into a LifecycleTable, with the register's own
 * codes and names added. Throws RuleViolationError with every fault: an unknown state, a word for two states.
 */
export function parseLifecycleTable(json: unknown): LifecycleTable {
  const reader = new DefinitionReader();
  const root = reader.object(json, '');
  const words = new Map<string, Lifecycle>();
  const add = (word: string, lifecycle: Lifecycle, pointer: string) => {
    const key = normaliseWord(word);
    if ((words.get(key) ?? lifecycle) !== lifecycle) {
      reader.faults.push({
        pointer,
        detail: {
          zh: `“${word}”一词对应两种状态。`,
          en: `The word "${word}" stands for two states`,
        },
      });
    }
    words.set(key, lifecycle);
  };
  for (const lifecycle of LIFECYCLES) {
    const { zh, en } = lifecycleNames[lifecycle];
    for (const word of [lifecycle, zh, en]) add(word, lifecycle, '');
  }
  for (const [word, lifecycle, pointer] of entries(reader, root, 'words')) {
    add(word, lifecycle, pointer);
  }
  const prefixes = entries(reader, root, 'prefixes').map(
    ([prefix, lifecycle]) => [prefix.toLowerCase(), lifecycle] as const,
  );
  if (reader.faults.length > 0) {
    throw new RuleViolationError(FAULTY, reader.faults);
  }
  return { words, prefixes };
}

function entries(
  reader: DefinitionReader,
  root: Readonly<Record<string, unknown>>,
  key: string,
): readonly (readonly [string, Lifecycle, string])[] {
  const lists = reader.object(root[key], `/${key}`);
  return Object.entries(lists).flatMap(([state, list]) => {
    const pointer = `/${key}/${state}`;
    const lifecycle = LIFECYCLES.find((candidate) => candidate === state);
    const isList = Array.isArray(list) && list.every((word) => typeof word === 'string');
    if (lifecycle !== undefined && isList) {
      return (list as readonly string[]).map((word) => [word, lifecycle, pointer] as const);
    }
    reader.faults.push({ pointer, detail: isList ? NO_STATE : NO_TEXTS });
    return [];
  });
}

/** The state that a word means; null when it is not in the table. */
export function findLifecycle(table: LifecycleTable, text: string): Lifecycle | null {
  const plain = text.normalize('NFKC').trim().toLowerCase();
  const withoutHint = plain.replaceAll(/\([^()]*\)|\[[^[\]]*\]/g, '');
  const found =
    table.words.get(normaliseWord(plain)) ?? table.words.get(normaliseWord(withoutHint));
  if (found !== undefined) return found;
  return table.prefixes.find(([prefix]) => plain.startsWith(prefix))?.[1] ?? null;
}

/** `Pre-construction`, `pre_construction` and `preconstruction` are one word. */
function normaliseWord(word: string): string {
  return word
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_\-–—.。]+/g, '');
}
