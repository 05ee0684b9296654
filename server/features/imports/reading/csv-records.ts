import { columnName } from '#server/files/column-name.ts';
import type { Budgets } from './budgets.ts';
import { broken, tooLarge } from './refusal.ts';
import { tooManyColumns, tooManyRows } from './row-budget.ts';

export type CsvRecord = { readonly row: number; readonly cells: string[] };

export type CsvParser = {
  /** The records that end in this piece of text; lines without anything are left out, but counted. */
  readonly write: (text: string) => CsvRecord[];
  readonly end: () => CsvRecord[];
};

/** Lines without content, beside the rows: they cost as much time as others. */
const MOST_BLANK_LINES = 100_000;
/** A cell may be one longer in the file: the apostrophe of an escaped formula. */
const APOSTROPHE = 1;

/** The columns that spreadsheets have: no program writes more, not even empty ones. */
const MOST_COLUMNS = 16_384;

const [QUOTE, CR, LF] = [0x22, 0x0d, 0x0a];

type State = {
  readonly budgets: Budgets;
  readonly delimiter: number;
  row: number;
  /** Where the parser is in the current cell: inside quotes, or just behind a quote that may end them. */
  place: 'start' | 'plain' | 'quoted' | 'behind';
  /** The current cell so far, without what lies in the current piece of text. */
  cell: string;
  cells: string[];
  /** Cells of the current record, with the empty ones that are dropped. */
  column: number;
  isAfterCr: boolean;
  done: CsvRecord[];
};

/**
 * Parses RFC 4180 with any line end. Quotes inside a cell that does not begin with one are text, as
 * in spreadsheets; text behind a closing quote is a fault. Limits hold while a record grows, so that
 * a line of nothing but delimiters or a quote that never ends is refused at once. (csv-parse builds an
 * error object for every row whose length differs from the first, as all rows below a title do.)
 */
export function createCsvParser(delimiter: string, budgets: Budgets): CsvParser {
  const state: State = {
    budgets,
    delimiter: delimiter.charCodeAt(0),
    row: 1,
    place: 'start',
    cell: '',
    cells: [],
    column: 0,
    isAfterCr: false,
    done: [],
  };
  return {
    write: (text) => {
      scan(state, text);
      return taken(state);
    },
    end: () => {
      if (state.place === 'quoted') throw neverClosed(state.row);
      if (state.place !== 'start' || state.cells.length > 0) endRecord(state);
      return taken(state);
    },
  };
}

function taken(state: State): CsvRecord[] {
  const { done } = state;
  state.done = [];
  return done;
}

function scan(state: State, text: string): void {
  // Where the part of the current cell begins that is not in `state.cell` yet.
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (state.place === 'quoted') {
      const end = text.indexOf('"', at);
      if (end < 0) break;
      extend(state, text.slice(from, end));
      state.place = 'behind';
      from = end + 1;
      at = end;
      continue;
    }
    const code = text.charCodeAt(at);
    const isLineFeedOfCr = state.isAfterCr && code === LF;
    state.isAfterCr = false;
    if (isLineFeedOfCr) from = at + 1;
    else if (code === state.delimiter || code === CR || code === LF) {
      extend(state, text.slice(from, at));
      if (code === state.delimiter) endCell(state);
      else endRecord(state);
      state.isAfterCr = code === CR;
      from = at + 1;
    } else from = inCell(state, code, at, from);
  }
  extend(state, text.slice(from));
}

/** A character that ends nothing; returns where the rest of the cell begins. */
function inCell(state: State, code: number, at: number, from: number): number {
  if (state.place === 'behind') {
    if (code !== QUOTE) throw misplacedQuote(state.row);
    state.place = 'quoted';
    return at;
  }
  const opens = state.place === 'start' && code === QUOTE;
  if (state.place === 'start') state.place = opens ? 'quoted' : 'plain';
  return opens ? at + 1 : from;
}

function extend(state: State, more: string): void {
  state.cell = state.cell === '' ? more : state.cell + more;
  if (state.cell.length > state.budgets.cellChars + APOSTROPHE) throw cellTooLong(state);
}

/** Empty cells beyond the last column are dropped; spreadsheets write rows of them. */
function endCell(state: State): void {
  const { cell, cells, budgets, row } = state;
  state.column += 1;
  if (cells.length < budgets.columns) cells.push(cell);
  else if (cell !== '' || state.column > MOST_COLUMNS) throw tooManyColumns(budgets.columns, row);
  state.cell = '';
  state.place = 'start';
}

function endRecord(state: State): void {
  endCell(state);
  const { cells, row, budgets } = state;
  if (cells.length > 1 || cells[0] !== '') state.done.push({ row, cells });
  state.cells = [];
  state.column = 0;
  state.row += 1;
  if (row > budgets.rows + MOST_BLANK_LINES) throw tooManyRows(budgets, row);
}

function cellTooLong({ place, row, cells, budgets: { cellChars } }: State): Error {
  const column = columnName(cells.length);
  const [zh, en] =
    place === 'quoted' || place === 'behind'
      ? ['可能有引号没有闭合。', 'a quote may not be closed.']
      : ['请缩短后再导入。', 'shorten it.'];
  return tooLarge(
    `第 ${row} 行 ${column} 列的内容超过 ${cellChars} 个字符：${zh}`,
    `Row ${row}, column ${column} holds more than ${cellChars} characters: ${en}`,
    { row, column },
  );
}

function neverClosed(row: number): Error {
  return broken(
    `第 ${row} 行有一个引号没有闭合。请在该单元格末尾补上引号。`,
    `A quote that opens in row ${row} is never closed. Add the quote at the end of that cell.`,
    { row },
  );
}

function misplacedQuote(row: number): Error {
  return broken(
    `第 ${row} 行的引号位置不对：可能有引号没有闭合，或单元格中的引号没有写两遍。`,
    `Row ${row} has a quote in a wrong place: one may not be closed, or a quote inside a cell is not doubled.`,
    { row },
  );
}
