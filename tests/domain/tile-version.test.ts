import { fnv1a, tileVersion } from '#server/domain/tile-version.ts';
import type { CityVersion } from '#server/domain/tile-version.ts';

// The tile 1/1/0 covers [0, 0, 180, 85.05]; its reach goes 5.625° further west.
const tile = { z: 1, x: 1, y: 0 };
const inside: CityVersion = { code: '220100', bounds: [124, 43, 127, 45], version: 3 };
const beside: CityVersion = { code: '220200', bounds: [-10, 10, -5, 20], version: 8 };
const far: CityVersion = { code: '220300', bounds: [-60, 10, -50, 20], version: 5 };

describe('the version of a tile', () => {
  it('is the scope and a hash of the cities that meet the tile or its margin', () => {
    const version = tileVersion('abc', [beside, inside, far], tile);

    expect(version).toBe(`abc.${fnv1a('220100:3;220200:8')}`);
  });

  it('does not depend on the order of the cities', () => {
    expect(tileVersion('abc', [inside, beside], tile)).toBe(
      tileVersion('abc', [beside, inside], tile),
    );
  });

  it('changes with a city that meets the tile, and with no other', () => {
    const before = tileVersion('abc', [inside, far], tile);

    expect(tileVersion('abc', [{ ...inside, version: 4 }, far], tile)).not.toBe(before);
    expect(tileVersion('abc', [inside, { ...far, version: 6 }], tile)).toBe(before);
  });

  it('hashes by FNV-1a as published', () => {
    // Published 32-bit vectors: "" → 811c9dc5, "a" → e40c292c, "foobar" → bf9cf968.
    expect(['', 'a', 'foobar'].map(fnv1a)).toEqual(['811c9dc5', 'e40c292c', 'bf9cf968']);
  });
});
