import type { FileFormat } from './reading.ts';
import { broken } from './refusal.ts';

type Delimiter = Extract<FileFormat, { kind: 'csv' }>['delimiter'];

const DELIMITERS: readonly Delimiter[] = [',', '\t', ';'];
const RECORDS = 20;

/** Excel's own first line that names the delimiter; spreadsheets do not show it as a row. */
const DIRECTIVE = /^sep=(.)(?:\r\n|\r|\n|$)/i;

/**
 * Delimiter of a CSV file from its beginning, and the characters to skip before the first record.
 * The one that splits the first records into most known column names wins; else the one that splits
 * most records into the same number of cells. Delimiters in quotes do not count.
 */
export function detectDelimiter(
  beginning: string,
  isHeader: (cell: string) => boolean,
): { delimiter: Delimiter; skip: number } {
  const directive = DIRECTIVE.exec(beginning);
  if (directive !== null) return { delimiter: named(directive[1]), skip: directive[0].length };
  const records = firstRecords(beginning);
  const scores = DELIMITERS.map((delimiter) => ({
    delimiter,
    known: knownNames(records, delimiter, isHeader),
    ...evenness(records, delimiter),
  }));
  const [best] = scores.toSorted(
    (a, b) => b.known - a.known || b.records - a.records || b.cells - a.cells,
  );
  return { delimiter: best?.delimiter ?? ',', skip: 0 };
}

function named(character: string | undefined): Delimiter {
  const delimiter = DELIMITERS.find((known) => known === character);
  if (delimiter !== undefined) return delimiter;
  throw broken(
    `第一行指定的分隔符“${character}”不受支持。请使用逗号、分号或制表符。`,
    `The delimiter "${character}" that the first line names is not supported. Use comma, semicolon or tab.`,
  );
}

/** The first records with their quoted parts blanked out, so that only real delimiters are left. */
function firstRecords(beginning: string): readonly string[] {
  const open = beginning.replaceAll(/"[^"]*(?:""[^"]*)*"?/g, (quoted) =>
    quoted.replaceAll(/[\r\n,;\t]/g, ' '),
  );
  const lines = open.split(/\r\n|\r|\n/);
  // The last line may be cut off.
  const whole = lines.length > 1 ? lines.slice(0, -1) : lines;
  return whole.filter((line) => line.trim() !== '').slice(0, RECORDS);
}

function knownNames(
  records: readonly string[],
  delimiter: Delimiter,
  isHeader: (cell: string) => boolean,
): number {
  const counts = records.map((record) => {
    const names = record.split(delimiter).map((cell) => cell.replaceAll('"', '').trim());
    return new Set(names.filter((name) => name !== '' && isHeader(name))).size;
  });
  return Math.max(0, ...counts);
}

/** How many records agree on the commonest number of delimiters, and that number. */
function evenness(
  records: readonly string[],
  delimiter: Delimiter,
): { records: number; cells: number } {
  const counts = new Map<number, number>();
  for (const record of records) {
    const cells = record.split(delimiter).length;
    if (cells > 1) counts.set(cells, (counts.get(cells) ?? 0) + 1);
  }
  const [best] = [...counts].toSorted((a, b) => b[1] - a[1] || b[0] - a[0]);
  return { records: best?.[1] ?? 0, cells: best?.[0] ?? 0 };
}
