import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Cell } from '#server/files/cell.ts';
import type { CsvDelimiter, CsvEncoding } from '#server/files/write-csv.ts';
import { writeCsv } from '#server/files/write-csv.ts';
import { writeXlsx } from '#server/files/write-xlsx.ts';
import { projectRoot } from '#server/project-root.ts';
import { itWithSharedData } from '#tests/support/shared-data.ts';
import type { ReadResult } from './read-bytes.ts';
import { collected, readBytes, TYPES } from './read-bytes.ts';

const FILE = path.join(projectRoot, '../shared/data/hazards/china_industrial_sites_gem.csv');
const SITES = 5817;

const KNOWN = new Set([
  'source',
  'source_id',
  'name_zh',
  'name_en',
  'category',
  'status',
  'lon',
  'lat',
]);
const isHeader = (cell: string): boolean => KNOWN.has(cell);

/** The file as an independent call of the parser gives it. */
function originalRows(): { headers: string[]; rows: string[][] } {
  const [headers = [], ...rows] = parse(readFileSync(FILE));
  return { headers, rows };
}

const read = async (bytes: Buffer, mediaType: string): Promise<ReadResult> =>
  readBytes(bytes, mediaType, { isHeader });

const cellsOf = ({ rows }: ReadResult): (string | null)[][] => rows.map(({ cells }) => cells);

const orNull = (rows: readonly string[][]): (string | null)[][] =>
  rows.map((cells) => cells.map((cell) => cell || null));

describe('the industrial sites of China', () => {
  itWithSharedData('are read as they are', async () => {
    const { headers, rows } = originalRows();

    const result = await read(readFileSync(FILE), TYPES.csv);

    expect(result.count).toBe(SITES);
    expect(result.head).toMatchObject({ titleRows: [], headerRows: [1], headers });
    expect(cellsOf(result)).toEqual(orNull(rows));
    expect(result.rows.at(-1)?.row).toBe(SITES + 1);
  });

  const encodings: readonly (readonly [CsvEncoding, CsvDelimiter])[] = [
    ['utf-8-bom', ';'],
    ['utf-16le', '\t'],
    ['utf-16be', ','],
    ['gb18030', ','],
  ];
  for (const [encoding, delimiter] of encodings) {
    itWithSharedData(`are the same when saved again in ${encoding}`, async () => {
      const { headers, rows } = originalRows();
      const bytes = await collected(writeCsv([headers, ...rows], { encoding, delimiter }));

      const result = await read(bytes, TYPES.csv);

      expect(result.head.format).toEqual({ kind: 'csv', encoding, delimiter });
      expect(cellsOf(result)).toEqual(orNull(rows));
    });
  }

  itWithSharedData('are the same in a workbook with a title and a header of two rows', async () => {
    const { headers, rows } = originalRows();
    const grouped = headers.map((name) =>
      name === 'lon' || name === 'lat' ? { group: '位置', name } : name,
    );
    const typed = rows.map((cells) =>
      cells.map((cell, at): Cell =>
        ['lon', 'lat'].includes(headers[at] ?? '') ? Number(cell) : cell,
      ),
    );
    const table = { name: '工业企业', titles: ['全国工业企业清单'], headers: grouped, rows: typed };

    const result = await read(await collected(writeXlsx(table)), TYPES.xlsx);

    expect(result.head).toMatchObject({
      titleRows: [1],
      titles: ['全国工业企业清单'],
      headerRows: [2, 3],
    });
    expect(result.head.headers).toEqual(
      headers.map((name) => (name === 'lon' || name === 'lat' ? `位置 ${name}` : name)),
    );
    // Numbers lose the zeros at their end, as in any spreadsheet.
    const shown = orNull(rows).map((cells) =>
      cells.map((cell, at) =>
        ['lon', 'lat'].includes(headers[at] ?? '') ? String(Number(cell)) : cell,
      ),
    );
    expect(cellsOf(result)).toEqual(shown);
    expect(result.rows[0]?.row).toBe(4);
  });
});
