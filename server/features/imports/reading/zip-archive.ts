import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { fromRandomAccessReaderPromise } from 'yauzl';
import type { Watch } from './budgets.ts';
import { FileRefusedError, broken, tooLarge } from './refusal.ts';
import { checkEntries, checkEntry, damaged } from './zip-checks.ts';
import { ZipFileReader } from './zip-file-reader.ts';

/** A zip archive whose directory was checked. Names are compared without case, as the format says. */
export type Archive = {
  readonly has: (name: string) => boolean;
  /** The unpacked bytes of an entry; throws for one that is missing, damaged or larger than declared. */
  readonly read: (name: string) => AsyncGenerator<Buffer>;
  readonly names: readonly string[];
};

/** Opens an archive, runs the work, and closes it whatever happens. */
export async function withArchive<T>(
  path: string,
  size: number,
  watch: Watch,
  work: (archive: Archive) => Promise<T>,
): Promise<T> {
  const file = await open(path, 'r');
  try {
    const zip = await opened(new ZipFileReader(file, size), size);
    const entries = await listedEntries(zip, watch);
    checkEntries([...entries.values()], size, watch.budgets);
    return await work({
      has: (name) => entries.has(name.toLowerCase()),
      read: (name) => unpacked(zip, entries.get(name.toLowerCase()), name, watch),
      names: [...entries.keys()],
    });
  } finally {
    await file.close();
  }
}

async function opened(reader: ZipFileReader, size: number): Promise<ZipFile> {
  try {
    const zip = await fromRandomAccessReaderPromise(reader, size, {
      autoClose: false,
      strictFileNames: true,
    });
    // Later failures reach the caller as rejections; without a listener they would end the thread.
    zip.on('error', () => undefined);
    return zip;
  } catch {
    throw damaged();
  }
}

async function listedEntries(zip: ZipFile, watch: Watch): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  if (zip.entryCount > watch.budgets.entries) throw tooManyEntries(watch.budgets.entries);
  try {
    for await (const entry of zip.eachEntry()) {
      watch.tick();
      checkEntry(entry);
      const name = entry.fileName.toLowerCase();
      if (entries.has(name)) throw duplicateName(entry.fileName);
      entries.set(name, entry);
    }
  } catch (error) {
    throw error instanceof FileRefusedError ? error : badDirectory(error);
  }
  return entries;
}

/** What yauzl says about names that leave the folder they are unpacked into. */
const UNSAFE_NAME = /absolute path|relative path|invalid characters/;

function badDirectory(error: unknown): Error {
  if (!(error instanceof Error) || !UNSAFE_NAME.test(error.message)) return damaged();
  return broken(
    '文件被拒绝：压缩包内含有不安全的文件名（绝对路径、“..”或反斜杠）。请用 Excel 或 WPS 重新保存。',
    'Refused: the archive holds an unsafe file name (an absolute path, ".." or a backslash). Save the workbook again in Excel or WPS.',
  );
}

function tooManyEntries(limit: number): Error {
  return tooLarge(
    `文件被拒绝：压缩包内的文件超过 ${limit} 个。`,
    `Refused: the archive holds more than ${limit} files.`,
  );
}

function duplicateName(name: string): Error {
  return broken(
    `文件被拒绝：压缩包内有两个同名文件“${name.slice(0, 80)}”。`,
    `Refused: the archive holds two files named "${name.slice(0, 80)}".`,
  );
}

async function* unpacked(
  zip: ZipFile,
  entry: Entry | undefined,
  name: string,
  watch: Watch,
): AsyncGenerator<Buffer> {
  if (entry === undefined) throw missingPart(name);
  let size = 0;
  let checksum = 0;
  const stream = await entryStream(zip, entry);
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      watch.tick();
      size += piece.length;
      if (size > entry.uncompressedSize) throw damaged();
      checksum = crc32(piece, checksum);
      yield piece;
    }
  } catch (error) {
    throw error instanceof FileRefusedError ? error : damaged();
  }
  if (size !== entry.uncompressedSize || checksum !== entry.crc32) throw damaged();
}

async function entryStream(zip: ZipFile, entry: Entry): Promise<Readable> {
  try {
    const { fileName } = await zip.readLocalFileHeaderPromise(entry);
    if (!fileName.equals(entry.fileNameRaw)) throw damaged();
    const raw = await zip.openReadStreamPromise(entry, { decodeFileData: false });
    if (entry.compressionMethod === 0) return raw;
    return pipeline(raw, createInflateRaw({ chunkSize: 65_536 }), () => undefined);
  } catch {
    throw damaged();
  }
}

function missingPart(name: string): Error {
  return broken(
    `文件已损坏：缺少 ${name.slice(0, 120)}。请用 Excel 或 WPS 打开并重新保存。`,
    `The file is damaged: ${name.slice(0, 120)} is missing. Open it in Excel or WPS and save it again.`,
  );
}
