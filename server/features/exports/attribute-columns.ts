import type { ColumnTable } from '#server/domain/import/column-table.ts';
import type { ImportKind } from '#server/domain/import/import-kind.ts';
import { mapColumns, MOST_ATTRIBUTES } from '#server/domain/import/map-columns.ts';
import { isUnsafeName } from '#server/domain/unsafe-name.ts';
import type { Column } from './column.ts';

export type AttributeKeys = {
  /** Those that an import of the file takes for the same attributes again. */
  readonly kept: readonly string[];
  readonly leftOut: readonly string[];
};

/**
 * Which attributes of the rows become columns beside the others: one whose name an import would take for a field, a
 * level or a number cannot, nor can more than an import keeps.
 */
export function attributeKeys(
  table: ColumnTable,
  kind: ImportKind,
  headers: readonly string[],
  keys: readonly string[],
): AttributeKeys {
  const { columns } = mapColumns(table, kind, [...headers, ...keys]);
  const isKept = (key: string, index: number): boolean =>
    columns[headers.length + index]?.use === 'attribute' &&
    !isUnsafeName(key) &&
    key === key.replaceAll(/\s+/g, ' ').trim() &&
    !headers.includes(key);
  const kept = keys.filter(isKept).slice(0, MOST_ATTRIBUTES);
  return { kept, leftOut: keys.filter((key) => !kept.includes(key)) };
}

export function attributeColumns<R>(
  keys: readonly string[],
  attributesOf: (row: R) => Readonly<Record<string, string>>,
): readonly Column<R>[] {
  return keys.map((key) => ({
    header: key,
    width: 16,
    isProperty: true,
    cell: (row) => {
      const attributes = attributesOf(row);
      return Object.hasOwn(attributes, key) ? (attributes[key] ?? null) : null;
    },
  }));
}
