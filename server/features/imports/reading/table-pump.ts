import type { RawRow } from './header-rows.ts';
import { findHeader } from './header-rows.ts';
import type { Merge } from './merges.ts';
import { createFillDown } from './merges.ts';
import type { FileFormat, Reading, TableRow } from './reading.ts';
import { ROWS_AT_ONCE } from './reading.ts';
import { broken } from './refusal.ts';
import { tooManyRows } from './row-budget.ts';
import { checkColumnNames } from './unsafe-names.ts';

/** The header is looked for in this many rows that are not empty. */
const ROWS_TO_SEARCH = 20;

type Source = {
  readonly format: FileFormat;
  /** Cleaned rows in the file's order; empty ones may be among them. */
  readonly batches: AsyncIterable<RawRow[]>;
  readonly merges: readonly Merge[];
};

/** Finds the header of a spreadsheet's or CSV file's rows and hands the rest on in batches. */
export async function pumpTable(
  { format, batches, merges }: Source,
  reading: Reading,
): Promise<{ rows: number }> {
  const { watch } = reading;
  let first: RawRow[] = [];
  let sender: ReturnType<typeof createSender> | undefined;
  const begin = async (): Promise<void> => {
    if (first.length === 0) throw noRows();
    const { headerRows, ...head } = findHeader({
      rows: first.slice(0, ROWS_TO_SEARCH),
      merges,
      isHeader: reading.isHeader,
    });
    const lastHeader = headerRows.at(-1) ?? 0;
    checkColumnNames(head.headers, lastHeader);
    await watch.outside(() => reading.onHead({ format, ...head, headerRows }));
    sender = createSender(reading, head.headers.length, createFillDown(merges, lastHeader + 1));
    await sender.send(first.filter(({ row }) => row > lastHeader));
    first = [];
  };
  for await (const batch of batches) {
    watch.tick();
    const rows = batch.filter(hasValue);
    if (sender !== undefined) await sender.send(rows);
    else if (first.push(...rows) >= ROWS_TO_SEARCH) await begin();
  }
  if (sender === undefined) await begin();
  return { rows: (await sender?.end()) ?? 0 };
}

function hasValue({ cells }: RawRow): boolean {
  return cells.some((cell) => cell !== null && cell.trim() !== '');
}

function createSender(
  { watch, onRows }: Reading,
  width: number,
  fillDown: (row: number, cells: (string | null)[]) => void,
): { send: (rows: readonly RawRow[]) => Promise<void>; end: () => Promise<number> } {
  let pending: TableRow[] = [];
  let count = 0;
  const flush = async (): Promise<void> => {
    const rows = pending;
    pending = [];
    if (rows.length > 0) await watch.outside(() => onRows(rows));
  };
  return {
    send: async (rows) => {
      for (const { row, cells } of rows) {
        count += 1;
        if (count > watch.budgets.rows) throw tooManyRows(watch.budgets, row);
        fillDown(row, cells);
        while (cells.length < width) cells.push(null);
        if (pending.push({ row, cells }) >= ROWS_AT_ONCE) await flush();
      }
    },
    end: async () => {
      await flush();
      return count;
    },
  };
}

function noRows(): Error {
  return broken(
    '文件中没有任何有内容的行。请确认选择了正确的文件或工作表。',
    'The file has no rows with content. Check that it is the right file or sheet.',
  );
}
