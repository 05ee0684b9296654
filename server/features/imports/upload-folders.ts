import { lstat, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { mayBeRunning, ownIdentity } from '#server/db/process-identity.ts';

const PREFIX = 'risk-map-upload-';
/** Written before the upload: a folder without it holds nothing of anybody. */
const OWNER = 'owner.json';
/** A folder that does not say whose it is may be one that is just being made. */
const NAMELESS_MS = 3_600_000;

const identity = z.object({
  pid: z.int(),
  host: z.string(),
  startedAt: z.string().nullable(),
});

/** A new folder in `place` that only this user can enter, and that says which process it belongs to. */
export async function makeUploadFolder(place: string): Promise<string> {
  const folder = await mkdtemp(path.join(place, PREFIX));
  try {
    await writeFile(path.join(folder, OWNER), JSON.stringify(ownIdentity()), { mode: 0o600 });
  } catch (error) {
    await removeFolder(folder);
    throw error;
  }
  return folder;
}

export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}

/**
 * Removes the folders in `place` whose process ended without doing it, and leaves those of processes that run, of other
 * users and of other machines. Whatever cannot be removed is passed over. Returns how many were removed.
 */
export async function removeLeftFolders(place: string): Promise<number> {
  const names = (await readdir(place)).filter((name) => name.startsWith(PREFIX));
  let removed = 0;
  for (const name of names) {
    const folder = path.join(place, name);
    try {
      if (!(await isLeft(folder))) continue;
      await removeFolder(folder);
      removed += 1;
    } catch {
      // Gone meanwhile, or not ours.
    }
  }
  return removed;
}

async function isLeft(folder: string): Promise<boolean> {
  const { uid, mtimeMs, isFolder } = await statOf(folder);
  // Nothing is read of what others put into a folder that everybody may write to.
  if (!isFolder || (process.getuid && uid !== process.getuid())) return false;
  const owner = await ownerOf(folder);
  return owner === null ? Date.now() - mtimeMs > NAMELESS_MS : !mayBeRunning(owner);
}

async function statOf(folder: string) {
  const stats = await lstat(folder);
  return { uid: stats.uid, mtimeMs: stats.mtimeMs, isFolder: stats.isDirectory() };
}

async function ownerOf(folder: string): Promise<z.output<typeof identity> | null> {
  try {
    const text = await readFile(path.join(folder, OWNER), 'utf8');
    return identity.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
