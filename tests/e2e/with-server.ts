import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser-page.ts';
import { startServerAgain } from './real-server.ts';
import type { RealServer } from './real-server.ts';

/** The program and a browser for all tests of a suite; both end with it. */
export function withServerAndBrowser(): { readonly server: RealServer; readonly browser: Browser } {
  let server: RealServer | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    [server, browser] = await Promise.all([startServerAgain(), launchBrowser()]);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
  return {
    get server() {
      return started(server);
    },
    get browser() {
      return started(browser);
    },
  };
}

function started<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('It starts before the first test, not before');
  return value;
}
