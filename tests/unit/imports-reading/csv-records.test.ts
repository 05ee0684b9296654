import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { BUDGETS } from '#server/features/imports/reading/budgets.ts';
import type { CsvRecord } from '#server/features/imports/reading/csv-records.ts';
import { createCsvParser } from '#server/features/imports/reading/csv-records.ts';
import { FileRefusedError } from '#server/features/imports/reading/table.ts';

function records(pieces: readonly string[], delimiter = ','): CsvRecord[] {
  const parser = createCsvParser(delimiter, BUDGETS);
  return [...pieces.flatMap((piece) => parser.write(piece)), ...parser.end()];
}

/** What csv-parse makes of it; the code of its error for what it refuses. */
function expected(text: string, delimiter: string): CsvRecord[] | string {
  try {
    const all = parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
    });
    return all
      .map((cells, at) => ({ row: at + 1, cells }))
      .filter(({ cells }) => cells.length > 1 || cells[0] !== '');
  } catch (error) {
    if (error instanceof CsvError) return error.code;
    throw error;
  }
}

const text = fc
  .array(
    fc.constantFrom('"', '""', ',', ';', '\n', '\r', '\r\n', 'a', '氨😀', ' ', '",', '"\n', ',"'),
    {
      maxLength: 30,
    },
  )
  .map((parts) => parts.join(''));

it('records are those of csv-parse, however the text is cut into pieces', () => {
  fc.assert(
    fc.property(
      text,
      fc.array(fc.nat({ max: 60 })),
      fc.constantFrom(',', ';'),
      (whole, cuts, delimiter) => {
        const ends = [...cuts.toSorted((a, b) => a - b), whole.length];
        const pieces = ends.map((end, at) => whole.slice(ends[at - 1] ?? 0, end));
        const wanted = expected(whole, delimiter);

        // A quote inside a cell without quotes is text for us, a fault for csv-parse.
        if (wanted === 'INVALID_OPENING_QUOTE') return;
        if (typeof wanted === 'string')
          expect(() => records(pieces, delimiter)).toThrow(FileRefusedError);
        else expect(records(pieces, delimiter)).toEqual(wanted);
      },
    ),
    { numRuns: 2000 },
  );
});

it('a quote inside a cell that does not begin with one is text', () => {
  expect(records(['5" pipe,a"b"\n1,"2"'])).toEqual([
    { row: 1, cells: ['5" pipe', 'a"b"'] },
    { row: 2, cells: ['1', '2'] },
  ]);
});

it('empty cells beyond the last column are dropped, others refused', () => {
  const wide = ','.repeat(5000);

  expect(records([`a${wide}\nb`])).toEqual([
    { row: 1, cells: ['a', ...Array.from({ length: 299 }, () => '')] },
    { row: 2, cells: ['b'] },
  ]);
  expect(() => records([`a\nb${wide}c`])).toThrow('Row 2 has more than 300 columns');
});
