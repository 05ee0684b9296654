import type { Cell, Rows } from './cell.ts';
import { dateText, writableNumber, writableText } from './cell.ts';
import { columnName } from './column-name.ts';
import { escapeFormula } from './formula-text.ts';
import { STYLE, worksheetStart } from './xlsx-parts.ts';
import { cellXml, xmlText } from './xml-text.ts';

/**
 * One column's header: its text, or its name under a group 大类. With any group the header takes two
 * rows: equal neighbouring groups are merged across, other headers are merged over both rows.
 */
export type Header = string | { readonly group: string; readonly name: string };

/** What the sheet's XML is made of; `lists` are cell ranges of allowed values per column (0-based). */
export type SheetContent = {
  /** The sheet that is shown first. */
  readonly isFirst: boolean;
  readonly titles: readonly string[];
  readonly headers: readonly Header[];
  readonly widths: readonly number[];
  readonly rows: Rows;
  readonly lists: readonly { readonly column: number; readonly range: string }[];
};

/** The last row that spreadsheets have. */
export const LAST_ROW = 1_048_576;
const CHARS_AT_ONCE = 65_536;
/** Days from 1899-12-30, the zero of the 1900 date system, to 1970-01-01. */
const DAYS_TO_1970 = 25_569;
const MS_PER_DAY = 86_400_000;
/** 1900-03-01: before it Excel counts a leap day that never was. */
const FIRST_SAFE_SERIAL = 61;

/** First and last row of the header, 1-based: it follows the titles. Without headers, the row before the first. */
export function headerRows({
  titles,
  headers,
}: Pick<SheetContent, 'titles' | 'headers'>): readonly [number, number] {
  const first = titles.length + 1;
  if (headers.length === 0) return [first, titles.length];
  return [first, headers.some((header) => typeof header !== 'string') ? first + 1 : first];
}

/** The XML of one sheet in pieces. Throws a RangeError when the rows do not fit into a sheet. */
export async function* sheetXml(content: SheetContent): AsyncIterable<Buffer> {
  let xml = worksheetStart + sheetHead(content) + headXml(content);
  let row = headerRows(content)[1];
  for await (const cells of content.rows) {
    row += 1;
    if (row > LAST_ROW) throw new RangeError(`A sheet has ${LAST_ROW} rows and the list more`);
    xml += `<row r="${row}">${cells.map((cell, at) => cellOf(cell, `${columnName(at)}${row}`)).join('')}</row>`;
    if (xml.length < CHARS_AT_ONCE) continue;
    yield Buffer.from(xml);
    xml = '';
  }
  yield Buffer.from(xml + sheetTail(content, row));
}

function sheetHead({ isFirst, titles, headers, widths }: SheetContent): string {
  const [, last] = headerRows({ titles, headers });
  const columns = Array.from(
    { length: Math.max(headers.length, widths.length) },
    (_, at) =>
      `<col min="${at + 1}" max="${at + 1}" width="${widths[at] ?? defaultWidth(headers[at] ?? '')}" customWidth="1"/>`,
  );
  const cols = columns.length === 0 ? '' : `<cols>${columns.join('')}</cols>`;
  const frozen = `<pane ySplit="${last}" topLeftCell="A${last + 1}" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>`;
  return `<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView${isFirst ? ' tabSelected="1"' : ''} workbookViewId="0">${last > 0 ? frozen : ''}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>${cols}<sheetData>`;
}

/** Characters of the default font; a Chinese character is two wide. */
function defaultWidth(header: Header): number {
  const name = typeof header === 'string' ? header : header.name;
  return Math.min(40, Math.max(10, 2 * name.length + 4));
}

function headXml({ titles, headers }: SheetContent): string {
  const [first, last] = headerRows({ titles, headers });
  const titleRows = titles.map((title, at) =>
    rowXml(at + 1, [textCell(title, `A${at + 1}`, at === 0 ? STYLE.title : STYLE.subtitle)]),
  );
  const top = headers.map((header, at) => {
    if (typeof header === 'string') return header;
    return isContinued(headers, at) ? '' : header.group;
  });
  const bottom = headers.map((header) => (typeof header === 'string' ? '' : header.name));
  const line = (texts: readonly string[], row: number): string =>
    rowXml(
      row,
      texts.map((text, at) => textCell(text, `${columnName(at)}${row}`, STYLE.header)),
    );
  if (last < first) return titleRows.join('');
  return [...titleRows, line(top, first), last > first ? line(bottom, last) : ''].join('');
}

const rowXml = (row: number, cells: readonly string[]): string =>
  `<row r="${row}">${cells.join('')}</row>`;

function isContinued(headers: readonly Header[], at: number): boolean {
  const [before, header] = [headers[at - 1], headers[at]];
  if (typeof before !== 'object' || typeof header !== 'object') return false;
  return before.group === header.group;
}

function textCell(text: string, at: string, style: number): string {
  if (text === '') return `<c r="${at}" s="${style}"/>`;
  const xml = cellXml(writableText(text));
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xml}</t></is></c>`;
}

function cellOf(cell: Cell, at: string): string {
  if (cell === null || cell === '') return `<c r="${at}" s="${STYLE.text}"/>`;
  if (typeof cell === 'string') return stringCell(cell, at);
  if (typeof cell === 'boolean')
    return `<c r="${at}" s="${STYLE.number}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === 'object') return dateCell(cell, at);
  const number = writableNumber(cell);
  return number === null ? '' : `<c r="${at}" s="${STYLE.number}"><v>${number}</v></c>`;
}

/**
 * An inline string never runs as a formula, so the text stays as it is; the style says that it was
 * typed with an apostrophe. Only text that already begins with apostrophes before such a sign gets
 * one more, because readers take one away (a CSV file that went through a spreadsheet has it).
 */
function stringCell(text: string, at: string): string {
  const clean = writableText(text);
  const escaped = escapeFormula(clean);
  if (escaped === clean) return textCell(clean, at, STYLE.text);
  return textCell(clean.startsWith("'") ? escaped : clean, at, STYLE.quoted);
}

function dateCell(date: Date, at: string): string {
  const text = dateText(date);
  if (text === null) return '';
  const serial = DAYS_TO_1970 + date.getTime() / MS_PER_DAY;
  if (serial < FIRST_SAFE_SERIAL || !/^\d{4}-/.test(text)) return textCell(text, at, STYLE.text);
  const style = Number.isInteger(serial) ? STYLE.day : STYLE.instant;
  return `<c r="${at}" s="${style}"><v>${serial}</v></c>`;
}

function sheetTail(content: SheetContent, lastRow: number): string {
  const { headers } = content;
  const last = headerRows(content)[1];
  const lastColumn = columnName(Math.max(0, headers.length - 1));
  const merges = mergesOf(content);
  const filter = headers.length === 0 ? '' : `<autoFilter ref="A${last}:${lastColumn}${lastRow}"/>`;
  const merged = merges.map((range) => `<mergeCell ref="${range}"/>`).join('');
  const mergeCells =
    merges.length === 0 ? '' : `<mergeCells count="${merges.length}">${merged}</mergeCells>`;
  return `</sheetData>${filter}${mergeCells}${validationsXml(content.lists, last + 1)}<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>`;
}

function mergesOf({ titles, headers }: SheetContent): readonly string[] {
  const [first, last] = headerRows({ titles, headers });
  const end = columnName(headers.length - 1);
  const merges = headers.length < 2 ? [] : titles.map((_, at) => `A${at + 1}:${end}${at + 1}`);
  if (last === first) return merges;
  for (let at = 0; at < headers.length; at += 1) {
    if (typeof headers[at] === 'string')
      merges.push(`${columnName(at)}${first}:${columnName(at)}${last}`);
    if (typeof headers[at] === 'string' || isContinued(headers, at)) continue;
    let to = at;
    while (isContinued(headers, to + 1)) to += 1;
    if (to > at) merges.push(`${columnName(at)}${first}:${columnName(to)}${first}`);
  }
  return merges;
}

function validationsXml(lists: SheetContent['lists'], firstRow: number): string {
  if (lists.length === 0) return '';
  const validations = lists.map(({ column, range }) => {
    const letter = columnName(column);
    return `<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="${letter}${firstRow}:${letter}${LAST_ROW}"><formula1>${xmlText(range)}</formula1></dataValidation>`;
  });
  return `<dataValidations count="${lists.length}">${validations.join('')}</dataValidations>`;
}
