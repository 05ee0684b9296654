import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '#server/project-root.ts';

const DOCUMENTS = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'];
const FOLDERS = /^(?:server|client|migrations|data|docs|tests)(?:\/|$)/;

const read = (name: string): string => readFileSync(path.join(projectRoot, name), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

/** Words in code marks and targets of links that look like paths of this project; `<name>` stands for any. */
function pathsIn(text: string): readonly string[] {
  const marked = [...text.matchAll(/`([\w./-]+)`|\]\(([\w./-]+)\)/g)];
  return marked.map(([, code, link]) => code ?? link ?? '').filter((word) => FOLDERS.test(word));
}

const commandsIn = (text: string): readonly string[] =>
  [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name ?? '');

describe.each(DOCUMENTS)('%s', (name) => {
  it('names no path that is not there', () => {
    const named = pathsIn(read(name));

    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((word) => !existsSync(path.join(projectRoot, word)))).toEqual([]);
  });

  it('names no script that is not there', () => {
    expect(commandsIn(read(name)).filter((script) => scripts[script] === undefined)).toEqual([]);
  });
});

describe('the commands of the README', () => {
  it('are known to the command line', () => {
    const words = [...read('README.md').matchAll(/npm run cli -- (\w+)/g)].map(([, word]) => word);
    const sources = ['import-regions', 'demo', 'audit', 'publication', 'reconcile']
      .map((command) => read(`server/cli/${command}-command.ts`))
      .join('\n');

    expect(words.length).toBeGreaterThan(2);
    expect(words.filter((word) => !sources.includes(`words: ['${word}'`))).toEqual([]);
  });
});
