import { fnv1a, tileVersion } from '#server/domain/tile-version.ts';
import type { CityVersion } from '#server/domain/tile-version.ts';
import type { TileJson } from '#server/features/tiles/tiles.contract.ts';
import { createTileSources } from '#client/map/tile-sources.ts';

const HERE = 'http://map.test';

const changchun: CityVersion = { code: '220100', bounds: [124.3, 43.2, 127.1, 45.3], version: 7 };
const yanbian: CityVersion = { code: '222400', bounds: [127.4, 41.9, 131.4, 44.5], version: 2 };

function aTileJson(overrides: Partial<TileJson> = {}): TileJson {
  return {
    tilejson: '3.0.0',
    name: 'regions',
    tiles: ['http://public.test/tiles/regions/{z}/{x}/{y}.mvt?rule=highest'],
    minzoom: 0,
    maxzoom: 14,
    bounds: [-180, -85, 180, 85],
    attribution: '',
    vector_layers: [],
    scope: 'abcd',
    cities: [yanbian, changchun].map((city) => ({ ...city, bounds: [...city.bounds] })),
    ...overrides,
  };
}

const request = { source: 'regions', layer: 'regions', query: { rule: 'highest' } } as const;

describe('the version of a tile', () => {
  it('is the published FNV-1a hash', () => {
    expect(['', 'a', 'foobar'].map(fnv1a)).toEqual(['811c9dc5', 'e40c292c', 'bf9cf968']);
  });

  it('counts the cities that meet the tile, in the order of their codes', () => {
    const world = { z: 0, x: 0, y: 0 };

    expect(tileVersion('abcd', [yanbian, changchun], world)).toBe(
      `abcd.${fnv1a('220100:7;222400:2')}`,
    );
  });

  it('leaves out a city that is far from the tile', () => {
    // z 10: 0.35° wide; x = (125.32 + 180) / 360 · 1024 = 868, y of 43.9° north = 373: inside Changchun only.
    const tile = { z: 10, x: 868, y: 373 };

    expect(tileVersion('abcd', [yanbian, changchun], tile)).toBe(`abcd.${fnv1a('220100:7')}`);
  });

  it('counts a city that only reaches into the margin of the tile', () => {
    // z 10, x 868: from 125.15625° to 125.5078125° east; 64 of 4096 units beyond are 0.0055°.
    const tile = { z: 10, x: 868, y: 373 };
    const near: CityVersion = { code: '220900', bounds: [125.513, 43, 126, 44.5], version: 1 };

    expect(tileVersion('abcd', [near], tile)).toBe(`abcd.${fnv1a('220900:1')}`);
  });
});

describe('the sources of the map', () => {
  it('fetch tiles from the page’s own origin whatever the service calls itself', async () => {
    const sources = createTileSources(() => Promise.resolve(aTileJson()), HERE);

    expect((await sources.load(request)).tiles).toEqual([
      'http://map.test/tiles/regions/{z}/{x}/{y}.mvt?rule=highest',
    ]);
  });

  it('append the version to tiles, and to nothing else', async () => {
    const sources = createTileSources(() => Promise.resolve(aTileJson()), HERE);
    const ask = async (url: string) => (await sources.transformRequest(url))?.url;

    expect(await ask(`${HERE}/tiles/regions/0/0/0.mvt`)).toBe(`${HERE}/tiles/regions/0/0/0.mvt`);
    await sources.load(request);
    expect(await ask(`${HERE}/tiles/regions/0/0/0.mvt?rule=highest`)).toBe(
      `${HERE}/tiles/regions/0/0/0.mvt?rule=highest&v=abcd.${fnv1a('220100:7;222400:2')}`,
    );
    expect(await ask('http://other.test/tiles/regions/0/0/0.mvt')).toBe(
      'http://other.test/tiles/regions/0/0/0.mvt',
    );
    expect(await ask(`${HERE}/tiles/regions.json`)).toBe(`${HERE}/tiles/regions.json`);
  });

  it('ask once for each layer and filter, and again after a save', async () => {
    let asked = 0;
    const sources = createTileSources(() => {
      asked += 1;
      return Promise.resolve(aTileJson());
    }, HERE);

    await sources.load(request);
    await sources.load({ ...request, source: 'regions-inside' });
    expect(asked).toBe(1);
    await sources.load({ ...request, query: { rule: 'weighted' } });
    expect(asked).toBe(2);
    sources.forget();
    await sources.load(request);
    expect(asked).toBe(3);
  });

  it('ask again after a failure', async () => {
    let asked = 0;
    const sources = createTileSources(() => {
      asked += 1;
      return asked === 1 ? Promise.reject(new Error('no answer')) : Promise.resolve(aTileJson());
    }, HERE);

    await expect(sources.load(request)).rejects.toThrow('no answer');
    await expect(sources.load(request)).resolves.toMatchObject({ type: 'vector', maxzoom: 14 });
  });
});
