import type { Watch } from './budgets.ts';
import { detectDelimiter } from './csv-delimiter.ts';
import { createCsvParser } from './csv-records.ts';
import type { RawRow } from './header-rows.ts';
import type { Reading } from './reading.ts';
import { createRowCleaner } from './row-budget.ts';
import { pumpTable } from './table-pump.ts';
import type { TextEncoding } from './text-encoding.ts';
import { decodedText, detectEncoding } from './text-encoding.ts';

/** Enough for the first records of any list, and for a wide one. */
const BEGINNING_CHARS = 65_536;

/** Reads a CSV file: RFC 4180 with any line end, comma, semicolon or tab, see `detectEncoding`. */
export async function readCsv(reading: Reading): Promise<{ rows: number }> {
  const { path, watch, isHeader } = reading;
  const encoding = await detectEncoding(path, watch);
  const beginning = await beginningOf(path, encoding);
  const { delimiter, skip } = detectDelimiter(beginning, isHeader);
  const texts = skipped(decodedText(path, encoding), skip);
  const format = { kind: 'csv', encoding: encoding.encoding, delimiter } as const;
  return pumpTable({ format, batches: csvRows(texts, delimiter, watch), merges: [] }, reading);
}

async function beginningOf(path: string, encoding: TextEncoding): Promise<string> {
  let beginning = '';
  for await (const text of decodedText(path, encoding)) {
    beginning += text;
    if (beginning.length >= BEGINNING_CHARS) break;
  }
  return beginning.slice(0, BEGINNING_CHARS);
}

async function* skipped(texts: AsyncIterable<string>, count: number): AsyncGenerator<string> {
  let left = count;
  for await (const text of texts) {
    yield text.slice(left);
    left = Math.max(0, left - text.length);
  }
}

/** One batch for every piece of text. */
async function* csvRows(
  texts: AsyncIterable<string>,
  delimiter: string,
  watch: Watch,
): AsyncGenerator<RawRow[]> {
  const parser = createCsvParser(delimiter, watch.budgets);
  const clean = createRowCleaner(watch);
  for await (const text of texts) {
    yield parser.write(text).map(({ row, cells }) => clean(row, cells));
  }
  yield parser.end().map(({ row, cells }) => clean(row, cells));
}
