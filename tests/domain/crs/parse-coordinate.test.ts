import * as fc from 'fast-check';

import { parseCoordinate, parseCoordinatePair } from '#server/domain/crs/parse-coordinate.ts';

/** Any text, and texts of the characters that coordinates are written with. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...Array.from('NSEW0123456789.,:°\'" -+e度分秒')) }),
);

/** 126 + 32/60 + 15.6/3600. */
const DMS = 126.537_666_666_666_67;

describe('one coordinate', () => {
  it.each([
    ['126.5376', 126.5376],
    [' 126.5376 ', 126.5376],
    ['126.5376°', 126.5376],
    ['126.', 126],
    ['.5', 0.5],
    ['+126.5', 126.5],
    ['-126.5', -126.5],
    ['−126.5', -126.5],
    ['１２６．５３７６', 126.5376],
    ['－１２６．５', -126.5],
    ['126.5E', 126.5],
    ['126.5 e', 126.5],
    ['E126.5', 126.5],
    ['W 126.5', -126.5],
    ['43.5S', -43.5],
    ['南纬43.5', -43.5],
    ['西经126.5', -126.5],
    ['东经：126.5', 126.5],
    ['经度126.5', 126.5],
    ['lat=43.5', 43.5],
    ['180', 180],
  ])('%s is decimal degrees', (text, value) => {
    expect(parseCoordinate(text, 'lon')).toEqual({ value, form: 'decimal' });
  });

  it.each([
    '126°32′15.6″',
    '126°32\'15.6"',
    '126°32\'15.6"E',
    'E126°32′15.6″',
    "126°32'15.6''",
    '126º32’15.6”',
    '126˚ 32´ 15.6“',
    '126度32分15.6秒',
    '126 度 32 分 15.6 秒',
    '东经126度32分15.6秒',
    '１２６°３２′１５．６″',
    '126-32-15.6',
    '126:32:15.6',
    '126：32：15.6',
    '126 32 15.6',
    '126°32.26′',
    '126°32.26',
    '126:32.26',
  ])('%s is degrees, minutes and seconds', (text) => {
    const parsed = parseCoordinate(text, 'lon');

    expect(parsed).toEqual({ value: expect.closeTo(DMS, 10), form: 'dms' });
  });

  it.each([
    ['东经126°32′', 126.533_333_333],
    ['-126-32', -126.533_333_333],
    ['43°50′24″S', -43.84],
    ['-0°30′', -0.5],
    ['180°0′0″', 180],
  ])('%s keeps its sign', (text, value) => {
    expect(parseCoordinate(text, 'lat')).toEqual({ value: expect.closeTo(value, 9), form: 'dms' });
  });

  it.each([
    ['42540123.45', 42_540_123.45],
    ['4855123.45m', 4_855_123.45],
    ['4855123.45 米', 4_855_123.45],
    ['4,855,123.45', 4_855_123.45],
    ['181', 181],
  ])('%s is metres', (text, value) => {
    expect(parseCoordinate(text, 'y')).toEqual({ value, form: 'metres' });
  });

  it.each([
    ['', '为空'],
    ['  ', '为空'],
    ['126,5376', '小数点'],
    ['126,5376°E', '小数点'],
    ['4,855,123', '无法识别'],
    ['NaN', '有限'],
    ['Infinity', '有限'],
    ['-inf', '有限'],
    ['∞', '有限'],
    ['1.265E+02', '科学计数法'],
    ['4.25e7', '科学计数法'],
    ['126°60′00″', '分应小于 60'],
    ['126-75-10', '分应小于 60'],
    ['126°32′60″', '秒应小于 60'],
    ['126:32:99', '秒应小于 60'],
    ['200°10′', '不超过 180'],
    ['-126.5W', '矛盾'],
    ['+43.5N', '矛盾'],
    ['N43.5N', '矛盾'],
    ['126.5.3', '无法识别'],
    ['126°32.5′15″', '无法识别'],
    ['126.5°32′', '无法识别'],
    ['0x7e', '无法识别'],
    ['吉林市', '无法识别'],
    ['2024-12-31', '无法识别'],
    ['1'.repeat(65), '无法识别'],
  ])('%j is refused with its reason', (text, reason) => {
    const parsed = parseCoordinate(text, 'lon');

    expect(parsed).toEqual({
      problem: { zh: expect.stringContaining(reason), en: expect.any(String) },
    });
  });

  it('names an example of its own axis when it refuses', () => {
    expect(parseCoordinate('?', 'lat')).toMatchObject({
      problem: { zh: expect.stringContaining('43.8412') },
    });
    expect(parseCoordinate('?', 'x')).toMatchObject({
      problem: { en: expect.stringContaining('42540123.45 or') },
    });
  });

  it('gives a finite number or a reason for any text at all', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const parsed = parseCoordinate(text, 'x');

        expect('problem' in parsed ? parsed.problem.zh !== '' : Number.isFinite(parsed.value)).toBe(
          true,
        );
      }),
    );
  });

  it('reads back what a number writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_800_000_000, max: 1_800_000_000 }), (tenMillionths) => {
        const value = tenMillionths / 10_000_000;

        expect(parseCoordinate(value.toFixed(7), 'lon')).toEqual({
          value: expect.closeTo(value, 12),
          form: 'decimal',
        });
      }),
    );
  });
});

describe('a pair in one text', () => {
  it.each([
    ['126.53,43.84', 126.53, 43.84, false],
    ['126.53，43.84', 126.53, 43.84, false],
    ['126.53 43.84', 126.53, 43.84, false],
    ['126.53;43.84', 126.53, 43.84, false],
    ['126.53、43.84', 126.53, 43.84, false],
    ['(126.53 43.84)', 126.53, 43.84, false],
    ['【126.53, 43.84】', 126.53, 43.84, false],
    ['POINT(126.53 43.84)', 126.53, 43.84, false],
    ['43.84, 126.53', 126.53, 43.84, true],
    ['43.84,-126.53', -126.53, 43.84, true],
    ['-126.53,43.84', -126.53, 43.84, false],
    ['43.84N 126.53E', 126.53, 43.84, true],
    ['43.84N126.53E', 126.53, 43.84, true],
    ['N43.84 E126.53', 126.53, 43.84, true],
    ['126.53E,43.84N', 126.53, 43.84, false],
    ['43.84N 126.53', 126.53, 43.84, true],
    ['43.84 87.6E', 87.6, 43.84, true],
    ['87.6 43.84', 87.6, 43.84, false],
    ['43.84 87.6', 43.84, 87.6, false],
    ['33.9S 18.4W', -18.4, -33.9, true],
    ['126°30′00″E 43°51′00″N', 126.5, 43.85, false],
    ['126°30′00″43°51′00″', 126.5, 43.85, false],
    ['43°51′N, 126°30′E', 126.5, 43.85, true],
    ['北纬43度51分，东经126度30分', 126.5, 43.85, true],
    ['东经126度30分 北纬43度51分', 126.5, 43.85, false],
    ['经度：126.5，纬度：43.85', 126.5, 43.85, false],
    ['lat=43.85, lon=126.5', 126.5, 43.85, true],
    ['126-30-00 43-51-00', 126.5, 43.85, false],
    ['126:30:00/43:51:00', 126.5, 43.85, false],
    ['１２６．５，４３．８５', 126.5, 43.85, false],
  ])('%s is %f, %f', (text, lon, lat, swapped) => {
    expect(parseCoordinatePair(text)).toEqual({
      lon: expect.closeTo(lon, 10),
      lat: expect.closeTo(lat, 10),
      swapped,
    });
  });

  it.each([
    '',
    '126.53',
    '126°32′15″',
    '126° 32',
    '126°32′ 15',
    '126.53,43.84,200',
    '126,53 43,84',
    '126.53 127.5',
    '200 43',
    '43N 44N',
    '126E 127E',
    '126.5N 43E',
    '126°75′ 43°10′',
    '126°30′ 43°75′',
    '-126W 43N',
    '42540123.45 4855123.45',
    '91220200MA0Y1B2C3D',
    '吉林化工厂',
    '2024-12-31 10:20',
    '8:30 12:00',
    `126.53,43.84${' '.repeat(200)}x`,
  ])('%j is none', (text) => {
    expect(parseCoordinatePair(text)).toBeNull();
  });

  it('is within the globe or null for any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const pair = parseCoordinatePair(text);

        expect(pair === null || (Math.abs(pair.lon) <= 180 && Math.abs(pair.lat) <= 90)).toBe(true);
      }),
    );
  });
});
