import type { Page } from 'playwright-core';
import { eventually, mapIsIdle, openPage } from './browser-page.ts';
import { seriousFaults } from './serious-faults.ts';
import { withServerAndBrowser } from './with-server.ts';

const at = withServerAndBrowser();

/** Row 3 has a longitude that is none; the places are in 吉林市. */
const CSV = `风险点编号,风险点名称,经度,纬度,风险等级
YS-1,验收储罐区,126.551,43.851,较大
YS-2,验收锅炉房,一百二十六度,43.852,低
YS-3,验收仓库,126.553,43.853,一般
`;

async function sendFile(page: Page): Promise<void> {
  await page.goto('/imports');
  await page.getByTestId('import-crs').selectOption('wgs84');
  const file = { name: '验收.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV, 'utf8') };
  await page.getByTestId('import-file').setInputFiles(file);
  await page.getByTestId('import-read').click();
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}/, { timeout: 60_000 });
  await page.getByTestId('import-tab-faulty').waitFor({ timeout: 60_000 });
}

/** Writes the good rows of the file without a browser. */
async function writeGoodRows(): Promise<void> {
  const address = '/api/v1/imports';
  const sent = await at.server.fetch(`${address}?kind=risk-points&crs=wgs84`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: CSV,
  });
  const { id } = (await sent.json()) as { id: string };
  const written = await at.server.fetch(`${address}/${id}/commit`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ skipFaulty: true }),
  });
  expect(await written.json()).toMatchObject({ state: 'committed' });
}

/** Risk points of 吉林市 that were never assessed, as its card says. */
async function unassessed(page: Page): Promise<number> {
  const tile = page.getByTestId('panel').locator('.tile[data-class="not_assessed"] .tile-count');
  return Number((await tile.innerText()).replaceAll(',', ''));
}

describe('an import in a browser', () => {
  it('shows the fault beside its cell, takes the correction, writes all rows and shows them on the map', async () => {
    const { page, complaints } = await openPage(at.browser, at.server.url);
    await page.goto('/r/220200');
    await page.getByTestId('panel').getByRole('heading', { name: '吉林市' }).waitFor();
    const before = await unassessed(page);

    await sendFile(page);
    expect(await page.getByTestId('import-tab-faulty').innerText()).toMatch(/有误\s*1/);
    expect(await page.getByTestId('import-commit').innerText()).toBe(
      '写入 2 行正确数据，跳过 1 行有误数据',
    );
    await page.getByText('新增的 2 处风险点没有企业，将作为公共场所的风险点').waitFor();
    const cell = page.getByLabel('第 3 行，经度');
    expect(await cell.getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('第 3 行，纬度').inputValue()).toBe('43.852');
    const told = page.locator(`[id="${await cell.getAttribute('aria-describedby')}"]`);
    expect(await told.innerText()).toMatch(/应为/);
    expect(await seriousFaults(page)).toEqual([]);

    await cell.fill('126.552');
    expect(await told.innerText()).toMatch(/^已改，尚未核对\s+应为/);
    await cell.press('Enter');
    await page.getByText('写入全部 3 行').waitFor({ timeout: 30_000 });
    await page.getByTestId('import-said').getByText('第 3 行已改正').waitFor();
    expect(await cell.inputValue()).toBe('126.552');

    await page.getByTestId('import-commit').click();
    const summary = page.getByTestId('import-summary');
    await summary.waitFor({ timeout: 60_000 });
    expect(await summary.getByRole('row', { name: /风险点/ }).innerText()).toMatch(
      /风险点\s+3\s+0/,
    );

    expect(await page.getByTestId('import-tab-new').getAttribute('aria-selected')).toBe('true');

    await page.getByTestId('import-show').click();
    await page.waitForURL(/\/r\/220200#/);
    await mapIsIdle(page);
    expect(await eventually(() => unassessed(page), before + 3)).toBe(before + 3);
    const panel = page.getByTestId('panel');
    await panel.getByText('验收储罐区').first().waitFor();
    await panel.getByTestId('list-box').getByRole('button', { name: '全部列出' }).click();
    await panel.getByRole('searchbox').fill('验收锅炉房');
    await panel.getByText('验收锅炉房').first().waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 240_000);

  it('can be left and come back to, and changes nothing when the same file comes again', async () => {
    await writeGoodRows();
    const { page, complaints } = await openPage(at.browser, at.server.url);
    await sendFile(page);
    const address = page.url();
    await page.getByTestId('import-tab-unchanged').click();
    await page.waitForURL(/rows=unchanged/);

    await page.getByTestId('imports-close').click();
    await page.waitForURL((url) => !url.pathname.startsWith('/imports'));
    await page.getByText('“验收.csv”还没有写入，已留在“以往的导入”里。').waitFor();
    await page.goBack();
    await page.waitForURL(/rows=unchanged/);
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.pathname.startsWith('/imports'));
    await page.getByRole('button', { name: '回到这次导入' }).click();
    await page.waitForURL(address.replace(/\?.*$/, ''));
    await page.goto('/imports');
    await page.locator(`a[href^="${new URL(address).pathname}"]`).click();

    await page.waitForURL(`${address}*`);
    expect(await page.getByTestId('import-tab-unchanged').innerText()).toMatch(/无变化\s*2/);
    expect(await page.getByTestId('import-tab-new').innerText()).toMatch(/新增\s*0/);
    await page.getByText('其余各行与登记库一致，没有可写入的内容').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);

  it('asks once before a correction that could not be saved is given up', async () => {
    const { page } = await openPage(at.browser, at.server.url);
    await sendFile(page);
    await page.context().setOffline(true);
    const cell = page.getByLabel('第 3 行，经度');
    await cell.fill('126.552');
    await cell.press('Enter');
    await page.getByText('没有保存。已填内容都还在。').waitFor();

    await page.getByTestId('imports-close').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '留下' }).click();
    expect(await cell.inputValue()).toBe('126.552');
    await page.getByTestId('imports-close').click();
    await dialog.getByRole('button', { name: '离开' }).click();

    await page.waitForURL((url) => !url.pathname.startsWith('/imports'));
    await page.context().close();
  }, 120_000);

  it('works on a phone, in English, without a serious fault', async () => {
    const { page, complaints } = await openPage(at.browser, at.server.url, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      deviceScaleFactor: 2,
    });
    await page.goto('/imports?lang=en');
    await page.getByRole('heading', { name: 'Import', exact: true }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);

    await sendFile(page);
    await page.getByLabel('第 3 行，经度').scrollIntoViewIfNeeded();

    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await seriousFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);
});
