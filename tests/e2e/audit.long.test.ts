import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { openPage } from './browser-page.ts';
import { withServerAndBrowser } from './with-server.ts';

const at = withServerAndBrowser();

/** Reads the card of an enterprise as the assessor; its id. */
async function readACard(page: Page): Promise<string> {
  const answer = await page.request.get('/api/v1/enterprises?region=220200&limit=1');
  const [enterprise] = ((await answer.json()) as { items: { id: string }[] }).items;
  if (enterprise === undefined) throw new Error('There is no enterprise');
  await page.request.get(`/api/v1/enterprises/${enterprise.id}`);
  return enterprise.id;
}

/** From now on the page is looked at by the auditor of the demonstration. */
async function becomeAuditor(page: Page): Promise<void> {
  await page.context().clearCookies();
  await page.request.post('/api/v1/session/demonstration', {
    data: { role: 'auditor' },
    failOnStatusCode: true,
  });
}

describe('the audit on the screen', () => {
  it('tells the auditor who read a record, opens it, and hands the same out as a file', async () => {
    const { page, complaints } = await openPage(at.browser, at.server.url, {
      acceptDownloads: true,
    });
    const id = await readACard(page);
    await becomeAuditor(page);
    await page.goto('/');
    await page.getByTestId('account-button').click();
    await page.getByTestId('menu-audit').click();

    await page.getByTestId('field-subject').fill(id);
    await page.getByTestId('field-subject').press('Enter');
    await page.getByTestId('audit-clear').waitFor();
    // The list of before stands until the chosen one is there.
    const row = page
      .locator('.audit-row')
      .filter({ hasText: '查看' })
      .filter({ hasText: id.slice(-12) });
    await row.first().waitFor();
    expect(await row.first().innerText()).toContain('demo-assessor');
    expect(page.url()).toContain(`subject=${id}`);

    await row.first().getByRole('button').first().click();
    expect(await page.locator('.audit-facts').innerText()).toMatch(/哈希\s+[0-9a-f]{64}/);

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByTestId('audit-file').click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^审计记录_\d{4}-\d\d-\d\d\.csv$/);
    expect((await readFile(await download.path())).toString()).toContain(`查看,企业,${id}`);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);
});
