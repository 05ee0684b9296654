import { coordinateFaults } from '#server/domain/crs/coordinate-faults.ts';
import { fromWgs84 } from '#server/domain/crs/crs.ts';
import type { Crs } from '#server/domain/crs/crs.ts';
import type { Reading } from '#server/domain/crs/reading.ts';

const [EAST, NORTH] = fromWgs84('EPSG:4551', [126.53, 43.84]);
const ZONE_42 = 42_000_000 + EAST;

const read = (crs: Crs, swapped = false): Reading => ({ crs, swapped });

describe('one row under the reading of its file', () => {
  it.each<[number, number, Reading]>([
    [126.53, 43.84, read('wgs84')],
    [43.84, 126.53, read('bd09', true)],
    [87.6, 43.8, read('wgs84')],
    [43.8, 87.6, read('wgs84', true)],
    [10, 50, read('wgs84')],
    [EAST, NORTH, read('EPSG:4551')],
    [NORTH, EAST, read('EPSG:4551', true)],
    [ZONE_42, NORTH, read('EPSG:4530')],
    [14_085_000, 5_440_000, read('webmercator')],
    [1_113_194, 6_446_275, read('webmercator')],
  ])('%f, %f is right', (x, y, reading) => {
    expect(coordinateFaults(x, y, reading)).toBeNull();
  });

  it.each<[string, number, number, Reading, string]>([
    ['no number', Number.NaN, 43, read('wgs84'), '坐标不是数值'],
    ['no finite number', 126, Number.POSITIVE_INFINITY, read('wgs84'), '坐标不是数值'],
    ['both zero', 0, 0, read('wgs84'), '坐标为 0，通常表示没有填写'],
    ['one zero', 126.5, 0, read('gcj02'), '坐标为 0，通常表示没有填写'],
    ['swapped', 43.84, 126.53, read('wgs84'), '这一行的两列与文件其余各行颠倒'],
    [
      'right in a swapped file',
      126.53,
      43.84,
      read('wgs84', true),
      '这一行的两列与文件其余各行颠倒',
    ],
    ['swapped west of 90° E', 43.8, 87.6, read('wgs84'), '这一行的两列与文件其余各行颠倒'],
    ['swapped metres', NORTH, EAST, read('EPSG:4551'), '这一行的两列与文件其余各行颠倒'],
    [
      'swapped Web Mercator',
      5_440_000,
      14_085_000,
      read('webmercator'),
      '这一行的两列与文件其余各行颠倒',
    ],
    ['out of range', 126.53, 127, read('wgs84'), '坐标超出范围'],
    ['a lost decimal point', 126.53, 4384, read('wgs84'), '坐标超出范围'],
    ['metres among degrees', EAST, NORTH, read('wgs84'), '这一行像是米，文件其余各行是度'],
    ['degrees among metres', 126.53, 43.84, read('EPSG:4551'), '这一行是度，文件其余各行是米'],
    [
      'degrees among Web Mercator',
      126.53,
      43.84,
      read('webmercator'),
      '这一行是度，文件其余各行是米',
    ],
    ['beyond Web Mercator', 30_000_000, 5_440_000, read('webmercator'), '坐标超出范围'],
    ['no zone number', EAST, NORTH, read('EPSG:4530'), '东坐标缺少带号'],
    [
      'another zone',
      ZONE_42 - 1_000_000,
      NORTH,
      read('EPSG:4530'),
      '东坐标的带号 41 与文件其余各行不同',
    ],
    [
      'another zone, X northing',
      NORTH,
      ZONE_42 + 1_000_000,
      read('EPSG:4530', true),
      '东坐标的带号 43 与文件其余各行不同',
    ],
    [
      'a zone number where the file has none',
      ZONE_42,
      NORTH,
      read('EPSG:4551'),
      '东坐标的带号 42 与文件其余各行不同',
    ],
    ['no easting at all', 99_000_000, NORTH, read('EPSG:4530'), '坐标超出范围'],
    ['a short easting', 5000, NORTH, read('EPSG:4530'), '坐标超出范围'],
  ])('%s', (_, x, y, reading, problem) => {
    expect(coordinateFaults(x, y, reading)?.problem.zh).toBe(problem);
  });

  it.each<[Reading, string, string]>([
    [
      read('wgs84'),
      'WGS 84 经纬度，经度 −180～180、纬度 −90～90',
      'WGS 84 degrees, longitude −180…180, latitude −90…90',
    ],
    [
      read('EPSG:4530', true),
      'CGCS2000 3 度带 第 42 带（中央经线 126°，带号前缀），东坐标 42000000～43000000 米、北坐标 0～10000000 米（本文件中两列颠倒）',
      'CGCS2000 3° Gauss–Krüger, zone 42 (prefixed), central meridian 126° E, easting 42000000…43000000 m, northing 0…10000000 m (the columns of this file are swapped)',
    ],
    [
      read('webmercator'),
      'Web 墨卡托（EPSG:3857），东、北坐标，米',
      'Web Mercator (EPSG:3857), easting and northing in metres',
    ],
  ])('says what it expects', (reading, zh, en) => {
    expect(coordinateFaults(Number.NaN, 1, reading)?.expected).toEqual({ zh, en });
  });

  it('expects a true place where there are zeros, which every range holds', () => {
    expect(coordinateFaults(0, 0, read('wgs84'))?.expected).toEqual({
      zh: '实际所在位置的两个坐标，都不为 0',
      en: 'Both coordinates of the true place, neither of them 0',
    });
  });
});

describe('the cell of a row that names its system', () => {
  it.each<[string, Reading]>([
    ['', read('gcj02')],
    ['GCJ-02', read('gcj02')],
    ['不详', read('gcj02')],
    ['CGCS2000', read('wgs84')],
    ['WGS84', read('cgcs2000')],
    ['CGCS2000', read('EPSG:4551')],
    ['EPSG:4551', read('EPSG:4551')],
    ['3度带', read('EPSG:4551')],
  ])('%j is no contradiction', (stated, reading) => {
    const [x, y] = reading.crs === 'EPSG:4551' ? [EAST, NORTH] : [126.53, 43.84];

    expect(coordinateFaults(x, y, reading, stated)).toBeNull();
  });

  it.each(['百度', 'WGS84', '北京54'])('%s in a file of GCJ-02 is a fault', (stated) => {
    expect(coordinateFaults(126.53, 43.84, read('gcj02'), stated)).toEqual({
      problem: {
        zh: `这一行注明“${stated}”，文件按 GCJ-02（火星坐标，高德、腾讯） 读取`,
        en: `This row states “${stated}”, but the file is read as GCJ-02 (AMap, Tencent)`,
      },
      expected: { zh: 'GCJ-02（火星坐标，高德、腾讯）', en: 'GCJ-02 (AMap, Tencent)' },
    });
  });
});
