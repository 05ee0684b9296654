import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const CLIENT = path.resolve(import.meta.dirname, '../../client');
const textsOf = (lang: string) =>
  JSON.parse(readFileSync(path.join(CLIENT, `i18n/${lang}.json`), 'utf8')) as object;

/** `{a: {b: 'x'}}` → `['a.b', 'x']`. */
function flatten(tree: object, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? flatten(value, `${prefix}${key}.`)
      : [[`${prefix}${key}`, String(value)] as [string, string]],
  );
}

/** Names of the values that a text takes, in one fixed order. */
const placeholders = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)]
    .map(([, name]) => name ?? '')
    .toSorted((a, b) => a.localeCompare(b))
    .join();

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => path.join(folder, name));
}

describe('the texts of the screen', () => {
  const chinese = new Map(flatten(textsOf('zh-CN')));
  const english = new Map(flatten(textsOf('en')));

  it('have the same keys in Chinese and English', () => {
    expect([...english.keys()].toSorted()).toEqual([...chinese.keys()].toSorted());
  });

  it('are never empty', () => {
    const empty = [...chinese, ...english].filter(([, text]) => text.trim() === '');

    expect(empty).toEqual([]);
  });

  it('take the same values in both languages', () => {
    const differing = [...chinese].filter(
      ([key, text]) => placeholders(text) !== placeholders(english.get(key) ?? ''),
    );

    expect(differing).toEqual([]);
  });

  it('are Chinese in the Chinese file', () => {
    const allowed = new Set(['about.engine.postgres']);
    const foreign = [...chinese].filter(
      ([key, text]) =>
        !/[\u4e00-\u9fff]/.test(text) && /[A-Za-z]{3}/.test(text) && !allowed.has(key),
    );

    expect(foreign.filter(([, text]) => !text.includes('{{'))).toEqual([]);
  });

  it('exist for every key that the source names in full', () => {
    const missing = sourceFiles(CLIENT).flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\bt\(\s*'([\w.-]+)'/g)]
        .map(([, key]) => key ?? '')
        .filter((key) => !chinese.has(key)),
    );

    expect(missing).toEqual([]);
  });
});
