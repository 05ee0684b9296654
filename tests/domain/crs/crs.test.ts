import * as fc from 'fast-check';
import gcoord from 'gcoord';

import { bd09ToGcj02, gcj02ToBd09 } from '#server/domain/crs/bd09.ts';
import {
  canonicalCrs,
  crsNames,
  fromWgs84,
  gaussKrugerZone,
  isDegreeCrs,
  isSupportedCrs,
  toWgs84,
} from '#server/domain/crs/crs.ts';
import type { Crs } from '#server/domain/crs/crs.ts';
import { wgs84ToGcj02 } from '#server/domain/crs/gcj02.ts';
import type { Position } from '#server/domain/geometry/bbox.ts';
import { offsetMetres } from '#server/domain/geometry/offset-metres.ts';
import { itWithSharedVectors, sharedVectors } from '#tests/domain/shared-vectors.ts';

const between = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true });

/** The rectangle in which the shift applies, to a metre from its edges. */
const inChina = fc.tuple(between(73.66001, 135.04999), between(3.86001, 53.54999));

/** Beyond the rectangle by more than the shift, so that no encrypted position lies there. */
const abroad = fc.oneof(
  fc.tuple(between(-180, 73.6), between(-80, 80)),
  fc.tuple(between(135.1, 180), between(-80, 80)),
  fc.tuple(between(-180, 180), between(-80, 3.8)),
  fc.tuple(between(-180, 180), between(53.6, 80)),
);

describe('GCJ-02 and BD-09', () => {
  itWithSharedVectors('give the figures that other programs agree on', () => {
    const at: Position = [116.404, 39.915];
    const vectors = sharedVectors()['coord_116.404_39.915'];

    expect(offsetMetres(wgs84ToGcj02(at), vectors.wgs84_gcj02)).toBeLessThan(1e-5);
    expect(offsetMetres(gcj02ToBd09(at), vectors.gcj02_bd09)).toBeLessThan(1e-5);
    // The customary inverse takes one step and is itself 4 cm off here.
    expect(offsetMetres(bd09ToGcj02(at), vectors.bd09_gcj02)).toBeLessThan(0.1);
  });

  it('lie some hundred metres from WGS 84 in Jilin city', () => {
    const place: Position = [126.5376, 43.8412];

    expect(offsetMetres(place, toWgs84('gcj02', place))).toBeGreaterThan(300);
    expect(offsetMetres(place, toWgs84('gcj02', place))).toBeLessThan(900);
    expect(offsetMetres(place, toWgs84('bd09', place))).toBeGreaterThan(800);
    expect(offsetMetres(place, toWgs84('bd09', place))).toBeLessThan(2000);
  });

  it.each(['gcj02', 'bd09'] as const)('%s comes back to the same place within China', (crs) => {
    fc.assert(
      fc.property(inChina, (place) => {
        expect(offsetMetres(toWgs84(crs, fromWgs84(crs, place)), place)).toBeLessThan(0.001);
      }),
    );
  });

  it.each(['gcj02', 'bd09'] as const)('%s is WGS 84 outside China', (crs) => {
    fc.assert(
      fc.property(abroad, (place) => {
        expect(fromWgs84(crs, place)).toEqual(place);
        expect(toWgs84(crs, place)).toEqual(place);
      }),
    );
  });

  it('agree with gcoord, whose inverses stop some decimetres earlier', () => {
    fc.assert(
      fc.property(inChina, ([lon, lat]) => {
        const from = (a: Parameters<typeof gcoord.transform>[1], b: typeof a): Position =>
          gcoord.transform<[number, number]>([lon, lat], a, b);
        const { WGS84, GCJ02, BD09 } = gcoord;

        expect(offsetMetres(fromWgs84('gcj02', [lon, lat]), from(WGS84, GCJ02))).toBeLessThan(1e-4);
        expect(offsetMetres(fromWgs84('bd09', [lon, lat]), from(WGS84, BD09))).toBeLessThan(1e-4);
        fc.pre(toWgs84('bd09', [lon, lat])[0] !== lon && toWgs84('gcj02', [lon, lat])[0] !== lon);
        expect(offsetMetres(toWgs84('gcj02', [lon, lat]), from(GCJ02, WGS84))).toBeLessThan(0.5);
        expect(offsetMetres(toWgs84('bd09', [lon, lat]), from(BD09, WGS84))).toBeLessThan(1);
      }),
    );
  });
});

describe('Gauss–Krüger on CGCS2000', () => {
  it('has the length of the meridian on the central meridian and the false easting there', () => {
    // The arc of the GRS 80 meridian to 45° and to the pole, metres, from the tables of the ellipsoid.
    expect(fromWgs84('EPSG:4551', [126, 45])).toEqual([500_000, expect.closeTo(4_984_944.378, 3)]);
    expect(fromWgs84('EPSG:4530', [126, 90])[1]).toBeCloseTo(10_001_965.729, 3);
  });

  it('puts the number of the zone before the easting, or not', () => {
    const place: Position = [126.53, 43.84];
    const [east, north] = fromWgs84('EPSG:4551', place);

    expect(fromWgs84('EPSG:4530', place)).toEqual([expect.closeTo(42_000_000 + east, 6), north]);
    expect(Math.round(east)).toBe(542_623);
    expect(Math.round(north)).toBe(4_856_181);
  });

  it.each([
    ['EPSG:4491', 75, 13_500_000],
    ['EPSG:4501', 135, 23_500_000],
    ['EPSG:4502', 75, 500_000],
    ['EPSG:4512', 135, 500_000],
    ['EPSG:4513', 75, 25_500_000],
    ['EPSG:4533', 135, 45_500_000],
    ['EPSG:4534', 75, 500_000],
    ['EPSG:4547', 114, 500_000],
    ['EPSG:4554', 135, 500_000],
  ] as const)('%s has the central meridian %i° and the easting %i on it', (crs, lon, easting) => {
    expect(toWgs84(crs, [easting, 0])).toEqual([lon, 0]);
  });

  it('comes back within a micrometre inside a zone of 6°', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4491, max: 4554 }),
        between(-3, 3),
        between(0, 60),
        (code, away, lat) => {
          const crs: Crs = `EPSG:${code}`;
          const place: Position = [(gaussKrugerZone(crs)?.centralMeridian ?? 0) + away, lat];

          expect(offsetMetres(toWgs84(crs, fromWgs84(crs, place)), place)).toBeLessThan(1e-6);
        },
      ),
    );
  });
});

describe('the other systems', () => {
  it('Web Mercator agrees with gcoord to the millimetre and comes back', () => {
    fc.assert(
      fc.property(between(-180, 180), between(-85, 85), (lon, lat) => {
        const [x, y] = fromWgs84('webmercator', [lon, lat]);
        const [east, north] = gcoord.transform([lon, lat], gcoord.WGS84, gcoord.WebMercator);

        expect(Math.hypot(x - east, y - north)).toBeLessThan(0.001);
        expect(offsetMetres(toWgs84('EPSG:3857', [x, y]), [lon, lat])).toBeLessThan(1e-6);
      }),
    );
  });

  it.each(['wgs84', 'cgcs2000', 'EPSG:4326', 'EPSG:4490'] as const)(
    '%s is taken as it is',
    (crs) => {
      expect(toWgs84(crs, [126.53, 43.84])).toEqual([126.53, 43.84]);
      expect(fromWgs84(crs, [126.53, 43.84])).toEqual([126.53, 43.84]);
    },
  );

  it('are told by their names, and no other text is', () => {
    const supported = ['wgs84', 'cgcs2000', 'gcj02', 'bd09', 'webmercator', 'EPSG:4326'];
    const codes = ['EPSG:4490', 'EPSG:3857', 'EPSG:4491', 'EPSG:4512', 'EPSG:4513', 'EPSG:4554'];
    const others = ['', 'WGS84', 'epsg:4547', 'EPSG:4555', 'EPSG:32651', 'EPSG:4547 ', 'toString'];

    expect([...supported, ...codes].filter((text) => !isSupportedCrs(text))).toEqual([]);
    expect(others.filter(isSupportedCrs)).toEqual([]);
  });

  it('have one name each', () => {
    expect(canonicalCrs('EPSG:4326')).toBe('wgs84');
    expect(canonicalCrs('EPSG:4490')).toBe('cgcs2000');
    expect(canonicalCrs('EPSG:3857')).toBe('webmercator');
    expect(canonicalCrs('EPSG:4547')).toBe('EPSG:4547');
    expect(canonicalCrs('bd09')).toBe('bd09');
  });

  it('are degrees or metres', () => {
    expect((['wgs84', 'EPSG:4490', 'gcj02', 'bd09'] as const).every(isDegreeCrs)).toBe(true);
    expect((['webmercator', 'EPSG:3857', 'EPSG:4547'] as const).some(isDegreeCrs)).toBe(false);
  });

  it('are refused when the code is not supported', () => {
    expect(() => toWgs84('EPSG:2414', [1, 2])).toThrow('not supported');
    expect(() => fromWgs84('EPSG:2414', [1, 2])).toThrow('not supported');
    expect(() => crsNames('EPSG:2414')).toThrow('not supported');
  });
});

describe('names for people', () => {
  it.each([
    ['wgs84', 'WGS 84 经纬度', 'WGS 84 degrees'],
    ['EPSG:3857', 'Web 墨卡托（EPSG:3857）', 'Web Mercator (EPSG:3857)'],
    [
      'EPSG:4551',
      'CGCS2000 3 度带 中央经线 126°',
      'CGCS2000 3° Gauss–Krüger, central meridian 126° E',
    ],
    [
      'EPSG:4499',
      'CGCS2000 6 度带 第 21 带（中央经线 123°，带号前缀）',
      'CGCS2000 6° Gauss–Krüger, zone 21 (prefixed), central meridian 123° E',
    ],
  ] as const)('%s is %s', (crs, zh, en) => {
    expect(crsNames(crs)).toEqual({ zh, en });
  });
});

describe('the distance of two positions', () => {
  it('is the great circle, also across the antimeridian', () => {
    // One degree of a great circle: π · 6 371 008.8 / 180.
    expect(offsetMetres([0, 0], [1, 0])).toBeCloseTo(111_195.08, 2);
    expect(offsetMetres([126, 43], [126, 44])).toBeCloseTo(111_195.08, 2);
    expect(offsetMetres([179.5, 0], [-179.5, 0])).toBeCloseTo(111_195.08, 2);
    expect(offsetMetres([10, 0], [-170, 0])).toBeCloseTo(20_015_114.442, 3);
    expect(offsetMetres([126, 43], [126, 43])).toBe(0);
  });
});
