import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type {
  ReadOptions,
  Refusal,
  TableHead,
  TableRow,
} from '#server/features/imports/reading/table.ts';
import { FileRefusedError, readTable } from '#server/features/imports/reading/table.ts';

export const TYPES = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  geojson: 'application/geo+json',
  any: 'application/octet-stream',
} as const;

export type ReadResult = { head: TableHead; rows: TableRow[]; count: number };

const NAMES = new Set([
  '编号',
  '名称',
  '企业名称',
  '经度',
  '纬度',
  '状态',
  'name_zh',
  'code',
  'lon',
  'lat',
]);

/** Column names that the tests' files use. */
export const isHeader = (cell: string): boolean => NAMES.has(cell);

/** Reads bytes as an uploaded file. */
export async function readBytes(
  bytes: Buffer | string,
  mediaType: string,
  options: Partial<ReadOptions> = {},
): Promise<ReadResult> {
  const folder = mkdtempSync(path.join(tmpdir(), 'reading-'));
  const file = path.join(folder, 'upload');
  writeFileSync(file, bytes);
  const heads: TableHead[] = [];
  const rows: TableRow[] = [];
  try {
    const { rows: count } = await readTable(
      file,
      { mediaType, isHeader, ...options },
      (head) => {
        heads.push(head);
      },
      (batch) => {
        rows.push(...batch);
      },
    );
    const [head] = heads;
    if (head === undefined || heads.length !== 1) throw new Error(`${heads.length} heads`);
    return { head, rows, count };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The refusal that reading must end with; fails for a result or any other error. */
export async function refusalOf(
  bytes: Buffer | string,
  mediaType: string,
  options: Partial<ReadOptions> = {},
): Promise<Refusal> {
  try {
    await readBytes(bytes, mediaType, options);
  } catch (error) {
    if (error instanceof FileRefusedError) return error.refusal;
    throw error;
  }
  throw new Error('The file was read');
}

/** All bytes of a writer. */
export async function collected(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
