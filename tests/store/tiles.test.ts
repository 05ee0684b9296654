import type { Tile } from '#server/domain/geometry/tile.ts';
import { tileAt } from '#server/domain/geometry/tile.ts';
import { toldAreas } from '#server/features/publication/publication.service.ts';
import { regionSummaries } from '#server/features/regions/regions.service.ts';
import { encodeInNode } from '#server/features/tiles/node-mvt.ts';
import { encodeInPostgis } from '#server/features/tiles/postgis-mvt.ts';
import type { TileFilters } from '#server/features/tiles/tile-filters.ts';
import type { LayerId } from '#server/features/tiles/tile-layers.ts';
import { createRegionTiles } from '#server/features/tiles/region-tiles.ts';
import { createVersionReader } from '#server/features/tiles/tile-versions.ts';
import { queryOf } from '#server/features/tiles/tiles.service.ts';
import { decodeTile } from '#tests/support/decode-tile.ts';
import type { DecodedTile, TileFeature } from '#tests/support/decode-tile.ts';
import { aBox, aRegion, aSmallProvince } from '#tests/support/factories.ts';
import { closeTestDatabase, openTestDatabase, testEngine } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';
import { NO_FILTERS } from '#tests/support/tile-requests.ts';
import {
  idOf,
  insertBaseFeatures,
  insertPointStates,
  insertSubjectStates,
} from '#tests/support/tile-data.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  await database.asOwner(async (trx) => {
    await aSmallProvince(trx);
    // A ring of land with a lake in it, so that an area with a hole is drawn.
    await aRegion(trx, { code: '990300', parent: '990000', shape: aBox(127, 43, 127.5, 43.5) });
    await insertBaseFeatures(trx, [
      { id: 1, kind: 'land', shape: ringOf([120, 40, 130, 46], [125.2, 43.2, 125.4, 43.4]) },
      { id: 1, kind: 'lake', name: '示例湖', shape: aBox(125.2, 43.2, 125.4, 43.4) },
      {
        id: 1,
        kind: 'river',
        name: '示例河',
        shape: {
          type: 'LineString',
          coordinates: [
            [124.9, 43.1],
            [125.3, 43.7],
            [126.4, 43.9],
          ],
        },
      },
      {
        id: 1,
        kind: 'place',
        name: '示例城',
        rank: 2,
        shape: { type: 'Point', coordinates: [125.5, 43.5] },
      },
      {
        id: 2,
        kind: 'place',
        name: '示例镇',
        rank: 5,
        zooms: [10, 24],
        shape: { type: 'Point', coordinates: [125.6, 43.5] },
      },
    ]);
    await insertPointStates(trx, [
      { id: idOf('a'), at: [125.5, 43.25], level: 1, fields: ['gas', 'smelting'], nameEn: 'Tank' },
      { id: idOf('b'), at: [125.501, 43.25], level: 2, enterprise: idOf('e') },
      {
        id: idOf('c'),
        at: [125.6, 43.3],
        level: null,
        state: 'expired',
        lastLevel: 1,
        dynamic: null,
      },
      { id: idOf('d'), at: [126.5, 43.5], city: '990200', level: null },
      { id: idOf('f'), at: [126.51, 43.5], city: '990200', level: null, state: 'not_applicable' },
      ...Array.from({ length: 400 }, (_, index) => ({
        id: idOf(`many ${index}`),
        at: [125.1 + (index % 20) * 0.02, 43.6 + Math.floor(index / 20) * 0.01] as const,
        level: 1 + (index % 4),
      })),
    ]);
    await insertSubjectStates(trx, [
      { id: idOf('e'), at: [125.5, 43.25], level: 2, points: 3 },
      { id: idOf('g'), at: [126.5, 43.5], city: '990200', level: null, points: 0 },
    ]);
  });
}, 180_000);

afterAll(() => closeTestDatabase(database));

function ringOf(
  outer: [number, number, number, number],
  hole: [number, number, number, number],
): object {
  const rings = [aBox(...outer), aBox(...hole)].map(({ coordinates }) => (coordinates as [][])[0]);
  return { type: 'Polygon', coordinates: rings };
}

async function tileBy(
  encode: typeof encodeInNode,
  layer: LayerId,
  tile: Tile,
  filters: Partial<TileFilters> = {},
): Promise<DecodedTile> {
  const reader = createVersionReader(database);
  await reader.ready();
  return database.read(async (trx) => {
    const asked = { layer, tile, filters: { ...NO_FILTERS, ...filters } };
    const table = await reader.within(trx);
    const regionTiles = createRegionTiles(regionSummaries);
    const query = await queryOf(trx, asked, { table, regionTiles, toldAreas });
    return query === null ? {} : decodeTile(await encode(trx, query));
  });
}

const identity = ({ properties: p, parts }: TileFeature): string =>
  [p['id'], p['key'], p['code'], p['name_zh'], JSON.stringify(parts[0]?.[0])].join();

/** Features in one order, attributes sorted: encoders may order them as they like. */
function comparable(tile: DecodedTile): unknown {
  return Object.entries(tile)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, features]) => [
      name,
      [...features]
        .sort((a, b) => (identity(a) < identity(b) ? -1 : 1))
        .map((feature) => ({
          ...feature,
          properties: Object.entries(feature.properties).sort(([a], [b]) => (a < b ? -1 : 1)),
        })),
    ]);
}

const CENTRE = [125.5, 43.25] as const;
const cases: [LayerId, number, Partial<TileFilters>][] = [
  ['base', 4, {}],
  ['base', 8, {}],
  ['base', 10, {}],
  ['regions', 0, {}],
  ['regions', 5, {}],
  ['regions', 9, { depth: 'county' }],
  ['regions', 13, { region: '990000' }],
  ['enterprises', 8, {}],
  ['enterprises', 14, {}],
  ['risk-points', 0, {}],
  ['risk-points', 6, { colour: 'dynamic' }],
  ['risk-points', 9, { fields: ['gas'] }],
  ['risk-points', 10, {}],
  ['risk-points', 12, {}],
];

describe('two encoders', () => {
  const both = testEngine() === 'postgres' ? it : it.skip;
  both.each(cases)('give the same %s tile at zoom %i', async (layer, z, filters) => {
    const tile = tileAt(CENTRE, z);

    const byNode = await tileBy(encodeInNode, layer, tile, filters);
    const byPostgis = await tileBy(encodeInPostgis, layer, tile, filters);

    expect(Object.values(byNode).flat().length).toBeGreaterThan(0);
    expect(comparable(byNode)).toEqual(comparable(byPostgis));
  });
});

describe('what the tiles hold', () => {
  const only = (features: readonly TileFeature[] | undefined): TileFeature => {
    expect(features).toHaveLength(1);
    return features?.[0] as TileFeature;
  };

  it('draws an area with its hole, cut a little beyond the edge', async () => {
    const { land, lakes, places } = await tileBy(encodeInNode, 'base', tileAt([125.3, 43.3], 8));

    const { parts } = only(land);
    const xs = parts.flat().map(([x]) => x);
    expect([Math.min(...xs), Math.max(...xs)]).toEqual([-64, 4160]);
    expect(parts).toHaveLength(2);
    expect(only(lakes).properties).toEqual({ name_zh: '示例湖', rank: 1 });
    expect(places?.map(({ properties }) => properties['name_zh'])).toEqual(['示例城']);
  });

  it('gives places of closer zooms to the closest tiles', async () => {
    const { places } = await tileBy(encodeInNode, 'base', tileAt([125.5, 43.5], 10));

    expect(places?.map(({ properties }) => properties['name_zh'])).toContain('示例城');
  });

  it('draws each city with its counts and colour, and its label once', async () => {
    const tile = await tileBy(encodeInNode, 'regions', tileAt(CENTRE, 5));

    const city = tile['regions']?.find(({ properties }) => properties['code'] === '990100');
    // One enterprise at level 2: W = 5 is red; 402 points by level: 100 + 1, 100 + 1, 100, 100, and one expired.
    expect(city?.properties).toEqual({
      ...{
        code: '990100',
        name: '示例甲市',
        name_zh: '示例甲市',
        name_en: 'City A',
        depth: 'city',
      },
      ...{ level: 1, state: 'assessed', pending: false },
      ...{ n1: 101, n2: 101, n3: 100, n4: 100, nNotAssessed: 0, nExpired: 1, nNotApplicable: 0 },
      ...{ assessed: 402, total: 403, s1: 0, s2: 1, s3: 0, s4: 0, sU: 0, sExpired1: 0 },
    });
    expect(tile['region-labels']?.map(({ properties }) => properties['code'])).toEqual([
      '990100',
      '990200',
      '990300',
    ]);
  });

  it('leaves the level out where none is painted', async () => {
    const tile = await tileBy(encodeInNode, 'regions', tileAt(CENTRE, 5));

    const states = tile['regions']?.map(({ properties: p }) => [p['code'], p['state'], p['level']]);
    expect(states).toEqual([
      ['990100', 'assessed', 1],
      ['990200', 'not_assessed', undefined],
      ['990300', 'no_data', undefined],
    ]);
  });

  it('draws children of the region that is asked for, or its descendants of one depth', async () => {
    const codes = async (filters: Partial<TileFilters>) => {
      const tile = await tileBy(encodeInNode, 'regions', tileAt(CENTRE, 5), filters);
      return (tile['regions'] ?? []).map(({ properties }) => properties['code']);
    };

    expect(await codes({ region: '990000' })).toEqual(['990100', '990200', '990300']);
    expect(await codes({ region: '990100' })).toEqual(['990101', '990102']);
    expect(await codes({ region: '990000', depth: 'county' })).toEqual(['990101', '990102']);
    expect(await codes({ region: '990200' })).toEqual([]);
    expect(await codes({ depth: 'province' })).toEqual(['990000']);
  });

  it('gives single points their attributes from zoom 10 on', async () => {
    const tile = await tileBy(encodeInNode, 'risk-points', tileAt(CENTRE, 13));

    expect(tile['risk-point-cells']).toBeUndefined();
    const [first] = (tile['risk-points'] ?? []).filter(
      ({ properties }) => properties['id'] === idOf('a'),
    );
    const name = `示例${idOf('a').slice(0, 8)}`;
    expect(first?.properties).toEqual({
      ...{ id: idOf('a'), name, name_zh: name, name_en: 'Tank', level: 1, state: 'assessed' },
      ...{ lastLevel: 1, dynamic: 1, field: 'gas', ent: '' },
    });
  });

  it('keeps the last level of an expired point, and no level', async () => {
    const tile = await tileBy(encodeInNode, 'risk-points', tileAt([125.6, 43.3], 13));

    const { properties } = only(tile['risk-points']);
    expect([properties['state'], properties['lastLevel'], 'level' in properties]).toEqual([
      'expired',
      1,
      false,
    ]);
  });

  it('gives enterprises with the number of their points', async () => {
    const { enterprises } = await tileBy(encodeInNode, 'enterprises', tileAt(CENTRE, 9));

    expect(only(enterprises).properties).toMatchObject({
      id: idOf('e'),
      level: 2,
      state: 'assessed',
      n: 3,
    });
  });
});
