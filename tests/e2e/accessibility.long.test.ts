import type { Browser } from 'playwright-core';
import { launchBrowser, mapIsIdle, openPage } from './browser-page.ts';
import { startServerAgain } from './real-server.ts';
import type { RealServer } from './real-server.ts';
import { seriousFaults } from './serious-faults.ts';

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

      expect(await seriousFaults(page)).toEqual([]);
      await page.context().close();
    },
    120_000,
  );
});
