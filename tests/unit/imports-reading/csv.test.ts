import iconv from 'iconv-lite';
import { isHeader, readBytes, refusalOf, TYPES } from './read-bytes.ts';

const encodings = {
  'utf-8': (text: string) => Buffer.from(text),
  'utf-8-bom': (text: string) => Buffer.from(`\uFEFF${text}`),
  'utf-16le': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'utf-16be': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
  gb18030: (text: string) => iconv.encode(text, 'gb18030'),
} as const;

const csv = async (text: string | Buffer) => readBytes(text, TYPES.csv);

describe('the encoding and delimiter of a CSV file', () => {
  const cases = Object.entries(encodings).flatMap(([encoding, encode]) =>
    [',', ';', '\t'].map((delimiter) => ({ encoding, encode, delimiter })),
  );

  it.each(cases)('are found: $encoding, "$delimiter"', async ({ encoding, encode, delimiter }) => {
    const text = [
      ['编号', '名称', '经度'],
      ['A-1', '氨罐区,甲', '126.5'],
      ['A-2', '锅炉房', ''],
    ].map((cells) => cells.map((cell) => `"${cell}"`).join(delimiter));

    const { head, rows } = await csv(encode(text.join('\r\n')));

    expect(head.format).toEqual({ kind: 'csv', encoding, delimiter });
    expect(head.headers).toEqual(['编号', '名称', '经度']);
    expect(rows).toEqual([
      { row: 2, cells: ['A-1', '氨罐区,甲', '126.5'] },
      { row: 3, cells: ['A-2', '锅炉房', null] },
    ]);
  });

  it.each(['utf-16le', 'utf-16be'] as const)('%s is found without a mark', async (encoding) => {
    const bytes = encodings[encoding]('编号,名称\n1,氨罐\n').subarray(2);

    const { head, rows } = await csv(bytes);

    expect(head.format).toEqual({ kind: 'csv', encoding, delimiter: ',' });
    expect(rows).toEqual([{ row: 2, cells: ['1', '氨罐'] }]);
  });

  it('GB18030 is found when its first Chinese character comes late, and reads rare characters', async () => {
    const plain = Array.from({ length: 40_000 }, (_, at) => `${at},plain`).join('\n');

    const { head, rows } = await csv(encodings.gb18030(`code,name_zh\n${plain}\nlast,䶮𠀀镕`));

    expect(head.format).toEqual({ kind: 'csv', encoding: 'gb18030', delimiter: ',' });
    expect(rows).toHaveLength(40_001);
    expect(rows.at(-1)).toEqual({ row: 40_002, cells: ['last', '䶮𠀀镕'] });
  });

  it('known column names decide between delimiters', async () => {
    const { head } = await csv('lon;lat;注\n1,5;2,5;x\n1,6;2,6;y\n1,7;2,7;z');

    expect(head.headers).toEqual(['lon', 'lat', '注']);
  });

  it("Excel's first line sep= is followed and not counted", async () => {
    const { head, rows } = await csv('sep=;\r\ncode;name_zh\r\n1;a,b,c\r\n');

    expect(head).toMatchObject({ headerRows: [1], headers: ['code', 'name_zh'] });
    expect(rows).toEqual([{ row: 2, cells: ['1', 'a,b,c'] }]);
    expect(await refusalOf('sep=|\r\ncode|name_zh\r\n', TYPES.csv)).toMatchObject({
      detail: { en: expect.stringContaining('"|"') },
    });
  });

  it('the byte that fits no encoding is named', async () => {
    const bytes = Buffer.concat([encodings.gb18030('编号,名称\n'), Buffer.of(0x41, 0xff, 0x42)]);

    const refusal = await refusalOf(bytes, TYPES.csv);

    // 10 bytes for the first line (4 + 1 + 4 + 1), then A, then the bad one.
    expect(refusal).toMatchObject({ slug: 'invalid-body' });
    expect(refusal.detail.en).toContain('byte 12 ');
    expect(refusal.detail.zh).toContain('第 12 个字节');
  });
});

describe('the rows of a CSV file', () => {
  it('are numbered as a spreadsheet shows them', async () => {
    const { head, rows } = await csv('\ncode,name_zh\n\n1,"two\nlines"\n,\n  ,\n2,x\r3,y\r\n\n');

    expect(head.headerRows).toEqual([2]);
    expect(rows).toEqual([
      { row: 4, cells: ['1', 'two\nlines'] },
      { row: 7, cells: ['2', 'x'] },
      { row: 8, cells: ['3', 'y'] },
    ]);
  });

  it('are padded when short and keep what is beyond the header', async () => {
    const { rows } = await csv('code,name_zh,lon\n1\n2,a,3,extra\n3,b,4,,,\n');

    expect(rows.map(({ cells }) => cells)).toEqual([
      ['1', null, null],
      ['2', 'a', '3', 'extra'],
      ['3', 'b', '4'],
    ]);
  });

  it('lose only the apostrophe of an escaped formula', async () => {
    const { rows } = await csv(`code,name_zh\n'=1+1,''-2\n'quoted,-3\n`);

    expect(rows.map(({ cells }) => cells)).toEqual([
      ['=1+1', "'-2"],
      ["'quoted", '-3'],
    ]);
  });

  it('follow titles, which are reported', async () => {
    const { head, rows } = await csv(
      '吉林省风险点清单,,\n填报单位:应急局,,日期:2025年6月\n编号,名称,经度\n1,a,126\n',
    );

    expect(head).toMatchObject({
      titleRows: [1, 2],
      titles: ['吉林省风险点清单', '填报单位:应急局 日期:2025年6月'],
      headerRows: [3],
      headers: ['编号', '名称', '经度'],
    });
    expect(rows).toEqual([{ row: 4, cells: ['1', 'a', '126'] }]);
  });

  it('follow a header of two rows whose groups were merged once', async () => {
    const { head, rows } = await csv('编号,名称,位置,,备注\n,,经度,纬度,\n1,a,126,43,x\n');

    expect(head).toMatchObject({
      titleRows: [],
      headerRows: [1, 2],
      headers: ['编号', '名称', '位置 经度', '位置 纬度', '备注'],
    });
    expect(rows).toEqual([{ row: 3, cells: ['1', 'a', '126', '43', 'x'] }]);
  });

  it('follow the first row with two texts when no column name is known', async () => {
    const { head } = await csv('A list\n1,2\nfoo,bar\n3,4\n');

    expect(head).toMatchObject({ titleRows: [1, 2], headerRows: [3], headers: ['foo', 'bar'] });
  });

  it('may repeat the names of columns later', async () => {
    const plain = Array.from({ length: 24 }, (_, at) => `${at},x,1\n`).join('');

    const { head, rows } = await csv(`code,name_zh,x\n${plain}code,name_zh,lon\n`);

    expect(head.headerRows).toEqual([1]);
    expect(rows.at(-1)).toEqual({ row: 26, cells: ['code', 'name_zh', 'lon'] });
  });

  it('may be none', async () => {
    expect(await csv('code,name_zh\n')).toMatchObject({ rows: [], count: 0 });
    expect(await refusalOf('', TYPES.csv)).toMatchObject({ slug: 'invalid-body' });
    expect(await refusalOf('\r\n ,\r\n', TYPES.csv)).toMatchObject({
      detail: { en: expect.stringContaining('no rows') },
    });
  });

  it('come in batches that wait for their receiver', async () => {
    const text = `code,name_zh\n${Array.from({ length: 1200 }, (_, at) => `${at},x`).join('\n')}`;
    const { rows, count } = await csv(text);

    expect(count).toBe(1200);
    expect(rows.at(-1)).toEqual({ row: 1201, cells: ['1199', 'x'] });
  });
});

describe('a CSV file is refused', () => {
  it('with the row in which a quote opens that is never closed', async () => {
    const refusal = await refusalOf('code,name_zh\n1,a\n2,"b\n3,c\n4,d\n', TYPES.csv);

    expect(refusal).toMatchObject({ slug: 'invalid-body', row: 3 });
    expect(refusal.detail.en).toContain('never closed');
  });

  it('with the row whose quote closes in the middle of a later one', async () => {
    const refusal = await refusalOf('code,name_zh\n1,"a\n2,"b"\n', TYPES.csv);

    expect(refusal).toMatchObject({ slug: 'invalid-body', row: 2 });
  });

  it.each(['\0', '\u0007', '\u001B', '\u0085'])(
    'for the control character %j',
    async (character) => {
      const refusal = await refusalOf(`code,name_zh\n1,a\n2,b${character}c\n`, TYPES.csv);

      expect(refusal).toMatchObject({ slug: 'invalid-body', row: 3, column: 'B' });
    },
  );

  it('for more columns, rows, cells or characters than the limits', async () => {
    const wide = Array.from({ length: 10_000 }, (_, at) => `c${at}`).join(',');
    const budgets = { rows: 2, cells: 12, cellChars: 5, columns: 3 };
    const slug = 'payload-too-large';

    expect(await refusalOf(wide, TYPES.csv)).toMatchObject({ slug, row: 1 });
    expect(await refusalOf('code,lon\n1,2\n1,2\n1,2', TYPES.csv, { budgets })).toMatchObject({
      slug,
      row: 4,
    });
    expect(await refusalOf('code,lon\n1,2', TYPES.csv, { budgets: { cells: 3 } })).toMatchObject({
      slug,
      row: 2,
    });
    expect(await refusalOf('code,lon\n123456,2', TYPES.csv, { budgets })).toMatchObject({
      slug,
      row: 2,
      column: 'A',
    });
    expect(await refusalOf('code,lon\n1,2,3,4', TYPES.csv, { budgets })).toMatchObject({
      slug,
      row: 2,
    });
    expect(await refusalOf('code,lon\n1,2', TYPES.csv, { budgets: { bytes: 5 } })).toMatchObject({
      slug,
    });
  });

  it('when time is up', async () => {
    const refusal = await refusalOf('code,lon\n1,2', TYPES.csv, { budgets: { milliseconds: -1 } });

    expect(refusal.slug).toBe('payload-too-large');
  });
});

it('what the receiver throws goes through unchanged', async () => {
  const failing = (cell: string): boolean => {
    if (cell === 'lon') throw new TypeError('mine');
    return isHeader(cell);
  };

  await expect(readBytes('code,lon\n1,2', TYPES.csv, { isHeader: failing })).rejects.toThrow(
    new TypeError('mine'),
  );
});
