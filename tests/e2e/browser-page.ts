import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { findChromium } from '#tests/support/chromium.mjs';

const ARGS = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-background-networking',
  '--disable-sync',
  '--no-first-run',
];

export function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('There is no Chromium on this machine');
  return chromium.launch({ executablePath, args: ARGS });
}

/** A page that remembers what no page of ours may do: errors on the console, requests to other machines. */
export type WatchedPage = {
  readonly page: Page;
  readonly complaints: readonly string[];
};

/** A page of somebody who may do everything with risks: the assessor of the demonstration. */
export async function openPage(
  browser: Browser,
  baseURL: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    baseURL,
    viewport: { width: 1440, height: 900 },
    locale: 'zh-CN',
    // Without a graphics card each frame of a flight takes a while; suites that are about movement ask for it.
    reducedMotion: 'reduce',
    ...options,
  });
  await context.request.post('/api/v1/session/demonstration', {
    data: { role: 'assessor' },
    failOnStatusCode: true,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(baseURL) && !/^(data|blob):/.test(url)) complaints.push(`foreign: ${url}`);
  });
  return { page, complaints };
}

const PATIENCE_MS = 20_000;

/** What is read from the page as soon as it is the expected, or what it still is after a while: answers take their time. */
export async function eventually<T>(read: () => Promise<T>, expected: T): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; ;) {
    const now = await read();
    if (now === expected || Date.now() > end) return now;
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
}

type MapWindow = Window & {
  __riskMap?: {
    loaded(): boolean;
    isMoving(): boolean;
    getSource(id: string): object | undefined;
    isSourceLoaded(id: string): boolean;
    areTilesLoaded(): boolean;
    project(at: [number, number]): { x: number; y: number };
    getCanvas(): HTMLCanvasElement;
    once(event: string, run: () => void): void;
    triggerRepaint(): void;
  };
};

/** Waits until the map has drawn everything that it asked for, and goes on asking for nothing. */
export async function mapIsIdle(page: Page): Promise<void> {
  let quiet = 0;
  for (const end = Date.now() + 60_000; quiet < 4; quiet = (await isQuiet(page)) ? quiet + 1 : 0) {
    if (Date.now() > end) throw new Error('The map does not come to rest');
    await page.waitForTimeout(150);
  }
}

function isQuiet(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const map = (window as MapWindow).__riskMap;
    return (
      map !== undefined &&
      map.getSource('regions') !== undefined &&
      map.isSourceLoaded('regions') &&
      map.loaded() &&
      map.areTilesLoaded() &&
      !map.isMoving()
    );
  });
}

/** Where a position [lon, lat] is on the screen, CSS pixels. */
export function onScreen(
  page: Page,
  at: readonly [number, number],
): Promise<{ x: number; y: number }> {
  return page.evaluate(([lon, lat]) => {
    const map = (window as MapWindow).__riskMap;
    if (!map) throw new Error('There is no map');
    const { x, y } = map.project([lon, lat]);
    const box = map.getCanvas().getBoundingClientRect();
    return { x: x + box.left, y: y + box.top };
  }, at);
}

/** How many pixels of the map's canvas look like each of the four level colours. */
export function colourPixels(
  page: Page,
): Promise<Record<'red' | 'orange' | 'yellow' | 'blue', number>> {
  return page.evaluate(async () => {
    const map = (window as MapWindow).__riskMap;
    if (!map) throw new Error('There is no map');
    const canvas = document.createElement('canvas');
    // The drawing buffer is empty again after the frame, so it is copied inside one.
    await new Promise<void>((resolve) => {
      map.once('render', () => {
        const source = map.getCanvas();
        canvas.width = source.width;
        canvas.height = source.height;
        canvas.getContext('2d')?.drawImage(source, 0, 0);
        resolve();
      });
      map.triggerRepaint();
    });
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
    const found = { red: 0, orange: 0, yellow: 0, blue: 0 };
    for (let i = 0; i < (pixels?.length ?? 0); i += 4) {
      const [r = 0, g = 0, b = 0] = [pixels?.[i], pixels?.[i + 1], pixels?.[i + 2]];
      if (r > 150 && g < 100 && b < 110 && r - g > 90) found.red += 1;
      else if (r > 200 && g > 115 && g < 195 && b < 150 && r - b > 90) found.orange += 1;
      else if (r > 215 && g > 200 && b < 180 && g - b > 50) found.yellow += 1;
      else if (b > 140 && r < 130 && b - r > 60) found.blue += 1;
    }
    return found;
  });
}
