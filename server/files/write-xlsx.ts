import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Rows } from './cell.ts';
import { columnName } from './column-name.ts';
import {
  contentTypesXml,
  packageRelationsXml,
  quotedSheet,
  stylesXml,
  workbookRelationsXml,
  workbookXml,
} from './xlsx-parts.ts';
import type { Header } from './xlsx-sheet.ts';
import { headerRows, sheetXml } from './xlsx-sheet.ts';

/** One table as a workbook: titles above the header, and sheets with notes and allowed values after it. */
export type XlsxTable = {
  readonly name: string;
  readonly titles?: readonly string[];
  readonly headers: readonly Header[];
  /** Per column, in characters of the default font. */
  readonly widths?: readonly number[];
  readonly rows: Rows;
  /** Plain text on a sheet of its own, one or more cells a row. */
  readonly notes?: { readonly name: string; readonly rows: readonly (readonly string[])[] };
  /** Values to choose from, offered in the cells of a column (0-based) and listed on a sheet of their own. */
  readonly lists?: {
    readonly name: string;
    readonly columns: readonly { readonly column: number; readonly values: readonly string[] }[];
  };
};

type Sheet = { readonly name: string; readonly xml: () => AsyncIterable<Buffer> };

/**
 * An XLSX workbook as a stream; rows are asked for as the reader takes the bytes. A failing row
 * source destroys the stream with its error. Text stays text, numbers and dates are real.
 */
export function writeXlsx(table: XlsxTable): Readable {
  const sheets = sheetsOf(table);
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const printRows = headerRows({ titles: table.titles ?? [], headers: table.headers });
  const fixed: readonly [string, string][] = [
    ['[Content_Types].xml', contentTypesXml(sheets.length)],
    ['_rels/.rels', packageRelationsXml],
    [
      'xl/workbook.xml',
      workbookXml(
        sheets.map(({ name }) => name),
        printRows,
      ),
    ],
    ['xl/_rels/workbook.xml.rels', workbookRelationsXml(sheets.length)],
    ['xl/styles.xml', stylesXml],
  ];
  for (const [name, xml] of fixed) zip.addBuffer(Buffer.from(xml), name);
  for (const [at, { xml }] of sheets.entries()) {
    const stream = Readable.from(xml(), { objectMode: false });
    stream.on('error', (error) => output.destroy(error));
    output.on('close', () => stream.destroy());
    zip.addReadStream(stream, `xl/worksheets/sheet${at + 1}.xml`);
  }
  zip.on('error', (error: Error) => output.destroy(error));
  zip.end();
  return output;
}

function sheetsOf(table: XlsxTable): readonly Sheet[] {
  const { notes, lists } = table;
  const [main = '', ...others] = sheetNames([
    table.name,
    ...(notes === undefined ? [] : [notes.name]),
    ...(lists === undefined ? [] : [lists.name]),
  ]);
  const listSheet = lists === undefined ? '' : (others.at(-1) ?? '');
  const content = {
    isFirst: true,
    titles: table.titles ?? [],
    headers: table.headers,
    widths: table.widths ?? [],
    rows: table.rows,
    lists: (lists?.columns ?? []).map(({ column, values }, at) => ({
      column,
      // An empty list still names one cell: a range that ends before it begins damages the file.
      range: `${quotedSheet(listSheet)}!$${columnName(at)}$2:$${columnName(at)}$${Math.max(1, values.length) + 1}`,
    })),
  };
  const sheets: Sheet[] = [{ name: main, xml: () => sheetXml(content) }];
  if (notes !== undefined) sheets.push(plainSheet(others[0] ?? '', [], notes.rows, [40, 80]));
  if (lists !== undefined)
    sheets.push(plainSheet(listSheet, listHeaders(table), listRows(lists), []));
  return sheets;
}

function plainSheet(
  name: string,
  headers: readonly string[],
  rows: Rows,
  widths: readonly number[],
): Sheet {
  return {
    name,
    xml: () => sheetXml({ isFirst: false, titles: [], headers, widths, rows, lists: [] }),
  };
}

function listHeaders({ headers, lists }: XlsxTable): readonly string[] {
  return (lists?.columns ?? []).map(({ column }) => {
    const header = headers[column] ?? '';
    return typeof header === 'string' ? header : `${header.group} ${header.name}`;
  });
}

function listRows({ columns }: NonNullable<XlsxTable['lists']>): readonly (string | null)[][] {
  const longest = Math.max(0, ...columns.map(({ values }) => values.length));
  return Array.from({ length: longest }, (_, row) =>
    columns.map(({ values }) => values[row] ?? null),
  );
}

/** Names that spreadsheets accept: 31 characters, none of `[]:*?/\`, no apostrophe at the ends, all different. */
function sheetNames(wanted: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return wanted.map((name) => {
    const clean = name
      .replaceAll(/[[\]:*?/\\\p{Cc}\p{Surrogate}]/gu, ' ')
      .replaceAll(/^[\s']+|[\s']+$/g, '');
    let free = cut(clean, 31) || 'Sheet1';
    for (let n = 2; taken.has(free.toLowerCase()); n += 1) free = `${cut(clean, 28)}-${n}`;
    taken.add(free.toLowerCase());
    return free;
  });
}

const cut = (text: string, length: number): string =>
  text.slice(0, length).replace(/[\uD800-\uDBFF]$|'$/, '');
