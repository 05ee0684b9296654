import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import type { Position } from '#server/domain/geometry/bbox.ts';
import { writeCsv } from '#server/files/write-csv.ts';
import type { CsvOptions } from '#server/files/write-csv.ts';
import { writeXlsx } from '#server/files/write-xlsx.ts';
import type { XlsxTable } from '#server/files/write-xlsx.ts';

/** A table as text: the headers of its columns and its rows by header. */
export type TextTable = {
  readonly headers: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
};

export function readTextTable(csv: string): TextTable {
  const [headers = [], ...lines] = parse(csv, { bom: true });
  const rows = lines.map((cells) =>
    Object.fromEntries(headers.map((header, at) => [header, cells[at] ?? ''])),
  );
  return { headers, rows };
}

const cellsOf = ({ headers, rows }: TextTable): readonly (readonly string[])[] =>
  rows.map((row) => headers.map((header) => row[header] ?? ''));

/** The table as an office saves it as CSV. */
export function asCsv(
  table: TextTable,
  options: CsvOptions = { encoding: 'utf-8' },
): Promise<Buffer> {
  return buffer(writeCsv([table.headers, ...cellsOf(table)], options));
}

/** The table as an XLSX; numbers of the columns named in `numbers` are real numbers. */
export function asXlsx(
  table: TextTable,
  more: Partial<XlsxTable> = {},
  numbers: readonly string[] = ['lon', 'lat'],
): Promise<Buffer> {
  const rows = table.rows.map((row) =>
    table.headers.map((header) =>
      numbers.includes(header) ? Number(row[header]) : (row[header] ?? ''),
    ),
  );
  return buffer(writeXlsx({ name: '登记表', headers: table.headers, ...more, rows }));
}

/** The same table with every place moved, as a program that draws in another datum would have it; 7 decimals. */
export function moved(
  table: TextTable,
  forward: (place: Position) => readonly [number, number],
): TextTable {
  return {
    ...table,
    rows: table.rows.map((row) => {
      const [lon, lat] = forward([Number(row['lon']), Number(row['lat'])]);
      return { ...row, lon: lon.toFixed(7), lat: lat.toFixed(7) };
    }),
  };
}

/** Latitude and longitude stand in each other's column. */
export function swapped(table: TextTable): TextTable {
  return {
    ...table,
    rows: table.rows.map((row) => ({ ...row, lon: row['lat'] ?? '', lat: row['lon'] ?? '' })),
  };
}

export function without(table: TextTable, ...columns: readonly string[]): TextTable {
  return { ...table, headers: table.headers.filter((header) => !columns.includes(header)) };
}
