import type { Reading } from './reading.ts';
import { broken, unsupported } from './refusal.ts';
import { readSharedStrings } from './shared-strings.ts';
import { pumpTable } from './table-pump.ts';
import { findMerges } from './xlsx-merges.ts';
import { sheetRows } from './xlsx-sheet-rows.ts';
import type { SheetPart } from './xlsx-workbook.ts';
import { readWorkbook } from './xlsx-workbook.ts';
import { withArchive } from './zip-archive.ts';

/** Reads one sheet of an XLSX workbook: the one asked for, else the first visible one. */
export async function readXlsx(reading: Reading): Promise<{ rows: number }> {
  const { path, size, watch, sheet } = reading;
  return withArchive(path, size, watch, async (archive) => {
    const { sheets, sharedStrings, dateKinds, is1904 } = await readWorkbook(archive);
    const { name, part } = chosenSheet(sheets, sheet);
    const strings = await readSharedStrings(archive, sharedStrings, watch);
    const merges = await findMerges(archive.read(part));
    const batches = sheetRows(part, archive.read(part), { strings, dateKinds, is1904 }, watch);
    const format = { kind: 'xlsx', sheet: name, sheets: listed(sheets) } as const;
    return pumpTable({ format, batches, merges }, reading);
  });
}

function chosenSheet(sheets: readonly SheetPart[], wanted: string | undefined): SheetPart {
  const shown = sheets.filter(({ state }) => state !== 'veryHidden');
  const chosen =
    wanted === undefined
      ? (shown.find(({ state }) => state === 'visible') ?? shown[0])
      : sheets.find(({ name }) => name === wanted);
  if (chosen !== undefined) return chosen;
  if (wanted === undefined) {
    throw unsupported('工作簿中没有工作表。', 'The workbook has no worksheet.');
  }
  const names = listed(sheets);
  throw broken(
    `工作簿中没有名为“${wanted}”的工作表；现有：${names.join('、')}。`,
    `The workbook has no sheet named "${wanted}"; it has: ${names.join(', ')}.`,
  );
}

/** Names of the sheets that users can see or show. */
function listed(sheets: readonly SheetPart[]): string[] {
  return sheets.filter(({ state }) => state !== 'veryHidden').map(({ name }) => name);
}
