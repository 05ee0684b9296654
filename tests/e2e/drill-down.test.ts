import { colourPixels, eventually, mapIsIdle, onScreen, openPage } from './browser-page.ts';
import { withServerAndBrowser } from './with-server.ts';

const at = withServerAndBrowser();

/** Inside 吉林市, away from its ring and label. */
const JILIN_CITY: readonly [number, number] = [127.2, 43.35];

describe('the map in a browser', () => {
  it('shows four colours, drills to a risk point by clicks only, explains it, and is restored by its address', async () => {
    const { page, complaints } = await openPage(at.browser, at.server.url, {
      reducedMotion: 'no-preference',
    });
    await page.goto('/');
    await mapIsIdle(page);

    const colours = await colourPixels(page);
    for (const count of Object.values(colours)) expect(count).toBeGreaterThan(2_000);

    const spot = await onScreen(page, JILIN_CITY);
    await page.mouse.click(spot.x, spot.y);
    await page.waitForURL(/\/r\/220200/);
    const panel = page.getByTestId('panel');
    await panel.getByRole('heading', { name: '吉林市' }).waitFor();

    await panel.getByRole('tab', { name: /企业/ }).click();
    await panel.locator('[data-testid^="enterprise-row-"]').first().click();
    await page.waitForURL(/\/e\//);
    await panel.locator('[data-testid^="risk-point-row-"]').first().click();
    await page.waitForURL(/\/p\//);

    await panel.getByTestId('why-button').click();
    await page.getByTestId('why-panel').getByText(/就高/).first().waitFor();
    const why = await page.getByTestId('why-panel').innerText();
    // A score with its numbers, the band that decided, and the highest-level principle.
    expect(why).toMatch(/[×·].*=\s*[\d.]+/);
    expect(why).toMatch(/就高/);
    expect(await page.getByTestId('breadcrumb').innerText()).toMatch(
      /吉林省[\s\S]*吉林市[\s\S]*示例/,
    );
    await mapIsIdle(page);

    const address = page.url();
    const breadcrumb = await page.getByTestId('breadcrumb').innerText();
    await page.reload();
    await mapIsIdle(page);
    expect(page.url()).toBe(address);
    const restored = () => page.getByTestId('breadcrumb').innerText();
    expect(await eventually(restored, breadcrumb)).toBe(breadcrumb);

    await page.goBack();
    await page.waitForURL(/\/e\//);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 180_000);

  it('recolours by the other rule and keeps it in the address', async () => {
    const { page, complaints } = await openPage(at.browser, at.server.url);
    await page.goto('/');
    await mapIsIdle(page);
    const weighted = await colourPixels(page);

    await page.getByTestId('rule-highest').click();
    await page.waitForURL(/rule=highest/);
    await page.waitForTimeout(500);
    await mapIsIdle(page);
    const highest = await colourPixels(page);

    // Under 就高 nearly every city has a 重大 somewhere.
    expect(highest.red).toBeGreaterThan(2 * weighted.red);
    await page.reload();
    await mapIsIdle(page);
    expect((await colourPixels(page)).red).toBeGreaterThan(2 * weighted.red);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);

  it('speaks English on request, everywhere', async () => {
    const { page, complaints } = await openPage(at.browser, at.server.url);
    await page.goto('/');
    await mapIsIdle(page);

    await page.getByTestId('lang-switch').click();

    await page.getByTestId('panel').getByRole('heading', { name: 'Jilin Province' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
    const legend = await page.getByTestId('legend').innerText();
    expect(legend).toContain('Not assessed');
    // 期 is the letter of expired in every language, as Ⅰ…Ⅳ are those of the levels.
    expect(legend.replaceAll('期', '')).not.toMatch(/[\u4E00-\u9FFF]/u);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);

  it('works on a phone', async () => {
    const { page, complaints } = await openPage(at.browser, at.server.url, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      deviceScaleFactor: 2,
    });
    await page.goto('/r/220200');
    await mapIsIdle(page);

    const drawer = page.getByTestId('panel');
    await drawer.getByRole('heading', { name: '吉林市' }).waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);

    expect(width).toBe(390);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);
});
