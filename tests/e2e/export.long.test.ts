import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { readBytes, TYPES } from '#tests/unit/imports-reading/read-bytes.ts';
import { openPage } from './browser-page.ts';
import { withServerAndBrowser } from './with-server.ts';

const at = withServerAndBrowser();

type Point = { id: string; names: { zh: string } };

/** The first of the list: the worst by its level, then by its name. */
async function worstPoint(): Promise<Point> {
  const answer = await at.server.fetch(`/api/v1/risk-points?region=220200&limit=1`);
  const [point] = ((await answer.json()) as { items: Point[] }).items;
  if (point === undefined) throw new Error('There is no risk point');
  return point;
}

/** The file that a click on the list hands out, by its name and bytes. */
async function exported(page: Page, form: string): Promise<{ name: string; bytes: Buffer }> {
  await page.getByTestId('export-list').click();
  await page.getByText(form, { exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId('export-control-list').click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

const HEADERS = [
  ...['序号', '企业名称', '风险名称', '风险点', '所处位置（场所、部位、环节）', '等级'],
  ...['可能导致的事故类型', '管控措施', '责任部门', '责任人', '管控层级', '责任岗位'],
  ...['有效期至', '所在行政区', '企业系统编号', '风险点系统编号', '危险源系统编号'],
];
const TITLES = [
  '风险分级管控清单',
  '筛选条件：行政区：吉林市（220200）；评估基准：现状风险',
  expect.stringMatching(/^数据时间：\d{4}-\d\d-\d\d \d\d:\d\d（Asia\/Shanghai）$/),
];
const isHeader = (cell: string) => HEADERS.includes(cell);

async function expectList(bytes: Buffer, mediaType: string, point: Point): Promise<void> {
  const { head, rows } = await readBytes(bytes, mediaType, { isHeader });
  expect(head.titles).toEqual(TITLES);
  expect(head.headers).toEqual(HEADERS);
  const [first] = rows;
  const cell = (header: string) => first?.cells[HEADERS.indexOf(header)];
  expect(cell('序号')).toBe('1');
  expect(cell('风险点')).toBe(point.names.zh);
  expect(cell('等级')).toBe('重大风险（红）');
  expect(cell('所在行政区')).toBe('吉林省吉林市');
  expect(cell('风险点系统编号')).toBe(point.id);
}

describe('the lists of a region as files', () => {
  it('come by the button as XLSX and CSV: titles, filter, data date, headers and rows', async () => {
    const point = await worstPoint();
    const { page, complaints } = await openPage(at.browser, at.server.url, {
      acceptDownloads: true,
    });
    await page.goto('/r/220200');
    await page.getByTestId('panel').getByRole('heading', { name: '吉林市' }).waitFor();

    const xlsx = await exported(page, 'XLSX');
    expect(xlsx.name).toMatch(/^风险分级管控清单_220200_\d{4}-\d\d-\d\d\.xlsx$/);
    await expectList(xlsx.bytes, TYPES.xlsx, point);

    const csv = await exported(page, 'CSV');
    expect(csv.name).toMatch(/^风险分级管控清单_220200_\d{4}-\d\d-\d\d\.csv$/);
    await expectList(csv.bytes, TYPES.csv, point);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);
});
