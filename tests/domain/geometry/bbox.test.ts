import * as fc from 'fast-check';
import { containsPosition, expandBbox, splitAtAntimeridian } from '#server/domain/geometry/bbox.ts';
import type { Bbox } from '#server/domain/geometry/bbox.ts';

const jilin: Bbox = [121.6, 40.8, 131.4, 46.4];
const pacific: Bbox = [170, -10, -170, 10];

describe('a box', () => {
  it('holds what lies in it or on its edge', () => {
    expect(containsPosition(jilin, [125.32, 43.88])).toBe(true);
    expect(containsPosition(jilin, [121.6, 40.8])).toBe(true);
    expect(containsPosition(jilin, [121.5, 43])).toBe(false);
    expect(containsPosition(jilin, [131.5, 43])).toBe(false);
    expect(containsPosition(jilin, [125, 40])).toBe(false);
    expect(containsPosition(jilin, [125, 47])).toBe(false);
  });

  it('across the antimeridian holds both sides and not the rest of the globe', () => {
    expect(containsPosition(pacific, [179, 0])).toBe(true);
    expect(containsPosition(pacific, [-179, 0])).toBe(true);
    expect(containsPosition(pacific, [0, 0])).toBe(false);
  });

  it('is split in two only where it crosses the antimeridian', () => {
    expect(splitAtAntimeridian(jilin)).toEqual([jilin]);
    expect(splitAtAntimeridian(pacific)).toEqual([
      [170, -10, 180, 10],
      [-180, -10, -170, 10],
    ]);
  });

  it('grows on every side and is cut at the poles', () => {
    expect(expandBbox([120, 40, 130, 50], 1)).toEqual([119, 39, 131, 51]);
    expect(expandBbox([120, -89.5, 130, 89.5], 1)).toEqual([119, -90, 131, 90]);
  });

  it('that grows past 180° crosses the antimeridian, and round the globe is the whole', () => {
    expect(expandBbox([170, 0, 179, 10], 2)).toEqual([168, -2, -179, 12]);
    expect(expandBbox([-179, 0, -170, 10], 2)).toEqual([179, -2, -168, 12]);
    expect(expandBbox(pacific, 5)).toEqual([165, -15, -165, 15]);
    expect(expandBbox([-170, 0, 175, 10], 10)).toEqual([-180, -10, 180, 20]);
  });

  it('covers the same positions whole or split', () => {
    const lon = fc.double({ min: -180, max: 180, noNaN: true });
    const lat = fc.double({ min: -90, max: 90, noNaN: true });
    fc.assert(
      fc.property(lon, lat, lon, lat, fc.tuple(lon, lat), (west, south, east, north, position) => {
        const box: Bbox = [west, Math.min(south, north), east, Math.max(south, north)];
        const parts = splitAtAntimeridian(box);

        expect(parts.some((part) => containsPosition(part, position))).toBe(
          containsPosition(box, position),
        );
      }),
    );
  });
});
