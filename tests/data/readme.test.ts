import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readData } from './shipped-files.ts';

const FILE_ROW = /^\| `([^`]+)` \| (\d+) \|.*\| ([0-9a-f]{64}) \|$/gmu;

const listed = [...readData('README.md').matchAll(FILE_ROW)].map(([, file, rows, sha256]) => ({
  file: file ?? '',
  rows: Number(rows),
  sha256,
}));

const countRows = (file: string, text: string): number =>
  file.endsWith('.csv')
    ? text.trim().split('\n').length - 1
    : (JSON.parse(text) as { features: unknown[] }).features.length;

describe('the table in data/README.md', () => {
  it.each(listed)('gives the row count and checksum of $file', ({ file, rows, sha256 }) => {
    const text = readData(file);

    expect(countRows(file, text)).toBe(rows);
    expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
  });

  it('lists every shipped data file', () => {
    const folder = fileURLToPath(new URL('../../data/', import.meta.url));

    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(geojson|csv)$/u.test(file))
      .map((file) => file.replaceAll('\\', '/'));

    expect(listed.map(({ file }) => file).sort()).toEqual(files.sort());
  });

  it('keeps the whole set under 3 MB', () => {
    const bytes = listed.map(({ file }) => Buffer.byteLength(readData(file)));

    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(3_000_000);
  });
});
