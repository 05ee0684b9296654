import * as fc from 'fast-check';
import { containsPosition } from '#server/domain/geometry/bbox.ts';
import {
  isTileInRange,
  MAX_MERCATOR_LAT,
  MERCATOR_HALF_METRES,
  tileAt,
  tileBbox,
  tileMercatorBbox,
} from '#server/domain/geometry/tile.ts';

describe('a tile', () => {
  it('of zoom 0 is the whole square', () => {
    const [west, south, east, north] = tileBbox({ z: 0, x: 0, y: 0 });

    expect([west, east]).toEqual([-180, 180]);
    expect(south).toBeCloseTo(-MAX_MERCATOR_LAT, 9);
    expect(north).toBeCloseTo(85.0511287798, 9);
    expect(tileMercatorBbox({ z: 0, x: 0, y: 0 })).toEqual([
      -MERCATOR_HALF_METRES,
      -MERCATOR_HALF_METRES,
      MERCATOR_HALF_METRES,
      MERCATOR_HALF_METRES,
    ]);
  });

  it('of zoom 1 grows to the south with y', () => {
    const [west, south, east, north] = tileBbox({ z: 1, x: 1, y: 1 });

    expect([west, east, north]).toEqual([0, 180, 0]);
    expect(south).toBeCloseTo(-MAX_MERCATOR_LAT, 9);
    expect(tileMercatorBbox({ z: 1, x: 1, y: 1 })).toEqual([
      0,
      -MERCATOR_HALF_METRES,
      MERCATOR_HALF_METRES,
      0,
    ]);
  });

  it('over Changchun is 10/868/372', () => {
    // x = (125.32 + 180) / 360 × 1024 = 868.4; ln tan(45° + 43.88°/2) = 0.8541, so
    // y = (1 − 0.8541/π) / 2 × 1024 = 372.8.
    expect(tileAt([125.32, 43.88], 10)).toEqual({ z: 10, x: 868, y: 372 });
  });

  it('at the edges of the world stays in range', () => {
    expect(tileAt([180, -90], 3)).toEqual({ z: 3, x: 7, y: 7 });
    expect(tileAt([-180, 90], 3)).toEqual({ z: 3, x: 0, y: 0 });
  });

  it.each([
    [{ z: 4, x: 15, y: 0 }, true],
    [{ z: 4, x: 16, y: 0 }, false],
    [{ z: 4, x: 0, y: 16 }, false],
    [{ z: 4, x: -1, y: 0 }, false],
    [{ z: 4, x: 0, y: -1 }, false],
    [{ z: 4, x: 0.5, y: 0 }, false],
    [{ z: 4, x: 0, y: Number.NaN }, false],
    [{ z: 4.5, x: 0, y: 0 }, false],
    [{ z: 1, x: 0, y: 0 }, false],
    [{ z: 15, x: 0, y: 0 }, false],
  ])('%j within zooms 2 to 14: %s', (tile, expected) => {
    expect(isTileInRange(tile, 2, 14)).toBe(expected);
  });

  it('holds the position it was found for', () => {
    const lon = fc.double({ min: -180, max: 179.9999, noNaN: true });
    const lat = fc.double({ min: -85, max: 85, noNaN: true });
    fc.assert(
      fc.property(lon, lat, fc.integer({ min: 0, max: 18 }), (lon, lat, z) => {
        const tile = tileAt([lon, lat], z);
        const [west, south, east, north] = tileBbox(tile);
        // A hair of tolerance for positions exactly on an edge.
        const box = [west - 1e-9, south - 1e-9, east + 1e-9, north + 1e-9] as const;

        expect(isTileInRange(tile, 0, 18)).toBe(true);
        expect(containsPosition(box, [lon, lat])).toBe(true);
      }),
    );
  });
});
