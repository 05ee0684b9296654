import type { Watch } from './budgets.ts';
import type { RawRow } from './header-rows.ts';
import { broken } from './refusal.ts';
import { createRowCleaner, tooManyCells, tooManyColumns } from './row-budget.ts';
import { createTextCollector, textTooLong } from './shared-strings.ts';
import type { StringTable } from './string-table.ts';
import type { DateKind } from './xlsx-dates.ts';
import { isoText, serialText } from './xlsx-dates.ts';
import { columnIndex } from './xlsx-merges.ts';
import { numberText, unspelled } from './xlsx-text.ts';
import type { XmlHandlers } from './xml-part.ts';
import { createXmlParser } from './xml-part.ts';

/** What the cells of a sheet refer to. */
export type CellContext = {
  readonly strings: StringTable;
  readonly dateKinds: readonly (DateKind | null)[];
  readonly is1904: boolean;
};

/** Rows of a sheet as its XML is parsed, one batch for every piece of XML. */
export async function* sheetRows(
  part: string,
  pieces: AsyncIterable<Buffer>,
  context: CellContext,
  watch: Watch,
): AsyncGenerator<RawRow[]> {
  let rows: RawRow[] = [];
  const handlers = sheetHandlers(context, watch, (row) => rows.push(row));
  const parser = createXmlParser(part, handlers);
  for await (const piece of pieces) {
    parser.write(piece);
    if (rows.length === 0) continue;
    yield rows;
    rows = [];
  }
  parser.end();
  yield rows;
}

type Cell = { column: number; type: string; style: number; value: string | null };

/** State of the sheet's XML: which row and cell are open. */
function sheetHandlers(
  context: CellContext,
  watch: Watch,
  emit: (row: RawRow) => void,
): XmlHandlers {
  const inline = createTextCollector();
  const row = createRowBuilder(watch);
  let cell = openCell({}, NO_COLUMN);
  let isValue = false;
  return {
    open: (name, attributes) => {
      if (name === 'row') {
        row.begin(attributes['r']);
        cell = openCell({}, NO_COLUMN);
      } else if (name === 'c') cell = openCell(attributes, cell.column);
      else if (name === 'v') isValue = true;
      else inline.open(name, attributes);
    },
    text: (text) => {
      if (isValue) cell.value = row.limited((cell.value ?? '') + text);
      else inline.text?.(text);
    },
    close: (name) => {
      if (name === 'v') isValue = false;
      else if (name === 'c') row.put(cell.column, cellValue(cell, context, inline.take()));
      else if (name === 'row') emit(row.end());
      else inline.close?.(name);
    },
  };
}

/** Characters of XML that one character of a cell may take when it is spelled out. */
const SPELLED_CHARS = 8;

type RowBuilder = {
  readonly begin: (written: string | undefined) => void;
  readonly put: (column: number, text: string | null) => void;
  /** The text itself, unless no cell can be that long. */
  readonly limited: (text: string) => string;
  readonly end: () => RawRow;
};

/** Collects the cells of one row after the other, within the budgets. */
function createRowBuilder(watch: Watch): RowBuilder {
  const { budgets } = watch;
  const clean = createRowCleaner(watch);
  let row = 0;
  let raw: (string | null)[] = [];
  let blanks = 0;
  return {
    begin: (written) => {
      row = nextRow(written, row);
      raw = [];
    },
    put: (column, text) => {
      if (text === null || text === '') {
        blanks += 1;
        if (blanks > budgets.cells) throw tooManyCells(budgets.cells, row);
        return;
      }
      if (column >= budgets.columns) throw tooManyColumns(budgets.columns, row);
      while (raw.length < column) raw.push(null);
      raw[column] = text;
    },
    limited: (text) => {
      if (text.length <= SPELLED_CHARS * budgets.cellChars) return text;
      throw textTooLong(budgets.cellChars, row);
    },
    end: () => clean(row, raw),
  };
}

const LAST_ROW = 1_048_576;

/** Rows come in order; one without a number follows the one before. */
function nextRow(written: string | undefined, before: number): number {
  const row = written === undefined ? before + 1 : Number(written);
  if (Number.isInteger(row) && row > before && row <= LAST_ROW) return row;
  throw broken(
    `文件已损坏：第 ${before} 行之后的行号不正确。请用 Excel 或 WPS 打开并重新保存。`,
    `The file is damaged: the row number after row ${before} is wrong. Open it in Excel or WPS and save it again.`,
    before === 0 ? {} : { row: before },
  );
}

/** What comes before the first column once one is added to it. */
const NO_COLUMN = -2;

function openCell(attributes: Readonly<Record<string, string>>, before: number): Cell {
  const { r, t, s } = attributes;
  const letters = /^[A-Z]{1,3}/.exec(r ?? '')?.[0];
  return {
    column: letters === undefined ? before + 1 : columnIndex(letters),
    type: t ?? 'n',
    style: Number(s ?? 0),
    value: null,
  };
}

/** The text that a cell shows; formulas count with the value they had when the file was saved. */
function cellValue(
  { type, style, value }: Cell,
  { strings, dateKinds, is1904 }: CellContext,
  inlineText: string,
): string | null {
  if (type === 'inlineStr') return inlineText;
  if (value === null) return null;
  if (type === 's') return sharedText(strings, value);
  if (type === 'str') return unspelled(value);
  if (type === 'b') return value.trim() === '1' || value === 'true' ? 'TRUE' : 'FALSE';
  if (type === 'd') return isoText(value);
  if (type === 'e') return value;
  const kind = dateKinds[style];
  if (kind != null && value.trim() !== '')
    return serialText(Number(value), kind, is1904) ?? numberText(value);
  return numberText(value);
}

function sharedText(strings: StringTable, value: string): string {
  const text = strings.get(Number(value.trim() || Number.NaN));
  if (text !== undefined) return text;
  throw broken(
    '文件已损坏：单元格指向不存在的共享文本。请用 Excel 或 WPS 打开并重新保存。',
    'The file is damaged: a cell refers to a shared text that is not there. Open it in Excel or WPS and save it again.',
  );
}
