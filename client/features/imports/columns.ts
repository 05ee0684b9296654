import type { ImportReport, ImportRow } from '#server/features/imports/import-report.contract.ts';

export type ImportColumn = ImportReport['columns'][number];
type Field = { readonly field: string; readonly required: boolean };

/**
 * The whole mapping with one column given to another field (null: kept as an attribute). A field
 * is filled by one column only: the column that had it becomes an attribute.
 */
export function remapped(
  columns: readonly ImportColumn[],
  header: string,
  field: string | null,
): Record<string, string | null> {
  const mapping = columns
    .filter((column) => column.use !== 'ignored' || column.header === header)
    .map((column): [string, string | null] => {
      if (column.header === header) return [header, field];
      return [column.header, column.field === field ? null : column.field];
    });
  return Object.fromEntries(mapping);
}

/** Fields that every row needs and no column fills. */
export function unfilled<T extends Field>(
  columns: readonly ImportColumn[],
  fields: readonly T[],
): readonly T[] {
  const filled = new Set(columns.map(({ field }) => field));
  return fields.filter(({ field, required }) => required && !filled.has(field));
}

/** A column of the table of rows: where its cells stand in a row. */
export type TableColumn = ImportColumn & { readonly index: number };

const NAMING = /(?:name|source_id|(?:^|_)code$|名称|编号)/i;
/** So many columns are shown while the others are folded away. */
const FEW = 4;

/**
 * Columns of the table. Folded: those that say which row it is, and those that a fault, a warning
 * or a correction is about; without either the first columns with a field. Unfolded: all of them.
 */
export function tableColumns(
  columns: readonly ImportColumn[],
  rows: readonly ImportRow[],
  isUnfolded: boolean,
): readonly TableColumn[] {
  const all = columns.map((column, index) => ({ ...column, index }));
  if (isUnfolded) return all;
  const marked = new Set(
    rows.flatMap((row) => [
      ...[...row.faults, ...row.warnings].map(({ column }) => column),
      ...row.fixed,
    ]),
  );
  const used = all.filter(({ use }) => use === 'field');
  const naming = used.filter(({ field, header }) => NAMING.test(`${field} ${header}`)).slice(0, 2);
  const plain = marked.size === 0 ? used.slice(0, FEW) : [];
  return all.filter(
    (column) => marked.has(column.header) || naming.includes(column) || plain.includes(column),
  );
}

/** What the row is called: the first cell that holds a name, else a code. */
export function rowName(columns: readonly ImportColumn[], row: ImportRow): string {
  const cellOf = (test: RegExp) => {
    const index = columns.findIndex(({ field }) => field !== null && test.test(field));
    return index === -1 ? '' : (row.cells[index] ?? '');
  };
  const tests = [/^(?:risk_?point_?)?name(?:_?zh)?$/i, /name/i, /code|source_id/i];
  return tests.map(cellOf).find((text) => text !== '') ?? '';
}

/** Faults or warnings of one cell, and those of the row as a whole or of a column not on screen. */
export function notesByColumn<T extends { readonly column: string | null }>(
  notes: readonly T[],
  columns: readonly TableColumn[],
): { readonly cells: ReadonlyMap<string, readonly T[]>; readonly row: readonly T[] } {
  const shown = new Set(columns.map(({ header }) => header));
  const cells = new Map<string, readonly T[]>();
  const row: T[] = [];
  for (const note of notes) {
    if (note.column === null || !shown.has(note.column)) row.push(note);
    else cells.set(note.column, [...(cells.get(note.column) ?? []), note]);
  }
  return { cells, row };
}
