import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import type { Cell, Rows } from './cell.ts';
import { dateText, writableNumber, writableText } from './cell.ts';
import { escapeFormula } from './formula-text.ts';

/** Encodings of CSV files that are written and read. */
export type CsvEncoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'gb18030';
export type CsvDelimiter = ',' | ';' | '\t';

export type CsvOptions = {
  readonly encoding?: CsvEncoding;
  readonly delimiter?: CsvDelimiter;
  /** For UTF-16; by default it is written. `utf-8-bom` always has one, the others never. */
  readonly bom?: boolean;
};

const ROWS_AT_ONCE = 500;

/**
 * Besides what breaks a record, every cell with any delimiter is quoted (so that the file reads the
 * same whatever is detected first), and what would be taken for a directive or a byte order mark.
 */
const QUOTED = /[,;\t\r\n]|^sep=|^\uFEFF/i;

/** A CSV file (RFC 4180, CRLF) in pieces; text that looks like a formula is escaped, numbers stay numbers. */
export async function* writeCsv(rows: Rows, options: CsvOptions = {}): AsyncIterable<Buffer> {
  const { encoding = 'utf-8-bom', delimiter = ',', bom = true } = options;
  const encode = encoders[encoding];
  if (encoding === 'utf-8-bom' || (bom && encoding.startsWith('utf-16'))) yield encode('\uFEFF');
  let batch: string[][] = [];
  for await (const row of rows) {
    if (batch.push(row.map(csvText)) < ROWS_AT_ONCE) continue;
    yield encode(csvLines(batch, delimiter));
    batch = [];
  }
  if (batch.length > 0) yield encode(csvLines(batch, delimiter));
}

function csvLines(rows: string[][], delimiter: CsvDelimiter): string {
  return stringify(rows, { delimiter, record_delimiter: '\r\n', quoted_match: QUOTED });
}

function csvText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return escapeFormula(writableText(cell));
  if (typeof cell === 'number') return writableNumber(cell) ?? '';
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  return dateText(cell) ?? '';
}

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');

const encoders: Readonly<Record<CsvEncoding, (text: string) => Buffer>> = {
  'utf-8': utf8,
  'utf-8-bom': utf8,
  'utf-16le': (text) => Buffer.from(text, 'utf16le'),
  'utf-16be': (text) => Buffer.from(text, 'utf16le').swap16(),
  gb18030: (text) => iconv.encode(standardCharacters(text), 'gb18030'),
};

/**
 * Characters that GB 18030-2000 kept in the private use area and GB 18030-2022 has in their place
 * in Unicode. Decoders disagree about the two-byte codes, so the standard characters are written.
 */
const PRIVATE_USE =
  '\uE78D\uE78E\uE78F\uE790\uE791\uE792\uE793\uE794\uE795\uE796\uE81E\uE826\uE82B\uE82C\uE832\uE843\uE854\uE864';
const STANDARD = '︐︒︑︓︔︕︖︗︘︙龴龵龶龷龸龹龺龻';

function standardCharacters(text: string): string {
  return text.replaceAll(/[\uE5E5\uE78D-\uE796\uE81E-\uE864]/g, (character) => {
    if (character === '\uE5E5') return '\uFFFD';
    const at = PRIVATE_USE.indexOf(character);
    return at < 0 ? character : (STANDARD[at] ?? character);
  });
}
