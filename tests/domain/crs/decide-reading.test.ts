import { decideReading } from '#server/domain/crs/decide-reading.ts';
import { otherReadings, readingCandidates } from '#server/domain/crs/detect.ts';
import type { ReadingHints } from '#server/domain/crs/detect.ts';

import { evidenceFor, rowsIn, summaryOf, URUMQI } from './detect-cases.ts';

const words = (...texts: string[]): ReadingHints => ({ words: texts });

describe('the stated regions', () => {
  const candidates = readingCandidates(summaryOf(rowsIn('gcj02')), words());

  it('decide where one reading puts more rows into them than every other, and nine tenths of them', () => {
    const decision = decideReading(candidates, evidenceFor(candidates, [92, 97, 90], 100));

    expect(decision).toMatchObject({ decided: { crs: 'gcj02', swapped: false } });
    expect(decision.because.zh).toContain('GCJ-02（火星坐标，高德、腾讯）：100 行中 97 行相符');
  });

  it.each([
    ['two readings are equal', [97, 97, 90], 100],
    ['the best has under nine tenths', [50, 89, 20], 100],
    ['no row states a region', [0, 0, 0], 0],
    ['a candidate was not looked up', [90, 100], 100],
  ] as const)('decide nothing where %s', (_, inRegion, checked) => {
    const decision = decideReading(candidates, evidenceFor(candidates, inRegion, checked));

    expect(decision).toMatchObject({ undecided: candidates });
  });

  it('decide with exactly nine tenths', () => {
    const decision = decideReading(candidates, evidenceFor(candidates, [90, 80, 80], 100));

    expect(decision).toMatchObject({ decided: { crs: 'wgs84' } });
  });

  it('decide nothing against a declaration that the numbers contradict', () => {
    const contradicted = readingCandidates(summaryOf(rowsIn('EPSG:4530')), {
      declared: 'wgs84',
      words: [],
    });

    expect(decideReading(contradicted, evidenceFor(contradicted, [100], 100))).toMatchObject({
      undecided: [{ crs: 'EPSG:4530' }],
    });
  });

  it('decide the order of the columns where the sizes of the numbers do not', () => {
    const orders = readingCandidates(summaryOf(rowsIn('wgs84', true, URUMQI)), words('WGS84'));

    const decision = decideReading(orders, evidenceFor(orders, [2, 0], 2));

    expect(decision).toMatchObject({ decided: { crs: 'wgs84', swapped: true } });
    expect(decision.because.zh).toContain('WGS 84 经纬度（两列颠倒）：2 行中 2 行相符');
  });

  it('find the meridian of eastings without a zone', () => {
    const meridians = readingCandidates(summaryOf(rowsIn('EPSG:4551')), words());
    const counts = meridians.map(({ crs }) => (crs === 'EPSG:4551' ? 9 : 0));

    expect(decideReading(meridians, evidenceFor(meridians, counts, 9))).toMatchObject({
      decided: { crs: 'EPSG:4551', swapped: false },
    });
  });
});

describe('how far the readings lie apart', () => {
  it('is told in metres from the first, in the middle of the file', () => {
    const [wgs84, gcj02, bd09] = readingCandidates(summaryOf(rowsIn('wgs84')), words());

    expect(wgs84?.offsetMetres).toBe(0);
    expect(gcj02?.offsetMetres).toBeCloseTo(544, -1);
    expect(bd09?.offsetMetres).toBeCloseTo(1386, -1);
  });

  it('is about 240 km from one meridian of 3° to the next in Jilin', () => {
    const meridians = readingCandidates(summaryOf(rowsIn('EPSG:4551')), words());

    expect(meridians[1]?.offsetMetres).toBeGreaterThan(239_000);
    expect(meridians[1]?.offsetMetres).toBeLessThan(243_000);
  });

  it('is told for the datums that a decided reading passes over', () => {
    const summary = summaryOf(rowsIn('wgs84'));
    const others = (crs: 'wgs84' | 'cgcs2000' | 'gcj02') =>
      otherReadings(summary, { crs, swapped: false }).map((other) => other.crs);

    expect(others('wgs84')).toEqual(['gcj02', 'bd09']);
    expect(others('cgcs2000')).toEqual(['gcj02', 'bd09']);
    expect(others('gcj02')).toEqual(['wgs84', 'bd09']);
    expect(otherReadings(summary, { crs: 'gcj02', swapped: false })[0]?.offsetMetres).toBeCloseTo(
      544,
      -1,
    );
  });

  it('is not told for metres', () => {
    const summary = summaryOf(rowsIn('EPSG:4551'));

    expect(otherReadings(summary, { crs: 'EPSG:4551', swapped: false })).toEqual([]);
  });
});
