import type { Page } from 'playwright-core';
import { openPage } from './browser-page.ts';
import { seriousFaults } from './serious-faults.ts';
import { withServerAndBrowser } from './with-server.ts';

const at = withServerAndBrowser();

/** Places of 吉林市 as AMap writes them; no row names a county. */
const CSV = `风险点编号,风险点名称,经度,纬度
HX-1,验收储罐区,126.551,43.851
HX-2,验收锅炉房,126.552,43.852
HX-3,验收仓库,126.553,43.853
`;

/** The reading cards, line by line: letter, name, what speaks for it. */
async function cards(page: Page): Promise<readonly string[]> {
  const texts = await page.locator('.import-readings .import-choice').allInnerTexts();
  return texts.map((text) =>
    text
      .replace(/^[A-C]/, '$& ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
}

/** Where the rows lie by what the import now says, to 4 decimals: some 10 m. */
async function places(page: Page): Promise<readonly (readonly number[])[]> {
  const id = /[0-9a-f-]{36}/.exec(page.url())?.[0];
  const answer = await at.server.fetch(`/api/v1/imports/${id}/places`);
  const { items } = (await answer.json()) as { items: { position: number[] }[] };
  return items.map(({ position }) => position.map((degrees) => Number(degrees.toFixed(4))));
}

describe('a file that does not say its datum, in a browser', () => {
  it('shows every reading with its letter and metres, and judges the rows by the one that is chosen', async () => {
    const { page, complaints } = await openPage(at.browser, at.server.url);
    await page.goto('/imports');
    const file = { name: '验收点.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV, 'utf8') };
    await page.getByTestId('import-file').setInputFiles(file);
    await page.getByTestId('import-read').click();
    await page.waitForURL(/\/imports\/[0-9a-f-]{36}/, { timeout: 60_000 });

    const part = page.getByTestId('import-crs-part');
    await part.getByText('坐标系还不能确定，请选定').waitFor({ timeout: 60_000 });
    // By another implementation of the datums the row in the middle moves by 521.4 m and 1325.4 m.
    expect(await cards(page)).toEqual([
      'A WGS 84 经纬度',
      'B GCJ-02（火星坐标，高德、腾讯） 与“WGS 84 经纬度”的读法相差 521 m',
      'C BD-09（百度） 与“WGS 84 经纬度”的读法相差 1,325 m',
    ]);
    const map = page.getByTestId('import-map');
    await map.getByText('BD-09（百度）：吉林市').waitFor();
    expect(await map.locator('.import-key .has-letter').allInnerTexts()).toEqual(['A', 'B', 'C']);
    expect(await page.getByTestId('import-commit').count()).toBe(0);
    expect(await seriousFaults(page)).toEqual([]);

    await page.getByTestId('import-reading-gcj02').check();
    await part.getByText('换成这种读法，位置移动 521 m（中位数）。').waitFor();
    await page.getByTestId('import-crs-apply').click();

    await part
      .getByText('按 GCJ-02（火星坐标，高德、腾讯） 读取', { exact: true })
      .waitFor({ timeout: 60_000 });
    await page.getByText('写入全部 3 行').waitFor({ timeout: 60_000 });
    expect(await page.getByTestId('import-tab-new').innerText()).toMatch(/新增\s*3/);
    expect(await places(page)).toEqual([
      [126.5453, 43.8487],
      [126.5463, 43.8497],
      [126.5473, 43.8507],
    ]);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 240_000);
});
