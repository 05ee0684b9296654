import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder that holds package.json. The bundle and the sources lie at different depths, so it is searched upward. */
export const projectRoot: string = findProjectRoot(import.meta.dirname);

function findProjectRoot(folder: string): string {
  if (existsSync(path.join(folder, 'package.json'))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error('package.json was not found above the program');
  return findProjectRoot(parent);
}
