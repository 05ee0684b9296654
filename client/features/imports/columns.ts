import type { ImportReport, ImportRow } from '#server/features/imports/import-report.contract.ts';

export type ImportColumn = ImportReport['columns'][number];

/** The record that the rows of a kind are about; its fields begin with this. */
const OWN: Readonly<Record<ImportReport['kind'], string>> = {
  'risk-points': 'riskPoint',
  enterprises: 'enterprise',
  'hazard-sources': 'hazardSource',
  assessments: 'riskPoint',
};

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

/** A column of the table of rows: where its cells stand in a row. */
export type TableColumn = ImportColumn & { readonly index: number };

/** Fields that together say where a row lies: one cannot be judged or corrected without the other. */
const PLACE_FIELDS: readonly string[] = ['lon', 'lat'];

/** Whether a column is one half of the coordinates. */
function isHalfOfPlace({ field }: Pick<ImportColumn, 'field'>): boolean {
  return field !== null && PLACE_FIELDS.includes(field);
}

/** So many columns are shown while the others are folded away. */
const FEW = 4;

/**
 * Columns of the table. Folded: those that say which row it is, and those that a fault, a warning
 * or a correction is about, both coordinates where it is about one of them; without either the
 * first columns with a field. Unfolded: all of them.
 */
export function tableColumns(
  { kind, columns }: Pick<ImportReport, 'kind' | 'columns'>,
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
  const isPlaceMarked = all.some((column) => isHalfOfPlace(column) && marked.has(column.header));
  const used = all.filter(({ use }) => use === 'field');
  const naming = ['Code', 'Name'].flatMap((part) => {
    const found = used.find(({ field }) => field === `${OWN[kind]}${part}`);
    return found === undefined ? [] : [found];
  });
  const plain = marked.size === 0 ? used.slice(0, FEW) : [];
  return all.filter(
    (column) =>
      marked.has(column.header) ||
      (isPlaceMarked && isHalfOfPlace(column)) ||
      naming.includes(column) ||
      plain.includes(column),
  );
}

/** What the row is called: its name, else its English name, code or identifier. */
export function rowName(
  { kind, columns }: Pick<ImportReport, 'kind' | 'columns'>,
  row: Pick<ImportRow, 'cells'>,
): string {
  const names = ['Name', 'NameEn', 'Code', 'Id'].map((part) => {
    const index = columns.findIndex(({ field }) => field === `${OWN[kind]}${part}`);
    return row.cells[index] ?? '';
  });
  return names.find((name) => name !== '') ?? '';
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

/**
 * Whether what was found in a cell no longer speaks of what stands there: the cell was changed, or
 * the row is being judged again with the other half of its coordinates changed.
 */
export function isOutdated(
  column: TableColumn,
  columns: readonly TableColumn[],
  {
    edits,
    isSaving,
  }: {
    readonly edits: Readonly<Record<string, string>> | undefined;
    readonly isSaving: boolean;
  },
): boolean {
  if (edits === undefined) return false;
  if (edits[column.header] !== undefined) return true;
  return (
    isSaving &&
    isHalfOfPlace(column) &&
    columns.some((each) => isHalfOfPlace(each) && edits[each.header] !== undefined)
  );
}
