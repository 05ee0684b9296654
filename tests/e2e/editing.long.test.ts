import type { Page } from 'playwright-core';
import { mapIsIdle, onScreen, openPage } from './browser-page.ts';
import { seriousFaults } from './serious-faults.ts';
import { withServerAndBrowser } from './with-server.ts';

const at = withServerAndBrowser();

/** Inside 吉林市, away from its rings and label. */
const SPOT: readonly [number, number] = [127.2, 43.35];

type Row = { id: string; names: { zh: string } };
async function firstOf(path: string): Promise<Row> {
  const answer = (await (await at.server.fetch(path)).json()) as { items: Row[] };
  const [row] = answer.items;
  if (row === undefined) throw new Error(`Nothing at ${path}`);
  return row;
}

const field = (page: Page, name: string) => page.getByTestId(`field-${name}`);
/** The browser itself notes every refused request; those the test provokes are no complaint. */
const unexpected = (complaints: readonly string[], status: number) =>
  complaints.filter((text) => !text.includes(`status of ${status}`));

describe('the forms of the register', () => {
  it('add a public risk point by a click on the map, and the list has it', async () => {
    const { page, complaints } = await openPage(at.browser, at.server.url);
    await page.goto('/r/220200');
    await mapIsIdle(page);

    await page.getByTestId('add-menu').click();
    await page.getByTestId('menu-add-public-point').click();
    await page.getByTestId('edit-save').click();
    // All faults at once, each at its field; nothing was sent.
    await page.getByText('请填写中文名称').waitFor();
    await page.getByText('请在地图上选定位置，或输入坐标').waitFor();

    await field(page, 'names-zh').fill('示例临江广场');
    await page.getByTestId('place-button').click();
    await page.getByTestId('place-hint').waitFor();
    const spot = await onScreen(page, SPOT);
    await page.mouse.click(spot.x, spot.y);
    await page.getByTestId('map-pin').waitFor();
    const [lng, lat] = (await field(page, 'position').inputValue()).split(',').map(Number);
    expect(Math.abs((lng ?? 0) - SPOT[0])).toBeLessThan(0.01);
    expect(Math.abs((lat ?? 0) - SPOT[1])).toBeLessThan(0.01);
    await page.getByText('落在：吉林省 › 吉林市').waitFor();

    await page.getByTestId('edit-save').click();
    await page.waitForURL(/\/p\//);
    await page.getByTestId('panel').getByRole('heading', { name: '示例临江广场' }).waitFor();
    expect(await page.getByTestId('toast').innerText()).toContain('已新增：示例临江广场');

    await page.getByTestId('breadcrumb').getByRole('link', { name: '吉林市' }).click();
    await page.getByRole('tab', { name: /风险点/ }).click();
    await page.getByRole('searchbox', { name: '按名称或编号筛选' }).fill('示例临江广场');
    await page.locator('[data-testid^="risk-point-row-"]', { hasText: '示例临江广场' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 180_000);

  it('add a public risk point by typed coordinates: pin, name of the place, then the map shows it', async () => {
    const { page, complaints } = await openPage(at.browser, at.server.url);
    await page.goto('/r/220200');
    await mapIsIdle(page);
    await page.getByTestId('add-menu').click();
    await page.getByTestId('menu-add-public-point').click();
    await field(page, 'names-zh').fill('示例键入位置的广场');
    await field(page, 'position').fill('126.55, 43.85');
    await page.getByText('落在：吉林省 › 吉林市').waitFor();
    await page.getByTestId('map-pin').waitFor();
    await page.getByTestId('edit-save').click();
    await page.waitForURL(/\/p\//);

    await page.getByTestId('panel').getByRole('heading', { name: '示例键入位置的广场' }).waitFor();
    expect(await page.getByTestId('toast').innerText()).toContain('已新增：示例键入位置的广场');
    const id = new URL(page.url()).pathname.slice('/p/'.length);
    const stored = await at.server.fetch(`/api/v1/risk-points/${id}`);
    expect(await stored.json()).toMatchObject({ position: [126.55, 43.85] });
    await isDrawn(page, id, true);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 180_000);

  it('place with the keyboard alone, and Esc ends it', async () => {
    const { page, complaints } = await openPage(at.browser, at.server.url);
    await page.goto('/r/220000');
    await page.getByTestId('region-row-220200').click();
    await page.getByTestId('panel').getByRole('heading', { name: '吉林市' }).waitFor();
    await mapIsIdle(page);
    await page.getByTestId('add-menu').click();
    await page.getByTestId('menu-add-enterprise').click();

    await page.getByTestId('place-button').press('Enter');
    await page.getByTestId('place-hint').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('place-hint').waitFor({ state: 'detached' });
    expect(await field(page, 'position').inputValue()).toBe('');
    await page.getByTestId('place-button').press('Enter');
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(600);
    await page.keyboard.press('Enter');

    await page.getByTestId('map-pin').waitFor();
    expect(await field(page, 'position').inputValue()).toMatch(/^12\d\.\d+, 4\d\.\d+$/);
    // What was typed survives a reload, and the form is open again.
    await field(page, 'names-zh').fill('示例草稿厂');
    page.on('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await page.getByTestId('edit-form').waitFor();
    expect(await field(page, 'names-zh').inputValue()).toBe('示例草稿厂');
    // Leaving asks once, by a link as by the browser's way back.
    await page.getByTestId('breadcrumb').getByRole('link', { name: '吉林省' }).click();
    await page.getByTestId('leave-stay').click();
    expect(page.url()).toMatch(/\/r\/220200/);
    await page.getByTestId('breadcrumb').getByRole('link', { name: '吉林省' }).click();
    await page.getByTestId('leave-discard').click();
    await page.getByTestId('edit-form').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 180_000);

  it('change a name, and check a credit code while it is typed', async () => {
    const enterprise = await firstOf('/api/v1/enterprises?region=220100&limit=1');
    const { page, complaints } = await openPage(at.browser, at.server.url);
    await page.goto(`/e/${enterprise.id}`);
    await page.getByTestId('edit-button').click();

    await field(page, 'names-zh').fill('示例改名后的厂');
    await field(page, 'uscc').fill('91350100M000100Y55');
    // The example code ends in 43: both check characters are told with what they should be.
    await page.getByText(/第 17 位.*应为 4/).waitFor();
    await page.getByText(/第 18 位.*应为 3/).waitFor();
    await page.getByTestId('uscc-keep').click();
    await field(page, 'usccReason').fill('示例：证照原件如此');
    await page.getByTestId('edit-save').click();

    await page.getByTestId('edit-form').waitFor({ state: 'detached' });
    await page.getByTestId('panel').getByRole('heading', { name: '示例改名后的厂' }).waitFor();
    await page.getByText('91350100M000100Y55').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);

  it('let two people who edited one record choose field by field', async () => {
    const enterprise = await firstOf('/api/v1/enterprises?region=220300&limit=1');
    const open = async () => {
      const watched = await openPage(at.browser, at.server.url);
      await watched.page.goto(`/e/${enterprise.id}`);
      await watched.page.getByTestId('edit-button').click();
      await watched.page.getByTestId('edit-form').waitFor();
      return watched;
    };
    const [first, second] = [await open(), await open()];
    await field(first.page, 'names-zh').fill('示例第一人');
    await field(first.page, 'address').fill('示例路 1 号');
    await first.page.getByTestId('edit-save').click();
    await first.page.getByTestId('toast').waitFor();

    await field(second.page, 'names-zh').fill('示例第二人');
    await field(second.page, 'principalName').fill('示例某');
    await second.page.getByTestId('edit-save').click();
    await second.page.getByTestId('edit-conflict').waitFor();

    // Only the name was changed by both; the address is theirs, the principal is kept.
    expect(
      await second.page.locator('[data-testid^="conflict-"][data-testid$="-mine"]').count(),
    ).toBe(1);
    expect(await second.page.getByTestId('edit-save').isDisabled()).toBe(true);
    await second.page.getByTestId('conflict-names-theirs').click();
    await second.page.getByTestId('edit-save').click();
    await second.page.getByTestId('edit-form').waitFor({ state: 'detached' });

    const url = `/api/v1/enterprises/${enterprise.id}`;
    expect(await (await at.server.fetch(url)).json()).toMatchObject({
      names: { zh: '示例第一人' },
      address: '示例路 1 号',
      principalName: '示例某',
    });
    expect(unexpected(second.complaints, 412)).toEqual([]);
    await first.page.context().close();
    await second.page.context().close();
  }, 180_000);

  it('delete with a reason and take it back', async () => {
    const point = await firstOf('/api/v1/risk-points?region=220200&level=2&limit=1');
    const { page, complaints } = await openPage(at.browser, at.server.url);
    await page.goto(`/p/${point.id}`);
    await mapIsIdle(page);

    await page.getByTestId('card-menu').click();
    await page.getByTestId('menu-delete').click();
    await page.getByTestId('delete-confirm').click();
    await page.getByText('请填写删除原因').waitFor();
    await page.getByTestId('delete-reason').fill('示例：重复登记');
    await page.getByTestId('delete-confirm').click();
    await page.getByTestId('toast-action').waitFor();
    expect(page.url()).not.toContain(point.id);
    const url = `/api/v1/risk-points/${point.id}`;
    expect((await at.server.fetch(url)).status).toBe(404);
    await isDrawn(page, point.id, false);

    await page.getByTestId('toast-action').click();
    await page.waitForURL(`**/p/${point.id}*`);
    expect((await at.server.fetch(url)).status).toBe(200);
    await isDrawn(page, point.id, true);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 180_000);

  it('add a hazard source and a measure to a risk point', async () => {
    const point = await firstOf('/api/v1/risk-points?region=220400&limit=1');
    const { page, complaints } = await openPage(at.browser, at.server.url);
    await page.goto(`/p/${point.id}`);

    await page.getByTestId('add-hazard-source').click();
    await field(page, 'names-zh').fill('示例新危险源');
    await page.getByTestId('edit-save').click();
    await page.getByText('示例新危险源').first().waitFor();
    await page.getByTestId('add-measure').click();
    await field(page, 'text-zh').fill('示例新措施：每班检查');
    await field(page, 'hazardSourceId').selectOption({ label: '示例新危险源' });
    await page.getByTestId('edit-save').click();

    await page.locator('[data-testid^="measure-"]', { hasText: '示例新措施：每班检查' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);

  it('lead from the list of faults to the record', async () => {
    const { page, complaints } = await openPage(at.browser, at.server.url);
    await page.goto('/r/220000');
    await page.getByTestId('faults-link').click();
    await page.waitForURL(/\/faults/);

    await page.getByTestId('fault-kind-major-held-low').click();
    await page
      .getByText(/重大风险应由公司级管控/)
      .first()
      .waitFor();
    await page.locator('[data-testid^="fault-major-held-low-"]').first().click();
    await page.waitForURL(/\/p\//);

    await page.getByText(/重大风险应由公司级管控/).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);

  it('have no serious fault for assistive technology, light and dark', async () => {
    const enterprise = await firstOf('/api/v1/enterprises?region=220500&limit=1');
    for (const [colorScheme, path] of [
      ['light', `/e/${enterprise.id}`],
      ['dark', `/e/${enterprise.id}?lang=en`],
    ] as const) {
      const { page } = await openPage(at.browser, at.server.url, { colorScheme });
      await page.goto(path);
      await page.getByTestId('edit-button').click();
      await field(page, 'names-zh').fill('');
      await field(page, 'uscc').fill('91350100M000100Y55');
      await page.locator('.more-fields summary').click();
      await page.getByTestId('edit-save').click();
      await page.waitForTimeout(400);
      expect(await seriousFaults(page)).toEqual([]);
      await page.goto('/faults');
      await page.locator('[data-testid="faults"] [data-row]').first().waitFor();
      await page.waitForTimeout(400);
      expect(await seriousFaults(page)).toEqual([]);
      await page.context().close();
    }
  }, 180_000);
});

type MapWindow = Window & {
  __riskMap?: {
    queryRenderedFeatures(options: { layers: string[] }): { properties: { id?: string } }[];
  };
};

/** Waits until the map shows the point, or no longer does. */
async function isDrawn(page: Page, id: string, expected: boolean): Promise<void> {
  await page.waitForFunction(
    ([wanted, shown]) => {
      const drawn = (window as MapWindow).__riskMap?.queryRenderedFeatures({
        layers: ['risk-points'],
      });
      return drawn?.some(({ properties }) => properties.id === wanted) === shown;
    },
    [id, expected] as const,
    { timeout: 20_000 },
  );
}
