import { mapIsIdle, openPage } from './browser-page.ts';
import { seriousFaults } from './serious-faults.ts';
import { withServerAndBrowser } from './with-server.ts';

const at = withServerAndBrowser();

const cases = [
  ['/', 'light', 'zh-CN'],
  ['/r/220200', 'dark', 'zh-CN'],
  ['/r/220200?lang=en', 'light', 'en'],
] as const;

describe('what assistive technology meets', () => {
  it.each(cases)(
    'has no serious fault on %s in the %s scheme',
    async (path, colorScheme, locale) => {
      const { page } = await openPage(at.browser, at.server.url, { colorScheme, locale });
      await page.goto(path);
      await mapIsIdle(page);

      expect(await seriousFaults(page)).toEqual([]);
      await page.context().close();
    },
    120_000,
  );
});
