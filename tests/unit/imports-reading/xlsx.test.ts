import { bookEntries, makeBook, makeZip, textRow } from './make-zip.ts';
import type { ReadResult } from './read-bytes.ts';
import { readBytes, refusalOf, TYPES } from './read-bytes.ts';

const read = async (options: Parameters<typeof makeBook>[0], sheet?: string): Promise<ReadResult> =>
  readBytes(makeBook(options), TYPES.xlsx, sheet === undefined ? {} : { sheet });

const HEADER = textRow(1, ['code', 'name_zh']);

/** The cells of row 2 when its XML is as given. */
async function cellsOf(
  xml: string,
  options: Parameters<typeof makeBook>[0] = {},
): Promise<unknown> {
  const { rows } = await read({ rows: `${HEADER}<row r="2">${xml}</row>`, ...options });
  return rows[0]?.cells;
}

describe('the cells of a workbook', () => {
  it.each([
    ['1.1000000000000001', '1.1'],
    ['0.30000000000000004', '0.3'],
    ['43.123456789012344', '43.123456789012344'],
    ['42', '42'],
    ['42.0', '42'],
    ['-7.5E-3', '-0.0075'],
    ['1.5E+3', '1500'],
    ['220102199001011234', '220102199001011234'],
    ['2.20102199001011E+17', '220102199001011000'],
  ])('show the number %s as %s', async (stored, shown) => {
    expect(await cellsOf(`<c r="A2"><v>${stored}</v></c>`)).toEqual([shown, null]);
  });

  const styles =
    '<numFmts><numFmt numFmtId="180" formatCode="[$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="181" formatCode="yyyy/m/d\\ h:mm"/><numFmt numFmtId="182" formatCode="0.00&quot;days&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="180"/><xf numFmtId="181"/><xf numFmtId="182"/></cellXfs>';

  // 45292 is 2024-01-01 in the 1900 system; 1904 counts from 1904-01-01, 1462 days later.
  it.each([
    [1, '45292', false, '2024-01-01'],
    [1, '45292', true, '2028-01-02'],
    [1, '1', false, '1900-01-01'],
    [1, '59', false, '1900-02-28'],
    [1, '60', false, '1900-02-29'],
    [1, '61', false, '1900-03-01'],
    [1, '0', true, '1904-01-01'],
    [2, '45292.75', false, '2024-01-01 18:00:00'],
    [2, '45292.999999', false, '2024-01-02'],
    [2, '45292', false, '2024-01-01'],
    [3, '0.5', false, '12:00:00'],
    [4, '45292.5', false, '2024-01-01'],
    [5, '45292.3541666667', false, '2024-01-01 08:30:00'],
    [6, '45292', false, '45292'],
    [0, '45292', false, '45292'],
    [1, '-1', false, '-1'],
    [1, '99999999', false, '99999999'],
  ])('show style %i of %s (1904: %s) as %s', async (style, stored, date1904, shown) => {
    const cell = `<c r="A2" s="${style}"><v>${stored}</v></c>`;

    expect(
      await cellsOf(cell, { rows: `${HEADER}<row r="2">${cell}</row>`, styles, date1904 }),
    ).toEqual([shown, null]);
  });

  it('are texts, truths, errors, formulas with their last value, and ISO dates', async () => {
    const rows = `${HEADER}<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c><c r="D2" t="b"><v>1</v></c><c r="E2" t="e"><v>#N/A</v></c><c r="F2" t="str"><f>A2&amp;"x"</f><v>formula</v></c><c r="G2"><f>1+1</f><v>2</v></c><c r="H2" t="d"><v>2024-05-06T00:00:00</v></c><c r="I2"><f>NOW()</f></c></row>`;
    const sharedStrings =
      '<si><t>plain _x000D_line _x005F_x0041_</t></si><si><r><rPr><b/></rPr><t>富</t></r><r><t xml:space="preserve"> 文本</t></r><rPh sb="0" eb="1"><t>fu</t></rPh><phoneticPr fontId="1"/></si>';

    const { rows: found } = await read({ rows, sharedStrings });

    expect(found[0]?.cells).toEqual([
      'plain \rline _x0041_',
      '富 文本',
      'inline',
      'TRUE',
      '#N/A',
      'formula',
      '2',
      '2024-05-06',
    ]);
  });

  it('may come without their positions, and in elements with a prefix', async () => {
    const entries = bookEntries({}).map((entry) =>
      entry.name.startsWith('xl/worksheets/')
        ? {
            ...entry,
            data: '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>code</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>lon</x:t></x:is></x:c></x:row><x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row><x:row><x:c><x:v/></x:c><x:c><x:v>3</x:v></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A2:A3"/></x:mergeCells></x:worksheet>',
          }
        : entry,
    );

    const { rows } = await readBytes(makeZip(entries), TYPES.xlsx);

    expect(rows).toEqual([
      { row: 2, cells: ['1', '2'] },
      { row: 3, cells: ['1', '3'] },
    ]);
  });
});

describe('the header of a workbook', () => {
  const merged = (...ranges: string[]): string =>
    `<mergeCells count="${ranges.length}">${ranges.map((range) => `<mergeCell ref="${range}"/>`).join('')}</mergeCells>`;

  it('is found below merged titles, over two rows, and merged values fill their rows', async () => {
    const rows = [
      textRow(1, ['重大风险清单']),
      textRow(2, ['填报单位:应急局', null, null, '日期:2025-06-30']),
      textRow(3, ['企业名称', '风险点', null, '位置', null, '状态']),
      textRow(4, [null, '编号', '名称', '东经', '北纬']),
      textRow(5, ['甲厂', '1', 'a', '126.1', '43.1', '在产']),
      textRow(6, [null, '2', 'b', '126.2', '43.2', '停产']),
      textRow(8, ['乙厂', '3', 'c', '126.3', '43.3']),
    ].join('');
    const after = merged('A1:F1', 'A2:C2', 'D2:F2', 'A3:A4', 'B3:C3', 'D3:E3', 'F3:F4', 'A5:A7');

    const { head, rows: found } = await read({ rows, after });

    expect(head).toMatchObject({
      titleRows: [1, 2],
      titles: ['重大风险清单', '填报单位:应急局 日期:2025-06-30'],
      headerRows: [3, 4],
      headers: ['企业名称', '风险点 编号', '风险点 名称', '位置 东经', '位置 北纬', '状态'],
    });
    expect(found).toEqual([
      { row: 5, cells: ['甲厂', '1', 'a', '126.1', '43.1', '在产'] },
      { row: 6, cells: ['甲厂', '2', 'b', '126.2', '43.2', '停产'] },
      { row: 8, cells: ['乙厂', '3', 'c', '126.3', '43.3', null] },
    ]);
  });

  it('is one row when a title row is merged in parts above it', async () => {
    const rows =
      textRow(1, ['填报单位:甲', null, '审核人:乙']) +
      textRow(2, ['编号', '名称', '经度', '纬度']) +
      textRow(3, ['1', 'a', '126', '43']);

    const { head } = await read({ rows, after: merged('A1:B1', 'C1:D1') });

    expect(head).toMatchObject({
      titleRows: [1],
      headerRows: [2],
      headers: ['编号', '名称', '经度', '纬度'],
    });
  });

  it('takes groups that begin inside the sheet, and groups without known names', async () => {
    const inside = await read({
      rows: textRow(1, [null, null, '位置']) + textRow(2, ['编号', '名称', '经度', '纬度']),
      after: merged('C1:D1'),
    });
    const unknown = await read({
      rows:
        textRow(1, ['甲', '乙', null]) +
        textRow(2, [null, '丙', '丁']) +
        textRow(3, ['1', '2', '3']),
      after: merged('A1:A2', 'B1:C1'),
    });

    expect(inside.head.headers).toEqual(['编号', '名称', '位置 经度', '位置 纬度']);
    expect(unknown.head.headers).toEqual(['甲', '乙 丙', '乙 丁']);
  });

  it('is found among line breaks and spaces', async () => {
    const rows = textRow(1, [' 企业名称 ', '经 \n 度', '纬度']) + textRow(2, ['a', '1', '2']);

    expect((await read({ rows })).head.headers).toEqual(['企业名称', '经 度', '纬度']);
  });
});

describe('the sheet of a workbook', () => {
  const sheets = [
    'name="secret" sheetId="1" state="veryHidden"',
    'name="draft" sheetId="2" state="hidden"',
    'name="清单" sheetId="3"',
    'name="more &amp; more" sheetId="4"',
  ];

  it('is the first visible one, or the one that is asked for', async () => {
    const rows = HEADER + textRow(2, ['1', 'a']);

    const first = await read({ rows, sheets });
    const named = await read({ rows, sheets }, 'more & more');

    expect(first.head.format).toEqual({
      kind: 'xlsx',
      sheet: '清单',
      sheets: ['draft', '清单', 'more & more'],
    });
    expect(named.head.format).toMatchObject({ sheet: 'more & more' });
  });

  it('is refused when there is none of that name, with the names that there are', async () => {
    const refusal = await refusalOf(makeBook({ sheets }), TYPES.xlsx, { sheet: 'Sheet1' });

    expect(refusal.slug).toBe('invalid-body');
    expect(refusal.detail.en).toContain('draft, 清单, more & more');
  });

  it('without any row is refused', async () => {
    expect(await refusalOf(makeBook({}), TYPES.xlsx)).toMatchObject({
      slug: 'invalid-body',
      detail: { en: expect.stringContaining('no rows') },
    });
  });
});
