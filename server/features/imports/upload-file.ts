import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BUDGETS } from './reading/budgets.ts';
import { tooLarge } from './reading/refusal.ts';

export type UploadedFile = {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly remove: () => Promise<void>;
};

/**
 * Writes an upload into a folder of its own that only this user can enter. Throws FileRefusedError for one over the
 * limit, as soon as that shows; nothing is left behind then.
 */
export async function saveUpload(
  stream: Readable,
  announced: number | null,
): Promise<UploadedFile> {
  if (announced !== null && announced > BUDGETS.bytes) {
    stream.resume();
    throw tooMany();
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), 'risk-map-upload-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const file = path.join(folder, 'file');
  const hash = createHash('sha256');
  let bytes = 0;
  const count = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length;
      hash.update(chunk);
      if (bytes > BUDGETS.bytes) done(tooMany());
      else done(null, chunk);
    },
  });
  try {
    await pipeline(stream, count, createWriteStream(file, { mode: 0o600 }));
  } catch (error) {
    await remove();
    throw error;
  }
  return { path: file, bytes, sha256: hash.digest('hex'), remove };
}

function tooMany(): Error {
  const megabytes = BUDGETS.bytes / 1_000_000;
  return tooLarge(
    `文件超过上限 ${megabytes} MB。请拆成几个文件再导入。`,
    `The file is over the limit of ${megabytes} MB. Split it into several files.`,
  );
}
