import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { launchBrowser, mapIsIdle, openPage } from './browser-page.ts';
import { startServerAgain } from './real-server.ts';
import type { RealServer } from './real-server.ts';

let server: RealServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServerAgain(), launchBrowser()]);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const cases = [
  ['/', 'light', 'zh-CN'],
  ['/r/220200', 'dark', 'zh-CN'],
  ['/r/220200?lang=en', 'light', 'en'],
] as const;

describe('what assistive technology meets', () => {
  it.each(cases)(
    'has no serious fault on %s in the %s scheme',
    async (path, colorScheme, locale) => {
      const { page } = await openPage(browser, server.url, { colorScheme, locale });
      await page.goto(path);
      await mapIsIdle(page);

      await page.evaluate(axe.source);
      const results = await page.evaluate(() =>
        (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
      );

      const serious = results.violations.filter(
        ({ impact }) => impact === 'serious' || impact === 'critical',
      );
      expect(
        serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),
      ).toEqual([]);
      await page.context().close();
    },
    120_000,
  );
});
