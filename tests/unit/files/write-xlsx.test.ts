import { once } from 'node:events';
import type { Cell } from '#server/files/cell.ts';
import type { XlsxTable } from '#server/files/write-xlsx.ts';
import { writeXlsx } from '#server/files/write-xlsx.ts';
import { collected, readBytes, TYPES } from '#tests/unit/imports-reading/read-bytes.ts';
import { unzipped } from '#tests/support/unzipped.ts';

const TABLE: XlsxTable = {
  name: '风险点清单',
  titles: ['重大风险清单', '数据日期:2025-06-30'],
  headers: ['编号', { group: '位置', name: '经度' }, { group: '位置', name: '纬度' }, '状态'],
  rows: [['A-1', 126.5, -43, '在产']],
  widths: [12],
  notes: { name: '说明', rows: [['编号', '企业内部编号'], ['=1+1']] },
  lists: { name: '值列表', columns: [{ column: 3, values: ['在产', '停产', "it's"] }] },
};

const parts = async (table: XlsxTable): Promise<ReadonlyMap<string, string>> =>
  unzipped(await collected(writeXlsx(table)));

const only = (table: Partial<XlsxTable>): XlsxTable => ({
  name: 'S',
  headers: ['code', 'lon'],
  rows: [],
  ...table,
});

describe('a workbook', () => {
  it('reads back with its titles, header of two rows and values', async () => {
    const { head, rows } = await readBytes(await collected(writeXlsx(TABLE)), TYPES.xlsx);

    expect(head).toEqual({
      format: { kind: 'xlsx', sheet: '风险点清单', sheets: ['风险点清单', '说明', '值列表'] },
      titleRows: [1, 2],
      titles: ['重大风险清单', '数据日期:2025-06-30'],
      headerRows: [3, 4],
      headers: ['编号', '位置 经度', '位置 纬度', '状态'],
    });
    expect(rows).toEqual([{ row: 5, cells: ['A-1', '126.5', '-43', '在产'] }]);
  });

  it('has a frozen, filtered, merged and styled header, and its widths', async () => {
    const sheet = (await parts(TABLE)).get('xl/worksheets/sheet1.xml');

    expect(sheet).toContain(
      '<pane ySplit="4" topLeftCell="A5" activePane="bottomLeft" state="frozen"/>',
    );
    expect(sheet).toContain('<autoFilter ref="A4:D5"/>');
    expect(sheet).toContain(
      '<mergeCells count="5"><mergeCell ref="A1:D1"/><mergeCell ref="A2:D2"/><mergeCell ref="A3:A4"/><mergeCell ref="B3:C3"/><mergeCell ref="D3:D4"/></mergeCells>',
    );
    expect(sheet).toContain(
      '<c r="A3" s="1" t="inlineStr"><is><t xml:space="preserve">编号</t></is></c>',
    );
    expect(sheet).toContain('<col min="1" max="1" width="12" customWidth="1"/>');
  });

  it('offers the values of a list, which stand on a sheet of their own', async () => {
    const found = await parts(TABLE);

    expect(found.get('xl/worksheets/sheet1.xml')).toContain(
      `sqref="D5:D1048576"><formula1>'值列表'!$A$2:$A$4</formula1>`,
    );
    const { head, rows } = await readBytes(await collected(writeXlsx(TABLE)), TYPES.xlsx, {
      sheet: '值列表',
    });
    expect(head.headers).toEqual(['状态']);
    expect(rows.map(({ cells }) => cells[0])).toEqual(['在产', '停产', "it's"]);
  });

  it('has real numbers, dates and truths, and text that never is a formula', async () => {
    const rows: Cell[][] = [
      [
        -5,
        new Date('2025-06-30T00:00:00Z'),
        new Date('2025-06-30T12:00:00Z'),
        true,
        '=1+1',
        "'=1+1",
        Number.NaN,
        '',
      ],
    ];
    const sheet = (await parts(only({ rows }))).get('xl/worksheets/sheet1.xml') ?? '';

    // 45838 is 2025-06-30: 45658 (2025-01-01) + 180 days.
    expect(sheet).toContain(
      '<c r="A2" s="7"><v>-5</v></c><c r="B2" s="5"><v>45838</v></c><c r="C2" s="6"><v>45838.5</v></c><c r="D2" s="7" t="b"><v>1</v></c>',
    );
    expect(sheet).toContain(
      '<c r="E2" s="4" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>',
    );
    expect(sheet).toContain(
      `<c r="F2" s="4" t="inlineStr"><is><t xml:space="preserve">''=1+1</t></is></c>`,
    );
    expect(sheet).not.toContain('<f>');
    expect(
      (await parts(only({ rows }))).get('xl/styles.xml')?.match(/quotePrefix="1"/g),
    ).toHaveLength(1);
  });

  it('keeps dates before March 1900 and beyond year 9999 as text', async () => {
    const rows = [[new Date('1900-02-28T00:00:00Z'), new Date('+010000-01-01T00:00:00Z')]];
    const { rows: read } = await readBytes(await collected(writeXlsx(only({ rows }))), TYPES.xlsx);

    expect(read[0]?.cells).toEqual(['1900-02-28', '+010000-01-01']);
  });

  it('gives sheets names that spreadsheets accept', async () => {
    const name = `'a/b[c]:*?\\${'长'.repeat(40)}`;
    const table = only({
      name,
      rows: [['1', 2]],
      notes: { name: name.toUpperCase(), rows: [['x']] },
    });

    const { head } = await readBytes(await collected(writeXlsx(table)), TYPES.xlsx);

    expect(head.format).toMatchObject({
      sheet: `a b c     ${'长'.repeat(21)}`,
      sheets: [
        `a b c     ${'长'.repeat(21)}`,
        `A B C     ${'长'.repeat(18)}-2`.replace(/长-2$/, '长-2'),
      ],
    });
  });

  it('fails with the error of its rows, and stops them when nobody reads on', async () => {
    const failing = async function* (): AsyncGenerator<Cell[]> {
      yield ['1', 2];
      throw new TypeError('from the rows');
    };
    let isOver = false;
    const endless = async function* (): AsyncGenerator<Cell[]> {
      try {
        for (;;) yield [String(Math.random()), 1];
      } finally {
        isOver = true;
      }
    };

    await expect(collected(writeXlsx(only({ rows: failing() })))).rejects.toThrow('from the rows');
    const stream = writeXlsx(only({ rows: endless() }));
    let bytes = 0;
    stream.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > 100_000) stream.destroy();
    });
    await once(stream, 'close');
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
    expect(isOver).toBe(true);
  });
});
