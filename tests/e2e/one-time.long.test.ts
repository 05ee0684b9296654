import type { Page } from 'playwright-core';
import { openPage } from './browser-page.ts';
import { seriousFaults } from './serious-faults.ts';
import { withServerAndBrowser } from './with-server.ts';

const at = withServerAndBrowser();

const PASSWORD = '松花江上的清晨 2026';

/** Past the screen, as whoever is signed in on the page. */
async function post(page: Page, path: string, data?: object): Promise<Record<string, unknown>> {
  const session = await page.request.get('/api/v1/session');
  const { csrfToken } = (await session.json()) as { csrfToken: string };
  const headers = { 'x-csrf-token': csrfToken, origin: at.server.url };
  const answer = await page.request.post(`/api/v1${path}`, { headers, ...(data && { data }) });
  expect(answer.status()).toBe(201);
  return (await answer.json()) as Record<string, unknown>;
}

/** It is printed a moment after the service listens. */
async function printedAddress(): Promise<string> {
  for (let tried = 0; tried < 600; tried += 1) {
    const [address] = /http:\S+\/set-up#[\w-]+/.exec(at.server.printed()) ?? [];
    if (address !== undefined) return address;
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  throw new Error(`No address to set it up:\n${at.server.printed()}`);
}

async function typePassword(page: Page): Promise<void> {
  const fields = page.locator('input[type=password]');
  await fields.nth(0).fill(PASSWORD);
  await fields.nth(1).fill(PASSWORD);
}

describe('a one-time address', () => {
  it('makes the first administrator, who gives roles and makes an address for another', async () => {
    const address = await printedAddress();
    const { page, complaints } = await openPage(at.browser, at.server.url);
    await page.goto(address);
    await page.getByLabel('账号名').fill('guanli');
    await page.getByLabel('姓名或单位').fill('安全科');
    await typePassword(page);
    await page.getByTestId('set-up-form-send').click();
    await page.getByTestId('set-up-form').waitFor({ state: 'detached' });

    const { account } = await post(page, '/accounts', { name: 'pinggu', fullName: '评估一科' });
    await page.goto('/accounts');
    await page.getByText('授予角色').last().click();
    await page.getByTestId('grant-form').getByText('可以：查看').waitFor();
    const { id } = account as { id: string };
    await post(page, '/grants', { accountId: id, role: 'viewer', regions: ['220200'] });
    const { url } = await post(page, `/accounts/${id}/recovery`);
    // The service does not know itself on which port it was put.
    const link = `/recover${new URL(String(url)).hash}`;
    expect(complaints).toEqual([]);

    const other = await openPage(at.browser, at.server.url);
    await other.page.goto(link);
    expect(await other.page.getByTestId('link-whose').innerText()).toContain('评估一科');
    await typePassword(other.page);
    expect(await seriousFaults(other.page)).toEqual([]);
    await other.page.getByTestId('recover-form-send').click();
    // He sees one city: the legend says that it counts a part.
    await other.page.getByTestId('legend-limit').waitFor();
    expect(other.complaints).toEqual([]);

    const late = await openPage(at.browser, at.server.url);
    await late.page.goto(link);
    await late.page.getByTestId('refusal').getByText('已使用或已过期').waitFor();
    expect(await late.page.getByTestId('recover-form').count()).toBe(0);
    await late.page.goto(address);
    await late.page.getByTestId('refusal').getByText('重新启动服务').waitFor();
    await Promise.all([page, other.page, late.page].map((each) => each.context().close()));
  }, 240_000);
});
