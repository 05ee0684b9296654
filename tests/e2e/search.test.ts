import type { Page } from 'playwright-core';
import { mapIsIdle, openPage } from './browser-page.ts';
import { seriousFaults } from './serious-faults.ts';
import { withServerAndBrowser } from './with-server.ts';

const at = withServerAndBrowser();

type Point = { id: string; code: string; names: { zh: string }; position: [number, number] };
async function aPoint(): Promise<Point> {
  const answer = await at.server.fetch(`/api/v1/risk-points?region=220200&level=1&limit=1`);
  const [point] = ((await answer.json()) as { items: Point[] }).items;
  if (point === undefined) throw new Error('There is no risk point');
  return point;
}

async function search(page: Page, text: string): Promise<void> {
  await page.getByTestId('search-input').fill(text);
  await page.getByTestId('search-popup').waitFor();
}

describe('the search box', () => {
  it('finds a region by name and drills to it with keys only', async () => {
    const { page, complaints } = await openPage(at.browser, at.server.url);
    await page.goto('/r/220000');
    await mapIsIdle(page);

    await page.keyboard.press('/');
    await page.keyboard.type('延边');
    const row = page.getByTestId('found-region-222400');
    await row.waitFor();
    await page.keyboard.press('ArrowDown');
    const input = page.getByTestId('search-input');
    const active = await input.getAttribute('aria-activedescendant');
    expect(await page.locator(`#${active}`).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Enter');

    await page.waitForURL(/\/r\/222400/);
    await page.getByTestId('panel').getByRole('heading', { name: '延边朝鲜族自治州' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);

  it('finds by pinyin initials and by code', async () => {
    const point = await aPoint();
    const { page, complaints } = await openPage(at.browser, at.server.url);
    await page.goto('/r/220000');

    // 吉林市: the initials are jls.
    await search(page, 'jls');
    await page.getByTestId('found-region-220200').waitFor();
    await search(page, point.code);
    await page.getByTestId(`found-risk-point-${point.id}`).click();

    await page.waitForURL(`**/p/${point.id}*`);
    await page.getByTestId('panel').getByRole('heading', { name: point.names.zh }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);

  it('reads a coordinate in its declared system, drops a pin and says what is there', async () => {
    const { page, complaints } = await openPage(at.browser, at.server.url);
    const point = await aPoint();
    await page.goto('/r/220000');
    await mapIsIdle(page);

    await search(page, point.position.join(', '));
    await page.locator('[data-testid^="found-coordinate-"]').click();
    await page.getByTestId('here').waitFor();
    await page.getByTestId('map-pin').waitFor();
    // The point that was asked about is the nearest one, at no distance.
    const nearest = page.locator('[data-testid^="near-"]').first();
    await nearest.waitFor();
    expect(await nearest.getAttribute('data-testid')).toBe(`near-${point.id}`);
    await nearest.getByText('0 米', { exact: true }).waitFor();

    await search(page, '126.55 43.84');
    await page.getByTestId('search-crs').selectOption('gcj02');
    // GCJ-02 lies about half a kilometre from WGS 84 here.
    await page.locator('[data-testid^="found-coordinate-126.54"]').click();
    await page.getByText('126.55 43.84 · GCJ-02', { exact: false }).waitFor();
    await page.getByTestId('here-close').click();
    await page.getByTestId('map-pin').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);

  it('says what was searched and offers the wider area', async () => {
    const { page, complaints } = await openPage(at.browser, at.server.url);
    await page.goto('/r/220200');
    await page.getByTestId('panel').getByRole('heading', { name: '吉林市' }).waitFor();

    await search(page, '延边朝鲜');
    await page.getByRole('button', { name: '仅吉林市' }).click();
    await page
      .getByTestId('search-none')
      .getByText(/已查：行政区/)
      .waitFor();
    await page.getByTestId('search-wider').click();

    await page.getByTestId('found-region-222400').waitFor();
    await search(page, '没有这样的东西');
    await page.getByText('没有找到“没有这样的东西”').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);

  it('covers the map of a phone and has no serious fault for assistive technology', async () => {
    const { page, complaints } = await openPage(at.browser, at.server.url, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await page.goto('/r/220000');
    await page.getByTestId('panel').getByRole('heading', { name: '吉林省' }).waitFor();

    await search(page, '示例');
    const row = page.locator('[data-testid^="found-"]').last();
    await row.waitFor();
    await page.waitForTimeout(400);
    const box = await row.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    expect(await seriousFaults(page)).toEqual([]);
    await row.tap();
    await page.getByTestId('search-popup').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);
});
