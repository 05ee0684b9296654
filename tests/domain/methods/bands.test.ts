import { explainedBands } from '#server/domain/methods/bands.ts';
import { shipped } from './definitions.ts';

describe('the bands of a method in words', () => {
  it.each([
    ['lec', 'national', ['D ≥ 320', '160 ≤ D < 320', '70 ≤ D < 160', 'D < 70']],
    ['lec', 'mwr-2018', ['D > 320', '160 < D ≤ 320', '70 < D ≤ 160', 'D ≤ 70']],
    ['lec', 'shandong', ['D > 320', '160 ≤ D ≤ 320', '70 ≤ D < 160', '20 ≤ D < 70', 'D < 20']],
    ['ls', '5x5', ['R 20–25', 'R 15–16', 'R 9–12', 'R 1–8']],
    ['ls', '4x4', ['R 12–16', 'R 8–9', 'R 4–6', 'R 1–3']],
  ])('%s %s', (method, variant, ranges) => {
    const bands = explainedBands(shipped(method, variant));

    expect(bands.map((band) => band.range)).toEqual(ranges);
    expect(bands[0]?.level).toBe(1);
    expect(bands.at(-1)?.level).toBe(4);
  });
});
