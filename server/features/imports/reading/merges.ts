import { tooLarge } from './refusal.ts';

/** Merged cells: rows count from 1, columns from 0, both ends included. */
export type Merge = {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
};

const MOST_MERGES = 500_000;

/** Throws once a sheet has more merged ranges than any list an office keeps. */
export function checkMergeCount(count: number): void {
  if (count <= MOST_MERGES) return;
  throw tooLarge(
    `工作表的合并单元格超过 ${MOST_MERGES} 处。请取消合并后再导入。`,
    `The sheet has more than ${MOST_MERGES} merged ranges. Unmerge the cells.`,
  );
}

/** The merged range that a cell belongs to, if any. */
export function mergeAt(merges: readonly Merge[], row: number, column: number): Merge | undefined {
  return merges.find(
    ({ top, bottom, left, right }) =>
      top <= row && row <= bottom && left <= column && column <= right,
  );
}

type Cells = (string | null)[];

/**
 * Gives every row of a vertical merge the value of its first row, in the merge's first column. To be
 * called for the data rows in order; merges that begin above `firstRow` belong to the header. One
 * merge a column is remembered, so ranges that overlap cost nothing.
 */
export function createFillDown(
  merges: readonly Merge[],
  firstRow: number,
): (row: number, cells: Cells) => void {
  const vertical = merges
    .filter(({ top, bottom }) => top >= firstRow && bottom > top)
    .toSorted((a, b) => a.top - b.top);
  const active = new Map<number, { readonly bottom: number; readonly value: string | null }>();
  let next = 0;
  return (row, cells) => {
    for (
      let merge = vertical[next];
      merge !== undefined && merge.top <= row;
      merge = vertical[next]
    ) {
      const value = merge.top === row ? (cells[merge.left] ?? null) : null;
      active.set(merge.left, { bottom: merge.bottom, value });
      next += 1;
    }
    for (const [column, { bottom, value }] of active) {
      if (bottom < row) active.delete(column);
      else if (value !== null) fill(cells, column, value);
    }
  };
}

function fill(cells: Cells, column: number, value: string): void {
  while (cells.length <= column) cells.push(null);
  cells[column] ??= value;
}
