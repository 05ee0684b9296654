import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

import { projectRoot } from '#server/project-root.ts';

/** One hash over the contents of files and folders of the project. */
export function sourceHash(names: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of names.flatMap(filesOf)) {
    hash.update(path.relative(projectRoot, file)).update('\0').update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

function filesOf(name: string): string[] {
  const start = path.join(projectRoot, name);
  if (!existsSync(start)) return [];
  if (statSync(start).isFile()) return [start];
  return readdirSync(start, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
