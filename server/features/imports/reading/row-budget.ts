import type { Budgets, Watch } from './budgets.ts';
import { cellPlace, cellText } from './cell-text.ts';
import type { RawRow } from './header-rows.ts';
import { tooLarge } from './refusal.ts';

/** Turns raw texts of one row into a cleaned row; counts the cells of the file and the columns of the row. */
export function createRowCleaner({
  budgets,
}: Watch): (row: number, raw: readonly (string | null)[]) => RawRow {
  let total = 0;
  return (row, raw) => {
    total += raw.length;
    if (total > budgets.cells) throw tooManyCells(budgets.cells, row);
    const cells: (string | null)[] = [];
    for (const [at, text] of raw.entries()) {
      const cell = text === null ? null : cellText(text, budgets.cellChars, cellPlace(row, at));
      if (cell === null) continue;
      if (at >= budgets.columns) throw tooManyColumns(budgets.columns, row);
      while (cells.length < at) cells.push(null);
      cells.push(cell);
    }
    return { row, cells };
  };
}

export function tooManyColumns(limit: number, row: number): Error {
  return tooLarge(
    `第 ${row} 行超过 ${limit} 列。请删去不需要的列。`,
    `Row ${row} has more than ${limit} columns. Delete the columns that are not needed.`,
    { row },
  );
}

export function tooManyCells(limit: number, row: number): Error {
  return tooLarge(
    `文件超过 ${limit} 个单元格。请拆成几个文件再导入。`,
    `The file has more than ${limit} cells. Split it into several files.`,
    { row },
  );
}

export function tooManyRows({ rows }: Budgets, row: number): Error {
  return tooLarge(
    `文件超过 ${rows} 行数据。请拆成几个文件再导入。`,
    `The file has more than ${rows} rows of data. Split it into several files.`,
    { row },
  );
}
