import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import path from 'node:path';

import { StartupError } from '../startup-error.ts';
import { codeOf } from './pg-errors.ts';

/** Major version of the PostgreSQL inside the embedded engine: its folder cannot be opened by another one. */
export const EMBEDDED_MAJOR = 18;

/** Layout of the data folder itself; raised when this program stores something in it differently. */
const FOLDER_FORMAT = 1;

/** Stands in the folder while the cluster is being made for the first time. */
const MAKING = 'making.json';

export type DataFolder = { readonly folder: string; readonly cluster: string };

/** Makes the folder. Throws a StartupError when it cannot be made or written. */
export function makeDataFolder(folder: string): DataFolder {
  try {
    makeLevels(path.resolve(folder));
  } catch (error) {
    throw explained(error, folder);
  }
  return { folder, cluster: path.join(folder, 'postgres') };
}

/** One level at a time: Node's own recursion never ends where a file system answers ENOENT to mkdir, as /proc does. */
function makeLevels(folder: string): void {
  if (existsSync(folder)) {
    if (!statSync(folder).isDirectory()) throw new Error(`ENOTDIR: ${folder}`);
    return;
  }
  makeLevels(path.dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/**
 * To be called under the lock. Throws a StartupError for a folder that another version made, and for one with a
 * `postgres` folder that this program did not mark. Removes a cluster whose making was interrupted: the mark of its
 * making is still there, so it never held a row.
 */
export function checkVersion({ folder, cluster }: DataFolder): void {
  const version = readVersion(folder);
  if (version === null) {
    const mark = path.join(folder, MAKING);
    if (existsSync(cluster) && !existsSync(mark)) {
      throw new StartupError(
        `${cluster} is there, but ${path.join(folder, 'version.json')}, which this program writes beside it, is not. ` +
          'Restore that file from a backup, or set DATA_DIR to another folder. Nothing was changed.',
      );
    }
    writeFileSync(mark, '{}\n');
    rmSync(cluster, { recursive: true, force: true });
    return;
  }
  const newer = version.format > FOLDER_FORMAT || version.postgres > EMBEDDED_MAJOR;
  if (!newer && version.postgres === EMBEDDED_MAJOR) return;
  throw new StartupError(
    `The data folder ${folder} was made by ${newer ? 'a newer' : 'an older'} version of this program ` +
      `(PostgreSQL ${version.postgres}, format ${version.format}; this one reads PostgreSQL ${EMBEDDED_MAJOR}, format ${FOLDER_FORMAT}). ` +
      `${newer ? 'Update the program' : 'Open it with the version that made it'}, or set DATA_DIR to another folder. Nothing was changed.`,
  );
}

/** Marks the cluster as complete; written beside and renamed, so that it is never half there. */
export function writeVersion({ folder }: DataFolder): void {
  const file = path.join(folder, 'version.json');
  if (existsSync(file)) return;
  const content = { format: FOLDER_FORMAT, postgres: EMBEDDED_MAJOR };
  writeFileSync(`${file}.new`, `${JSON.stringify(content)}\n`);
  renameSync(`${file}.new`, file);
  rmSync(path.join(folder, MAKING), { force: true });
}

function readVersion(folder: string): { format: number; postgres: number } | null {
  const file = path.join(folder, 'version.json');
  if (!existsSync(file)) return null;
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as {
      format?: unknown;
      postgres?: unknown;
    };
    if (typeof value.format === 'number' && typeof value.postgres === 'number') {
      return { format: value.format, postgres: value.postgres };
    }
  } catch {
    // Told below: the file is there, so the folder may hold data and must not be remade.
  }
  throw new StartupError(
    `${file} cannot be read, so it is not known which version made the folder. ` +
      'Restore that file from a backup, or set DATA_DIR to another folder. Nothing was changed.',
  );
}

/** Forces every file of the cluster to the disk: the engine itself only reaches the system's cache. */
export async function syncFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  for (const entry of entries) {
    if (entry.isFile()) await syncPath(path.join(entry.parentPath, entry.name));
  }
  await syncPath(folder);
}

async function syncPath(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A failure to open the data folder or the engine on it, in plain words. */
export function explained(error: unknown, folder: string): StartupError {
  if (error instanceof StartupError) return error;
  const text = textOf(error);
  const options = { cause: error };
  if (/ENOSPC|EDQUOT|\b53100\b|no space left|disk quota|disk full/i.test(text)) {
    return new StartupError(
      `The disk that holds ${folder} is full. Free at least 500 MB, or set DATA_DIR to a folder on another disk, and start again.`,
      options,
    );
  }
  if (/EACCES|EPERM|EROFS|ENOENT.*mkdir|permission denied|read-only file system/i.test(text)) {
    return new StartupError(
      `The data folder ${folder} cannot be written. Give this user the right to write there, or set DATA_DIR to another folder.`,
      options,
    );
  }
  if (/ENOTDIR|EEXIST/.test(text)) {
    return new StartupError(`${folder} is not a folder. Set DATA_DIR to a folder.`, options);
  }
  return new StartupError(
    `The embedded database in ${folder} did not open (${text.slice(0, 300)}). ` +
      'Start again; if it stays so, restore the folder from a backup or set DATA_DIR to another one.',
    options,
  );
}

/** Code and message of an error, then those of what caused it. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = `${codeOf(error)} ${error.message}`.trim();
  return error.cause === undefined ? own : `${textOf(error.cause)}: ${own}`;
}
