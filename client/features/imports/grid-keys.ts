import type { KeyboardEvent } from 'react';

type Step = { readonly rows: number; readonly columns: number };

type Caret = {
  readonly start: number | null;
  readonly end: number | null;
  readonly length: number;
};

/**
 * Where an arrow key leads from a cell; null: nowhere, the key is the text's. Sideways only from
 * the edge of the text, so that the caret can still be moved in it.
 */
export function stepByKey(key: string, { start, end, length }: Caret): Step | null {
  if (key === 'ArrowDown') return { rows: 1, columns: 0 };
  if (key === 'ArrowUp') return { rows: -1, columns: 0 };
  const isAll = start === 0 && end === length;
  if (key === 'ArrowLeft' && start === 0 && (end === 0 || isAll)) return { rows: 0, columns: -1 };
  if (key === 'ArrowRight' && end === length && (start === length || isAll)) {
    return { rows: 0, columns: 1 };
  }
  return null;
}

/** Moves the focus between the editable cells of a table. */
export function moveByKey(event: KeyboardEvent<HTMLInputElement>): void {
  const cell = event.currentTarget;
  const { selectionStart: start, selectionEnd: end, value } = cell;
  const step = stepByKey(event.key, { start, end, length: value.length });
  if (step === null || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
  const rows = [...(cell.closest('table')?.querySelectorAll('tr') ?? [])]
    .map((row) => [...row.querySelectorAll('input')])
    .filter((cells) => cells.length > 0);
  const y = rows.findIndex((cells) => cells.includes(cell));
  const x = rows[y]?.indexOf(cell) ?? 0;
  const next = rows[y + step.rows]?.[x + step.columns];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
  next.select();
}
