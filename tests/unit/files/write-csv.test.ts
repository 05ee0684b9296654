import iconv from 'iconv-lite';
import type { Cell } from '#server/files/cell.ts';
import type { CsvOptions } from '#server/files/write-csv.ts';
import { writeCsv } from '#server/files/write-csv.ts';
import { collected } from '#tests/unit/imports-reading/read-bytes.ts';

const written = async (
  rows: readonly (readonly Cell[])[],
  options: CsvOptions = {},
): Promise<Buffer> => collected(writeCsv(rows, options));

describe('a CSV file', () => {
  it('has numbers with their sign, truths, UTC dates, and text that no spreadsheet runs', async () => {
    const rows = [
      ['=1+1', -5, '-5', true, null],
      [
        new Date('2025-06-30T00:00:00Z'),
        new Date('2025-06-30T08:05:09Z'),
        Number.NaN,
        new Date(Number.NaN),
        1e-7,
      ],
    ];

    expect(String(await written(rows, { encoding: 'utf-8' }))).toBe(
      "'=1+1,-5,'-5,TRUE,\r\n2025-06-30,2025-06-30 08:05:09,,,1e-7\r\n",
    );
  });

  it('has quotes where any delimiter, a line end, or the beginning of a directive needs them', async () => {
    const rows = [['sep=;', 'a;b', 'a\tb', 'a"b', 'a\nb', 'a\rb']];

    expect(String(await written(rows, { encoding: 'utf-8' }))).toBe(
      '"sep=;","a;b","a\tb","a""b","a\nb","a\rb"\r\n',
    );
  });

  it('loses controls and keeps half characters as a replacement', async () => {
    expect(String(await written([['a\u0000b\u001Bc\uD800d', 'é']], { encoding: 'utf-8' }))).toBe(
      'abc\uFFFDd,é\r\n',
    );
  });

  it.each([
    ['utf-8', undefined, 'e9be990d0a'],
    ['utf-8-bom', undefined, 'efbbbfe9be990d0a'],
    ['utf-16le', undefined, 'fffe999f0d000a00'],
    ['utf-16le', false, '999f0d000a00'],
    ['utf-16be', true, 'feff9f99000d000a'],
    ['gb18030', true, 'c1fa0d0a'],
  ] as const)('in %s (mark: %s) has these bytes', async (encoding, bom, bytes) => {
    const options = bom === undefined ? { encoding } : { encoding, bom };

    expect((await written([['龙']], options)).toString('hex')).toBe(bytes);
  });

  it('in GB18030 has the standard characters for those that were private once', async () => {
    // GB 18030-2022: FE59 is U+9FB4, and U+FE10 has a four-byte code.
    const bytes = await written([['\uE81E\uE78D\uE5E5\uE82A']], { encoding: 'gb18030' });

    expect(new TextDecoder('gb18030', { fatal: true }).decode(bytes)).toBe('龴︐\uFFFD\uE82A\r\n');
    expect(iconv.decode(bytes, 'gb18030')).toBe('龴︐\uFFFD\uE82A\r\n');
  });

  it('comes in pieces and asks for rows only as they are taken', async () => {
    let asked = 0;
    const rows = async function* (): AsyncGenerator<Cell[]> {
      for (asked = 0; asked < 5000; asked += 1) yield [asked];
    };
    const pieces = writeCsv(rows(), { encoding: 'utf-8' })[Symbol.asyncIterator]();

    await pieces.next();

    expect(asked).toBeLessThan(1000);
  });
});
