import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '#server/project-root.ts';

const folder = path.join(projectRoot, '../shared/data');

/** For tests that read official data, which does not ship: skipped, and counted as skipped, where it is absent. */
export const itWithSharedData = existsSync(folder) ? it : it.skip;

/** Parsed GeoJSON of the shared data folder. */
export function sharedGeoJson(name: string): unknown {
  return JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
}

/** Text of a file of the shared data folder. */
export function sharedText(name: string): string {
  return readFileSync(path.join(folder, name), 'utf8');
}
