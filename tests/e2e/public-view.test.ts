import type { Page } from 'playwright-core';
import { colourPixels, mapIsIdle, openPage } from './browser-page.ts';
import { withServerAndBrowser } from './with-server.ts';

const at = withServerAndBrowser();

async function expectPublicCard(page: Page): Promise<void> {
  await page.getByTestId('told-region').waitFor();
  const text = (await page.getByTestId('panel').textContent()) ?? '';
  expect(text).toContain('公开数据');
  expect(text).toContain('不足 5 家的数量和区域不公布');
  expect(text).not.toContain('加权值 W');
  await page.getByTestId('told-row-220200').waitFor();
  expect(await page.getByTestId('search-input').count()).toBe(0);
  expect(await page.getByTestId('legend').count()).toBe(0);
  await page.getByTestId('told-legend').waitFor();
  await mapIsIdle(page);
  const { red, orange, blue } = await colourPixels(page);
  for (const pixels of [red, orange, blue]) expect(pixels).toBeGreaterThan(2_000);
}

describe('what everyone is told', () => {
  it('is what whoever is not signed in sees, and a way to sign in', async () => {
    const { page, complaints } = await openPage(at.browser, at.server.url);
    await page.goto('/');
    await page.getByTestId('demo-identity').selectOption('public');

    await expectPublicCard(page);
    await page.getByTestId('told-row-220200').click();
    await page.getByRole('heading', { name: '吉林市' }).waitFor();
    expect(await page.getByTestId('sign-in-link').isVisible()).toBe(true);
    // A tile that was on its way when he signed out is refused.
    expect(complaints.filter((line) => !line.includes('401'))).toEqual([]);
    await page.context().close();
  });

  it('is shown to an account that looks through the public’s eyes, until it goes back', async () => {
    const { page, complaints } = await openPage(at.browser, at.server.url);
    await page.goto('/');
    await page.getByTestId('account-button').click();
    await page.getByTestId('see-as-public').click();

    await expectPublicCard(page);
    await page.reload();
    await expectPublicCard(page);
    await page.getByTestId('seen-as-bar').getByRole('button').click();
    await page.getByTestId('legend').waitFor();
    expect(await page.getByTestId('told-region').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('is another thing than the view of a district: that one counts what lies in it', async () => {
    const { page, complaints } = await openPage(at.browser, at.server.url);
    await page.goto('/r/220200');
    const row = page.getByTestId('legend-row-1').filter({ hasText: /\d/ });
    const whole = await row.textContent();
    await page.getByTestId('account-button').click();
    await page.getByText('吉林市（行政区）').click();
    await page.getByTestId('limit-note').waitFor();
    await page.getByTestId('legend-limit').waitFor();
    // The row shows a dash until the counts of these other eyes have come.
    expect(await row.textContent()).toBe(whole);

    await page.getByTestId('breadcrumb').getByText('吉林省').click();
    await page.getByRole('heading', { name: '吉林省' }).waitFor();
    // The province as the city sees it: its own points, and none of the others.
    await page.waitForFunction(
      (expected) =>
        document.querySelector('[data-testid="legend-row-1"]')?.textContent === expected,
      whole,
    );
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
