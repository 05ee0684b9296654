import { openPage } from './browser-page.ts';
import { seriousFaults } from './serious-faults.ts';
import { withServerAndBrowser } from './with-server.ts';

const at = withServerAndBrowser();

type Row = { id: string; names: { zh: string }; enterprise: { id: string } };

const url = (path: string): string => `/api/v1${path}`;
const statusOf = async (path: string): Promise<number> => (await at.server.fetch(url(path))).status;

/** Deletes a record as another person would, past the screen. */
async function remove(path: string): Promise<void> {
  const { headers } = await at.server.fetch(url(path));
  const { status } = await at.server.fetch(
    url(`${path}?reason=${encodeURIComponent('示例误录')}`),
    {
      method: 'DELETE',
      headers: { 'If-Match': headers.get('etag') ?? '' },
    },
  );
  expect(status).toBe(200);
}

async function aPointOf(region: string): Promise<Row> {
  const query = `/risk-points?region=${region}&level=2&limit=1`;
  const { items } = (await (await at.server.fetch(url(query))).json()) as { items: [Row] };
  return items[0];
}

describe('the page of deleted records', () => {
  it('brings a record back after the message has gone', async () => {
    const point = await aPointOf('220200');
    const { page, complaints } = await openPage(at.browser, at.server.url);
    await page.goto(`/p/${point.id}`);
    await page.getByTestId('card-menu').click();
    await page.getByTestId('menu-delete').click();
    await page.getByTestId('delete-reason').fill('示例：重复登记');
    await page.getByTestId('delete-confirm').click();
    await page.getByTestId('toast').getByRole('button', { name: '关闭' }).click();
    await page.getByTestId('toast').waitFor({ state: 'detached' });

    await page.goto('/r/220200');
    await page.getByTestId('card-menu').click();
    await page.getByTestId('menu-deleted').click();
    await page.waitForURL(/\/deleted\?at=r\.220200/);
    await page.reload();
    const row = page.getByTestId(`deleted-${point.id}`);
    await row.getByText(point.names.zh).waitFor();
    await row.getByText('删除原因：示例：重复登记').waitFor();
    await page.getByTestId(`restore-${point.id}`).click();

    await row.waitFor({ state: 'detached' });
    expect(await page.getByTestId('toast').innerText()).toContain(`已恢复：${point.names.zh}`);
    expect(await statusOf(`/risk-points/${point.id}`)).toBe(200);
    await page.getByText('吉林市没有已删除的记录。').waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL(/\/r\/220200/);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 180_000);

  it('says what has to come back first', async () => {
    const point = await aPointOf('220500');
    await remove(`/risk-points/${point.id}`);
    const { page, complaints } = await openPage(at.browser, at.server.url);
    await page.goto('/faults?at=r.220500');
    await page.getByTestId('deleted-link').click();
    await page.getByTestId(`restore-${point.id}`).waitFor();
    // Gone since the list was read: the refusal stands beside the row, and so does what to do.
    await remove(`/enterprises/${point.enterprise.id}`);
    await page.getByTestId(`restore-${point.id}`).click();
    const row = page.getByTestId(`deleted-${point.id}`);
    await row.getByRole('alert').waitFor();
    await row.getByText(/所属企业“.*”也已删除，请先恢复该企业。/).waitFor();
    expect(await page.getByTestId(`restore-${point.id}`).isDisabled()).toBe(true);
    expect(await seriousFaults(page)).toEqual([]);

    await page.getByTestId(`restore-${point.enterprise.id}`).click();
    await page.getByTestId(`deleted-${point.enterprise.id}`).waitFor({ state: 'detached' });
    await page.getByTestId(`restore-${point.id}`).click();
    await row.waitFor({ state: 'detached' });

    expect(await statusOf(`/risk-points/${point.id}`)).toBe(200);
    // The browser itself notes the refusal that the test provokes.
    expect(complaints.filter((text) => !text.includes('status of 409'))).toEqual([]);
    await page.context().close();
  }, 180_000);
});
