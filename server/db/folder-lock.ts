import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { StartupError } from '../startup-error.ts';
import { mayBeRunning, ownIdentity } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';

/** What the lock file holds. The socket's folder is written down so that the next owner can remove it after a crash. */
export type LockRecord = ProcessIdentity & { readonly socketFolder: string };

export type FolderLock = {
  /** The record of an owner that died without letting go, if there was one. */
  readonly abandoned: LockRecord | null;
  release(): void;
};

const REAP_MS = 10_000;
const RETRY_MS = 200;

/** The folder belongs to a process that runs, or may run. */
class FolderInUseError extends StartupError {
  readonly owner: ProcessIdentity | null;

  constructor(message: string, owner: ProcessIdentity | null) {
    super(message);
    this.owner = owner;
  }
}

/** Takes the folder as `lockFolder` does, but first gives a process that is just stopping some time to let go of it. */
export async function lockFolderWithin(
  waitMs: number,
  folder: string,
  socketFolder: string,
): Promise<FolderLock> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    try {
      return lockFolder(folder, socketFolder);
    } catch (error) {
      const mayPass = error instanceof FolderInUseError && error.owner?.pid !== process.pid;
      if (!mayPass || Date.now() >= deadline) throw error;
      await sleep(RETRY_MS);
    }
  }
}

/**
 * Takes the data folder for this process. Two engines on one folder destroy it, so the file is made with O_EXCL and an
 * existing one is removed only when its owner is certainly dead. Throws a StartupError that names the owner.
 */
export function lockFolder(folder: string, socketFolder: string): FolderLock {
  const file = path.join(folder, 'lock');
  const record: LockRecord = { ...ownIdentity(), socketFolder };
  if (createExclusively(file, record)) return held(file, record, null);
  const abandoned = reap(folder, file);
  if (!createExclusively(file, record)) throw inUse(folder, file, readRecord(file));
  return held(file, record, abandoned);
}

function held(file: string, record: LockRecord, abandoned: LockRecord | null): FolderLock {
  return {
    abandoned,
    release(): void {
      const current = readRecord(file);
      if (current?.pid === record.pid && current.socketFolder === record.socketFolder) rmSync(file);
    },
  };
}

/** Only one process at a time may judge and remove a dead owner's lock, or it could remove the next owner's. */
function reap(folder: string, file: string): LockRecord | null {
  const guard = path.join(folder, 'lock.reap');
  removeIfOlder(guard, REAP_MS);
  if (!createExclusively(guard, { ...ownIdentity(), socketFolder: '' })) {
    throw inUse(folder, file, null);
  }
  try {
    const owner = readRecord(file);
    if (owner === null ? !removeIfOlder(file, REAP_MS) : mayBeRunning(owner)) {
      throw inUse(folder, file, owner);
    }
    rmSync(file, { force: true });
    return owner;
  } finally {
    rmSync(guard, { force: true });
  }
}

function createExclusively(file: string, record: LockRecord): boolean {
  try {
    const handle = openSync(file, 'wx', 0o600);
    try {
      writeSync(handle, `${JSON.stringify(record)}\n`);
    } catch (error) {
      // A lock without a name in it would keep the next start waiting.
      rmSync(file, { force: true });
      throw error;
    } finally {
      closeSync(handle);
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Null when there is no lock, or one whose owner died (or is busy) between making it and writing into it. */
function readRecord(file: string): LockRecord | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is LockRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, host, startedAt, socketFolder } = value as Partial<
    Record<keyof LockRecord, unknown>
  >;
  return (
    typeof pid === 'number' &&
    typeof host === 'string' &&
    (startedAt === null || typeof startedAt === 'string') &&
    typeof socketFolder === 'string'
  );
}

/** True when the file is gone afterwards. */
function removeIfOlder(file: string, milliseconds: number): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return true;
  if (Date.now() - stats.mtimeMs < milliseconds) return false;
  rmSync(file, { force: true });
  return true;
}

function inUse(folder: string, file: string, owner: LockRecord | null): FolderInUseError {
  const who =
    owner === null ? 'another process' : `process ${owner.pid} on the computer ${owner.host}`;
  return new FolderInUseError(
    `The data folder ${folder} is already in use by ${who}. ` +
      'Stop that process first, or set DATA_DIR to another folder. ' +
      `If you are sure that nothing uses the folder, delete ${file} and start again.`,
    owner,
  );
}
