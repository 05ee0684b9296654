import { VectorTileSource } from 'maplibre-gl';
import { askAgain, retarget } from '#client/map/retarget.ts';

const before = ['http://map.test/tiles/regions/{z}/{x}/{y}.mvt?rule=highest'];
const after = ['http://map.test/tiles/regions/{z}/{x}/{y}.mvt?rule=weighted'];

/** A source as MapLibre makes it, and what it was asked to show: it is not on a map. */
function aSource() {
  // The dispatcher and the parent of its events are of a map.
  const source = new VectorTileSource(
    'regions',
    { type: 'vector', tiles: [...before] },
    ...([undefined, undefined] as unknown as [never, never]),
  );
  const asked: string[][] = [];
  source.setTiles = (tiles) => {
    asked.push(tiles);
    return source;
  };
  return { source, asked };
}

describe('other addresses for the tiles of a source', () => {
  it('are given to a source that has not read its own yet', () => {
    const { source, asked } = aSource();
    expect(source.tiles).toBeUndefined();

    expect(retarget(source, after)).toBe(true);
    expect(asked).toEqual([after]);
  });

  it('are not given when they are the same', () => {
    const { source, asked } = aSource();

    expect(retarget(source, before)).toBe(false);
    expect(asked).toEqual([]);
  });

  it('are for no source at all nothing to do', () => {
    expect(retarget(undefined, after)).toBe(false);
  });

  it('may be the ones it has, asked for again before it has read them', () => {
    const { source, asked } = aSource();

    askAgain(source);
    expect(asked).toEqual([before]);
  });
});
