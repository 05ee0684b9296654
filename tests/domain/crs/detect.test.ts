import { decideReading } from '#server/domain/crs/decide-reading.ts';
import { readingCandidates } from '#server/domain/crs/detect.ts';
import type { ReadingHints } from '#server/domain/crs/detect.ts';
import type { Position } from '#server/domain/geometry/bbox.ts';

import { rowsIn, short, summaryOf, URUMQI } from './detect-cases.ts';
import type { Row } from './detect-cases.ts';

/** Two places in each of the neighbouring zones of 3°, 41 and 43. */
const CHANGCHUN: readonly Position[] = [
  [123.5, 44],
  [124, 44.1],
];
const YANBIAN: readonly Position[] = [
  [128.9, 43],
  [129.5, 42.9],
];

const DATUMS = ['wgs84', 'gcj02', 'bd09'];

function decided(rows: readonly Row[], hints: ReadingHints): string {
  const decision = decideReading(readingCandidates(summaryOf(rows), hints), []);
  return 'decided' in decision ? short(decision.decided) : 'undecided';
}

function offered(rows: readonly Row[], hints: ReadingHints): readonly string[] {
  return readingCandidates(summaryOf(rows), hints).map(short);
}

const words = (...texts: string[]): ReadingHints => ({ words: texts });
const declared = (
  crs: NonNullable<ReadingHints['declared']>,
  ...texts: string[]
): ReadingHints => ({
  declared: crs,
  words: texts,
});

describe('a reading is decided', () => {
  it.each<[string, readonly Row[], ReadingHints, string]>([
    ['declared degrees', rowsIn('gcj02'), declared('gcj02'), 'gcj02'],
    ['declared by its code', rowsIn('wgs84'), declared('EPSG:4490'), 'cgcs2000'],
    ['declared degrees, swapped', rowsIn('bd09', true), declared('bd09'), 'bd09 swapped'],
    ['declared against the words', rowsIn('wgs84'), declared('wgs84', '高德经度'), 'wgs84'],
    ['declared zone', rowsIn('EPSG:4530'), declared('EPSG:4530'), 'EPSG:4530'],
    [
      'declared meridian, X northing',
      rowsIn('EPSG:4551', true),
      declared('EPSG:4551'),
      'EPSG:4551 swapped',
    ],
    ['declared Web Mercator', rowsIn('webmercator'), declared('webmercator'), 'webmercator'],
    [
      'declared Web Mercator, swapped',
      rowsIn('webmercator', true),
      declared('EPSG:3857'),
      'webmercator swapped',
    ],
    [
      'declared Web Mercator abroad',
      rowsIn('webmercator', false, [[10, 50]]),
      declared('webmercator'),
      'webmercator',
    ],
    ['declared degrees abroad', rowsIn('wgs84', false, [[10, 50]]), declared('wgs84'), 'wgs84'],
    ['declared beside Beijing 54', rowsIn('wgs84'), declared('wgs84', '北京54'), 'wgs84'],
    ['WGS 84 by word', rowsIn('wgs84'), words('经度(WGS84)', '纬度'), 'wgs84'],
    ['CGCS2000 degrees by word', rowsIn('cgcs2000'), words('国家2000'), 'cgcs2000'],
    ['GCJ-02 by word', rowsIn('gcj02'), words('高德经度'), 'gcj02'],
    ['GCJ-02 by word, swapped', rowsIn('gcj02', true), words('火星'), 'gcj02 swapped'],
    ['BD-09 by word', rowsIn('bd09'), words('坐标_百度.xlsx'), 'bd09'],
    ['Web Mercator by word', rowsIn('webmercator'), words('EPSG:3857'), 'webmercator'],
    ['the zone by its prefix', rowsIn('EPSG:4530'), words('CGCS2000'), 'EPSG:4530'],
    [
      'the 6° zone by its prefix',
      rowsIn('EPSG:4499', true),
      words('2000坐标系'),
      'EPSG:4499 swapped',
    ],
    ['the zone by prefix and word', rowsIn('EPSG:4530'), words('3度带', '42带'), 'EPSG:4530'],
    ['the zone by its number, without prefix', rowsIn('EPSG:4551'), words('42带'), 'EPSG:4551'],
    [
      'the 6° zone by its number, without prefix',
      rowsIn('EPSG:4510'),
      words('6度带 第21带'),
      'EPSG:4510',
    ],
    ['the meridian by word', rowsIn('EPSG:4551'), words('中央经线 126'), 'EPSG:4551'],
    [
      'the meridian by word with WGS 84',
      rowsIn('EPSG:4551'),
      words('WGS84 中央经线 126'),
      'EPSG:4551',
    ],
    [
      'the meridian by word, X northing',
      rowsIn('EPSG:4551', true),
      words('CGCS2000 CM 126E'),
      'EPSG:4551 swapped',
    ],
    [
      'the zone by its code',
      rowsIn('EPSG:4547', false, [[114.3, 30.6]]),
      words('EPSG:4547'),
      'EPSG:4547',
    ],
    [
      'the datum of degrees in a file that also names a zone',
      rowsIn('wgs84'),
      words('CGCS2000 3度带'),
      'cgcs2000',
    ],
    ['by the prefix alone', rowsIn('EPSG:4530'), words('X', 'Y'), 'EPSG:4530'],
    ['Web Mercator by the numbers alone', rowsIn('webmercator'), words(), 'webmercator'],
    ['GeoJSON', rowsIn('wgs84'), { words: [], geojson: true }, 'wgs84'],
    ['GeoJSON, swapped', rowsIn('wgs84', true), { words: [], geojson: true }, 'wgs84 swapped'],
    ['GeoJSON with a crs member', rowsIn('gcj02'), { words: ['GCJ02'], geojson: true }, 'gcj02'],
    [
      'GeoJSON, when told to look',
      rowsIn('wgs84'),
      { declared: 'auto', words: [], geojson: true },
      'wgs84',
    ],
    [
      'by most cells of the column',
      [
        [126, 43, '高德'],
        [126, 43, '高德'],
        [126, 43, '百度'],
      ],
      words(),
      'gcj02',
    ],
    [
      'with a few rows of another form',
      [...rowsIn('gcj02'), ...rowsIn('EPSG:4551').slice(0, 2)],
      words('GCJ02'),
      'gcj02',
    ],
    ['west of 90° E, in order', rowsIn('wgs84', false, URUMQI), declared('wgs84'), 'wgs84'],
    [
      'west of 90° E, swapped beside one that is certain',
      rowsIn('wgs84', true, [...URUMQI, [93, 42]]),
      declared('wgs84'),
      'wgs84 swapped',
    ],
  ])('%s', (_, rows, hints, reading) => {
    expect(decided(rows, hints)).toBe(reading);
  });

  it('and says why, with the swap', () => {
    const candidates = readingCandidates(summaryOf(rowsIn('bd09', true)), words('百度经度'));

    expect(decideReading(candidates, [])).toEqual({
      decided: { crs: 'bd09', swapped: true },
      because: {
        zh: '文件中写明“百度”；按 BD-09（百度） 读取，两列颠倒：经度列中是纬度或北坐标',
        en: 'The file says “百度”; read as BD-09 (Baidu) with the columns swapped: the longitude column holds latitude or northing',
      },
    });
  });

  it('and says where the file contradicts the declaration', () => {
    const candidates = readingCandidates(summaryOf(rowsIn('wgs84')), declared('wgs84', '高德经度'));

    expect(decideReading(candidates, []).because.zh).toBe(
      '已声明为 WGS 84 经纬度，但文件中写有“高德”；按 WGS 84 经纬度 读取',
    );
  });
});

describe('a reading stays open', () => {
  it.each<[string, readonly Row[], ReadingHints, readonly string[]]>([
    ['plain degrees', rowsIn('wgs84'), words('经度', '纬度'), DATUMS],
    [
      'plain degrees, swapped',
      rowsIn('wgs84', true),
      words(),
      DATUMS.map((name) => `${name} swapped`),
    ],
    ['metres declared as degrees', rowsIn('EPSG:4530'), declared('wgs84'), ['EPSG:4530']],
    [
      'metres declared as degrees of CGCS2000',
      rowsIn('EPSG:4530'),
      declared('cgcs2000'),
      ['EPSG:4530'],
    ],
    ['degrees declared as metres', rowsIn('wgs84'), declared('EPSG:4551'), DATUMS],
    ['degrees declared as Web Mercator', rowsIn('wgs84'), declared('webmercator'), DATUMS],
    ['another zone than declared', rowsIn('EPSG:4530'), declared('EPSG:4529'), ['EPSG:4530']],
    ['metres under a word for degrees', rowsIn('webmercator'), words('高德'), ['webmercator']],
    ['another zone than the word', rowsIn('EPSG:4530'), words('41带'), ['EPSG:4530']],
    ['a 3° zone under a word for 6°', rowsIn('EPSG:4530'), words('6度带'), ['EPSG:4530']],
    ['metres in GeoJSON', rowsIn('webmercator'), { words: [], geojson: true }, ['webmercator']],
    ['degrees under a word for a zone', rowsIn('wgs84'), words('3度带'), DATUMS],
    ['words that contradict each other', rowsIn('wgs84'), words('高德', '百度'), DATUMS],
    ['a system of another datum', rowsIn('EPSG:4530'), words('西安80'), ['EPSG:4530']],
    [
      'cells that disagree half and half',
      [
        [126, 43, '高德'],
        [126, 43, '百度'],
      ],
      words(),
      DATUMS,
    ],
    ['metres of no system', rowsIn('webmercator', false, [[10, 50]]), words(), []],
    ['nothing usable', [[0, 0]], words(), []],
    [
      'west of 90° E, swapped',
      rowsIn('wgs84', true, URUMQI),
      declared('wgs84'),
      ['wgs84 swapped', 'wgs84'],
    ],
    [
      'Web Mercator that could be a 6° zone',
      rowsIn('webmercator', false, [
        [128.5, 43],
        [128.6, 43.1],
      ]),
      words(),
      ['webmercator', 'EPSG:4492'],
    ],
    [
      'a file over three zones, none with half of the rows',
      [
        ...rowsIn('EPSG:4530').slice(0, 3),
        ...rowsIn('EPSG:4529', false, CHANGCHUN),
        ...rowsIn('EPSG:4531', false, YANBIAN),
      ],
      words(),
      ['EPSG:4530', 'EPSG:4529', 'EPSG:4531'],
    ],
  ])('%s', (_, rows, hints, readings) => {
    expect(decided(rows, hints)).toBe('undecided');
    expect(offered(rows, hints)).toEqual(readings);
  });

  it('offers every meridian for eastings without a zone, as 6° zones where the file says so', () => {
    const threes = Array.from({ length: 21 }, (_, i) => `EPSG:${4534 + i}`);
    // 135° E is left out: it would put these places east of 136°, out of China.
    const sixes = Array.from({ length: 10 }, (_, i) => `EPSG:${4502 + i}`);

    expect(offered(rowsIn('EPSG:4551'), words('CGCS2000'))).toEqual(threes);
    expect(offered(rowsIn('EPSG:4510'), words('6度带'))).toEqual(sixes);
    expect(decided(rowsIn('EPSG:4551'), words('CGCS2000'))).toBe('undecided');
  });

  it('and says why', () => {
    const because = (rows: readonly Row[], hints: ReadingHints) =>
      decideReading(readingCandidates(summaryOf(rows), hints), []).because.zh;

    expect(because(rowsIn('EPSG:4530'), declared('wgs84'))).toBe(
      '已声明为 WGS 84 经纬度，但多数坐标不在该坐标系的数值范围内，它们的形式是：米（带号前缀或 Web 墨卡托）',
    );
    expect(because(rowsIn('wgs84'), words('北京54'))).toContain('没有当地参数无法准确转换');
    expect(because(rowsIn('wgs84'), words('高德', '百度'))).toContain('互相矛盾：“高德”“百度”');
    expect(because([[0, 0]], words())).toContain('没有可用的坐标');
    expect(because([[0, 0]], declared('wgs84'))).toContain('没有可用的坐标');
    expect(because(rowsIn('wgs84'), words())).toContain('没有填写可供核对的县区');
  });
});
