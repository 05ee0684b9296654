import fc from 'fast-check';
import type { Cell } from '#server/files/cell.ts';
import { writableText } from '#server/files/cell.ts';
import { writeCsv } from '#server/files/write-csv.ts';
import { writeXlsx } from '#server/files/write-xlsx.ts';
import { collected, readBytes, TYPES } from '#tests/unit/imports-reading/read-bytes.ts';

const HEADERS = ['code', 'name_zh', 'lon'];

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc
    .array(
      fc.constantFrom(
        "'",
        '=',
        '+',
        '-',
        '@',
        '\t',
        '\r',
        '\n',
        '"',
        ',',
        ';',
        '_x000D_',
        '_x',
        '&',
        '<',
        ']]>',
        ' ',
        '\u3000',
        '氨',
        '\uFEFF',
        'sep=',
        '\uE78D',
        '😀',
        '€',
        '\u0080',
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
);
const table = fc.array(fc.array(text, { minLength: 3, maxLength: 3 }), { maxLength: 6 });

/** What must come back: controls dropped, halves replaced, empty cells null, rows of white space left out. */
function expected(rows: readonly string[][]): (string | null)[][] {
  return rows
    .map((cells) => cells.map((cell) => writableText(cell) || null))
    .filter((cells) => cells.some((cell) => cell !== null && cell.trim() !== ''));
}

describe('whatever is written reads back as the same cells', () => {
  const cases = (['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'gb18030'] as const).flatMap(
    (encoding) => ([',', ';', '\t'] as const).map((delimiter) => ({ encoding, delimiter })),
  );

  it.each(cases)('as CSV in $encoding with "$delimiter"', async ({ encoding, delimiter }) => {
    // The private characters that GB18030 has elsewhere today are written as those.
    const standard = (cell: string | null): string | null =>
      encoding === 'gb18030'
        ? (cell?.replaceAll('\uE78D', '︐').replaceAll('\uE5E5', '\uFFFD') ?? null)
        : cell;

    await fc.assert(
      fc.asyncProperty(table, fc.boolean(), async (rows, bom) => {
        const bytes = await collected(writeCsv([HEADERS, ...rows], { encoding, delimiter, bom }));
        const { head, rows: read } = await readBytes(bytes, TYPES.csv);

        expect(head.headers).toEqual(HEADERS);
        expect(read.map(({ cells }) => cells)).toEqual(
          expected(rows).map((cells) => cells.map(standard)),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('as XLSX', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const bytes = await collected(writeXlsx({ name: 'S', headers: HEADERS, rows }));
        const { head, rows: read } = await readBytes(bytes, TYPES.xlsx);

        expect(head.headers).toEqual(HEADERS);
        expect(read.map(({ cells }) => cells)).toEqual(expected(rows));
      }),
      { numRuns: 200 },
    );
  });

  it('for numbers and dates, too', async () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.integer().map((n) => n / 1e6),
    );
    const date = fc.date({
      min: new Date('1900-03-01'),
      max: new Date('9999-12-31T00:00:00Z'),
      noInvalidDate: true,
    });

    await fc.assert(
      fc.asyncProperty(number, date, async (value, instant) => {
        const seconds = new Date(Math.floor(instant.getTime() / 1000) * 1000);
        const rows: Cell[][] = [[value, seconds, '']];
        const day = seconds.toISOString().slice(0, 19).replace('T', ' ').replace(' 00:00:00', '');
        const csv = await readBytes(await collected(writeCsv([HEADERS, ...rows])), TYPES.csv);
        const xlsx = await readBytes(
          await collected(writeXlsx({ name: 'S', headers: HEADERS, rows })),
          TYPES.xlsx,
        );

        for (const { rows: read } of [csv, xlsx]) {
          expect(read[0]?.cells[1]).toBe(day);
          // Noise in the 16th digit is cleaned away; nothing else changes.
          expect(Math.abs(Number(read[0]?.cells[0]) - value)).toBeLessThanOrEqual(
            Math.abs(value) * 1e-14,
          );
        }
      }),
      { numRuns: 200 },
    );
  });
});
