import { createCoordinateStats } from '#server/domain/crs/coordinate-stats.ts';

import { JILIN, rowsIn, summaryOf, URUMQI } from './detect-cases.ts';

const none = { normal: 0, swapped: 0, either: 0 };

describe('what a file looks like', () => {
  it.each([
    ['degrees', 'normal', rowsIn('wgs84')],
    ['degrees', 'swapped', rowsIn('bd09', true)],
    ['degrees', 'either', rowsIn('wgs84', false, URUMQI)],
    ['gkPlain', 'normal', rowsIn('EPSG:4551')],
    ['gkPlain', 'swapped', rowsIn('EPSG:4551', true)],
    ['gkPlain', 'either', rowsIn('EPSG:4545', false, [[109.5, 4]])],
    ['gkPrefixed', 'normal', rowsIn('EPSG:4530')],
    ['gkPrefixed', 'swapped', rowsIn('EPSG:4499', true)],
    ['webMercator', 'normal', rowsIn('webmercator')],
    ['webMercator', 'swapped', rowsIn('EPSG:3857', true)],
    ['webMercatorOrPrefixed', 'normal', rowsIn('webmercator', false, [[128.5, 43]])],
    ['otherMetres', 'either', rowsIn('webmercator', false, [[10, 50]])],
  ] as const)('%s, %s', (shape, orientation, rows) => {
    const { shapes, rows: count } = summaryOf(rows);

    expect(count).toBe(rows.length);
    expect(shapes[shape]).toEqual({ ...none, [orientation]: rows.length });
  });

  it('counts what is no coordinate and leaves it out of the sample', () => {
    const summary = summaryOf([
      [126.5, 43.8],
      [0, 0],
      [126.5, 0],
      [Number.NaN, 43.8],
      [126.5, Number.POSITIVE_INFINITY],
      [126.5, 127],
      [126.5, 4384],
      [1e9, 1e9],
    ]);

    expect(summary).toMatchObject({ rows: 8, zeros: 2, notNumbers: 2, outOfRange: 3 });
    expect(summary.sample).toEqual([{ row: 1, x: 126.5, y: 43.8 }]);
  });

  it('counts the forms of writing and keeps the row numbers of its caller', () => {
    const stats = createCoordinateStats();
    stats.add(126.5, 43.8, 'dms', 4);
    stats.add(126.6, 43.9, 'decimal', 7);

    expect(stats.summary()).toMatchObject({
      forms: { decimal: 1, dms: 1, metres: 0 },
      sample: [{ row: 4 }, { row: 7 }],
    });
  });

  it('samples a long file evenly, the same rows each time, in bounded memory', () => {
    const collect = () => {
      const stats = createCoordinateStats();
      for (let row = 1; row <= 20_000; row += 1) stats.add(120 + row / 4000, 43, 'decimal');
      return stats.summary().sample;
    };

    const sample = collect();

    expect(sample.length).toBeGreaterThan(800);
    expect(sample.length).toBeLessThanOrEqual(2000);
    expect(collect()).toEqual(sample);
    expect(sample.map(({ row }) => row)).toEqual(
      sample.map(({ row }) => row).sort((a, b) => a - b),
    );
    const firstHalf = sample.filter(({ row }) => row <= 10_000).length / sample.length;
    expect(firstHalf).toBeGreaterThan(0.45);
    expect(firstHalf).toBeLessThan(0.55);
  });

  it('keeps a few spellings of the stated system, however many there are', () => {
    const summary = summaryOf(
      Array.from({ length: 500 }, (_, i) => [126, 43, `${i} ${'x'.repeat(99)}`]),
    );

    expect(summary.declared).toHaveLength(50);
    expect(summary.declared[0]?.value).toHaveLength(60);
  });
});

describe('a file that mixes', () => {
  const zh = (rows: Parameters<typeof summaryOf>[0]) =>
    summaryOf(rows).mixtures.map((text) => text.zh);

  it.each([
    ['nothing, in degrees', rowsIn('gcj02')],
    [
      'nothing, in Web Mercator over all of Jilin',
      rowsIn('webmercator', false, [...JILIN, [128.5, 43]]),
    ],
    ['nothing but places with zeros', [...rowsIn('wgs84'), [0, 0] as const]],
    [
      'nothing, WGS 84 and CGCS2000 being one',
      [
        [126, 43, 'WGS84'],
        [126, 43, '国家2000'],
        [126, 43, '?'],
      ] as const,
    ],
  ])('%s, has no note', (_, rows) => {
    expect(zh(rows)).toEqual([]);
  });

  it.each([
    [
      'degrees and metres',
      [...rowsIn('wgs84'), ...rowsIn('EPSG:4551').slice(0, 2)],
      '坐标单位或形式不一致：度 9 行，米（高斯–克吕格，无带号） 2 行',
    ],
    [
      'eastings with and without zone',
      [...rowsIn('EPSG:4530'), ...rowsIn('EPSG:4551').slice(0, 1)],
      '坐标单位或形式不一致：米（高斯–克吕格，无带号） 1 行，米（带号前缀或 Web 墨卡托） 9 行',
    ],
    [
      'projections',
      [...rowsIn('EPSG:4530'), ...rowsIn('webmercator').slice(0, 3)],
      '投影不一致：带号前缀的高斯–克吕格 9 行，Web 墨卡托 3 行',
    ],
    [
      'orders of the columns',
      [...rowsIn('wgs84'), ...rowsIn('wgs84', true).slice(0, 1)],
      '两列的顺序不一致：经度（东坐标）在前 9 行，纬度（北坐标）在前 1 行',
    ],
    [
      'zones',
      [...rowsIn('EPSG:4530'), ...rowsIn('EPSG:4529').slice(0, 4)],
      '带号不一致：41 带 4 行，42 带 9 行',
    ],
    [
      'stated systems',
      [
        [126, 43, '高德'],
        [126, 43, '百度'],
        [126, 43, '高德'],
      ],
      '坐标系一列的值不一致：高德 2 行，百度 1 行',
    ],
    [
      'a stated system and an old one',
      [
        [126, 43, 'CGCS2000'],
        [126, 43, '北京54'],
      ],
      '坐标系一列的值不一致：CGCS2000 1 行，北京54 1 行',
    ],
  ] as [string, Parameters<typeof summaryOf>[0], string][])('%s, says so', (_, rows, text) => {
    expect(zh(rows)).toEqual([text]);
  });

  it('says it in English too', () => {
    const [note] = summaryOf([...rowsIn('wgs84'), ...rowsIn('wgs84', true).slice(0, 1)]).mixtures;

    expect(note?.en).toBe(
      'The order of the two columns differs: longitude or easting first: 9 rows, latitude or northing first: 1 row',
    );
  });
});
