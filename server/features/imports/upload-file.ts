import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { createWorkSlots } from '#server/domain/work-slots.ts';
import { BUDGETS } from './reading/budgets.ts';
import { noRoom, tooLarge } from './reading/refusal.ts';
import { makeUploadFolder, removeFolder, removeLeftFolders } from './upload-folders.ts';

export type UploadedFile = {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Removes the file and gives its place free. To be called whatever becomes of it. */
  readonly remove: () => Promise<void>;
};

export type Uploads = {
  /**
   * Writes an upload into a folder of its own that only this user can enter. Throws FileRefusedError for one over the
   * limit, as soon as that shows, and where the disk is full; OverloadedError where too many files wait already.
   * Nothing is left behind then, and the stream is not destroyed: the sender can still be answered.
   */
  readonly save: (stream: Readable, announced: number | null) => Promise<UploadedFile>;
  /** Removes what processes that were killed left behind. */
  readonly removeLeft: () => Promise<number>;
};

type Target = Pick<FileHandle, 'writeFile' | 'close'>;

type Options = {
  /** Where the folders are made; the system's own place for such files by default. */
  readonly place?: string;
  readonly openFile?: (file: string) => Promise<Target>;
};

/** Files that are on the disk at once, being received or waiting to be read: together less than a gigabyte. */
const MOST_AT_ONCE = 8;
const DISK_FULL = new Set(['ENOSPC', 'EDQUOT']);

export function createUploads({ place = os.tmpdir(), openFile = openNew }: Options = {}): Uploads {
  const slots = createWorkSlots(MOST_AT_ONCE, {
    busy: 'Too many files wait to be read.',
    retryAfterSeconds: 10,
  });
  const save: Uploads['save'] = async (stream, announced) => {
    if (announced !== null && announced > BUDGETS.bytes) throw tooMany();
    const release = slots.take();
    try {
      const folder = await makeUploadFolder(place);
      const remove = () => removeFolder(folder).finally(release);
      return { ...(await store(stream, folder, openFile)), remove };
    } catch (error) {
      release();
      throw isDiskFull(error) ? diskFull() : error;
    }
  };
  return { save, removeLeft: () => removeLeftFolders(place) };
}

const openNew = (file: string): Promise<Target> => open(file, 'wx', 0o600);

/** The folder is removed where that fails. */
async function store(
  stream: Readable,
  folder: string,
  openFile: (file: string) => Promise<Target>,
): Promise<Omit<UploadedFile, 'remove'>> {
  const file = path.join(folder, 'file');
  try {
    const target = await openFile(file);
    try {
      return { path: file, ...(await write(stream, target)) };
    } finally {
      await target.close();
    }
  } catch (error) {
    await removeFolder(folder);
    throw error;
  }
}

async function write(
  stream: Readable,
  target: Target,
): Promise<Pick<UploadedFile, 'bytes' | 'sha256'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  // A request that is destroyed takes its connection with it, and the answer.
  const pieces = stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > BUDGETS.bytes) throw tooMany();
    hash.update(piece);
    await target.writeFile(piece);
  }
  return { bytes, sha256: hash.digest('hex') };
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && DISK_FULL.has(String(error.code));
}

function diskFull(): Error {
  return noRoom(
    '服务器磁盘已满，文件没有保存。请联系管理员清理磁盘，然后重新上传。',
    'The disk of the server is full; the file was not stored. Tell whoever runs it, then send the file again.',
  );
}

function tooMany(): Error {
  const megabytes = BUDGETS.bytes / 1_000_000;
  return tooLarge(
    `文件超过上限 ${megabytes} MB。请拆成几个文件再导入。`,
    `The file is over the limit of ${megabytes} MB. Split it into several files.`,
  );
}
