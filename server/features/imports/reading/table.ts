import { open } from 'node:fs/promises';
import type { Budgets } from './budgets.ts';
import { BUDGETS, createWatch } from './budgets.ts';
import { readCsv } from './csv-reader.ts';
import type { Content } from './detect-content.ts';
import { checkDeclared } from './detect-content.ts';
import { readGeoJson } from './geojson-reader.ts';
import { broken, tooLarge } from './refusal.ts';
import type { Reading, TableHead, TableRow } from './reading.ts';
import { readXlsx } from './xlsx-reader.ts';

export type { TableHead, TableRow } from './reading.ts';
export { FileRefusedError, type Refusal } from './refusal.ts';

export type ReadOptions = {
  readonly mediaType: string;
  readonly fileName?: string;
  /** XLSX only: the sheet to read instead of the first visible one. */
  readonly sheet?: string;
  readonly budgets?: Partial<Budgets>;
  /** Tells whether a text is a known column name; finds the header row among the first rows. */
  readonly isHeader: (cell: string) => boolean;
};

/** Enough to see past comments and white space before a web page's first tag. */
const HEAD_BYTES = 4096;

const readers: Readonly<Record<Content, (reading: Reading) => Promise<{ rows: number }>>> = {
  csv: readCsv,
  xlsx: readXlsx,
  geojson: readGeoJson,
};

/**
 * Reads the table in a file: `onHead` once, then `onRows` with batches of up to 500 rows, each awaited
 * before more is read. Rows without any value are left out but counted, so that row numbers are those
 * that a spreadsheet shows. Throws `FileRefusedError` for what is broken, hostile, too large or of
 * another kind; what `onHead` and `onRows` throw goes through. A header alone gives 0 rows.
 */
export async function readTable(
  path: string,
  options: ReadOptions,
  onHead: (head: TableHead) => void | Promise<void>,
  onRows: (rows: TableRow[]) => void | Promise<void>,
): Promise<{ rows: number }> {
  const budgets = { ...BUDGETS, ...options.budgets };
  const { size, head } = await beginningOf(path);
  if (size > budgets.bytes) throw tooManyBytes(size, budgets.bytes);
  if (size === 0) throw broken('文件是空的，没有任何行。', 'The file is empty: it has no rows.');
  const { mediaType, fileName, sheet, isHeader } = options;
  const content = checkDeclared({ mediaType, fileName }, head);
  const watch = createWatch(budgets);
  return readers[content]({ path, size, sheet, isHeader, watch, onHead, onRows });
}

async function beginningOf(path: string): Promise<{ size: number; head: Buffer }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return { size, head: buffer.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
}

function tooManyBytes(size: number, limit: number): Error {
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1).replace('.0', '');
  return tooLarge(
    `文件有 ${megabytes(size)} MB，超过上限 ${megabytes(limit)} MB。请拆成几个文件再导入。`,
    `The file has ${megabytes(size)} MB, more than the limit of ${megabytes(limit)} MB. Split it into several files.`,
  );
}
