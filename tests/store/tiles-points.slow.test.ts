import type { Tile } from '#server/domain/geometry/tile.ts';
import { tileAt } from '#server/domain/geometry/tile.ts';
import { tileEncoder } from '#server/features/tiles/tile-encoder.ts';
import type { TileFilters } from '#server/features/tiles/tile-filters.ts';
import { riskPointsQuery } from '#server/features/tiles/risk-points.sql.ts';
import { decodeTile } from '#tests/support/decode-tile.ts';
import type { TileFeature } from '#tests/support/decode-tile.ts';
import { aSmallProvince } from '#tests/support/factories.ts';
import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';
import { seededRandom } from '#tests/support/seeded-random.ts';
import { NO_FILTERS } from '#tests/support/tile-requests.ts';
import { idOf, insertPointStates } from '#tests/support/tile-data.ts';
import type { PointRow } from '#tests/support/tile-data.ts';

/** Points on tile edges, on the edges of the world, and 4,200 in one town: more than a tile may hold. */
const EDGES: readonly PointRow[] = [
  { id: idOf('null island'), at: [0, 0] },
  { id: idOf('date line east'), at: [180, 43] },
  { id: idOf('date line west'), at: [-180, 43] },
  { id: idOf('far south'), at: [179.9999, -85] },
  { id: idOf('far north'), at: [-179.9999, 85] },
  // 125.15625° is column 868 · 2^k of zoom 10 + k: an edge at every zoom from 9 on.
  { id: idOf('column edge'), at: [125.15625, 43.3] },
];
const LEVELS = [1, 2, 3, 4, null] as const;
const TOWN: readonly PointRow[] = Array.from({ length: 4200 }, (_, index) => {
  const level = LEVELS[index % 5] ?? null;
  const state = level === null && index % 2 === 0 ? 'expired' : undefined;
  return {
    id: idOf(`town ${index}`),
    // Denser to the north-west, within 0.08°; some share one spot.
    at: [
      125.345 + 0.08 * ((index % 70) / 70) ** 2,
      43.43 - 0.08 * (Math.floor(index / 70) / 60) ** 2,
    ] as const,
    level,
    ...(state === undefined ? {} : { state, lastLevel: 1, dynamic: index % 4 === 0 ? 1 : null }),
    fields: index % 3 === 0 ? ['gas'] : ['smelting', 'gas'],
    region: index % 2 === 0 ? '990101' : '990102',
    city: '990100',
  };
});
const SPREAD: readonly PointRow[] = Array.from({ length: 200 }, (_, index) => ({
  id: idOf(`spread ${index}`),
  at: [125.9 + ((index * 7919) % 200) / 200, 43.1 + ((index * 104729) % 200) / 240] as const,
  level: ((index % 4) + 1) as 1 | 2 | 3 | 4,
  city: '990200',
}));
const random = seededRandom(20260615);
/** Anywhere west of 60° E, outside every city. */
const ANYWHERE: readonly PointRow[] = Array.from({ length: 20 }, (_, index) => ({
  id: idOf(`anywhere ${index}`),
  at: [-180 + random.next() * 240, -85 + random.next() * 170] as const,
  city: '000000',
}));
const ALL = [...EDGES, ...TOWN, ...SPREAD, ...ANYWHERE];

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  await database.asOwner(async (trx) => {
    await aSmallProvince(trx);
    await insertPointStates(trx, [
      ...ALL,
      { ...(TOWN[0] as PointRow), basis: 'inherent', level: 1 },
    ]);
    await trx.raw('ANALYZE');
  });
}, 180_000);

afterAll(() => closeTestDatabase(database));

type PointsTile = {
  readonly singles: readonly TileFeature[];
  readonly cells: readonly TileFeature[];
};

/** All tiles of one moment, one after the other: the embedded engine lets only so many wait. */
async function pointsOf(
  tiles: readonly Tile[],
  filters: Partial<TileFilters> = {},
): Promise<PointsTile> {
  const encode = tileEncoder(database.capabilities);
  return database.read(async (trx) => {
    const found: { singles: TileFeature[]; cells: TileFeature[] } = { singles: [], cells: [] };
    for (const tile of tiles) {
      const bytes = await encode(trx, riskPointsQuery(tile, { ...NO_FILTERS, ...filters }));
      const decoded = decodeTile(bytes);
      found.singles.push(...(decoded['risk-points'] ?? []));
      found.cells.push(...(decoded['risk-point-cells'] ?? []));
    }
    return found;
  });
}

const pointsIn = (tile: Tile, filters: Partial<TileFilters> = {}): Promise<PointsTile> =>
  pointsOf([tile], filters);

/** Every tile of a zoom that can hold a point, and the neighbours of many: a point counted twice shows. */
function tilesRound(points: readonly PointRow[], z: number): Tile[] {
  const found = new Map<string, Tile>();
  const last = 2 ** z - 1;
  for (const [index, { at }] of points.entries()) {
    const { x, y } = tileAt(at, z);
    const steps = index < EDGES.length || index % 10 === 0 ? [-1, 0, 1] : [0];
    for (const [dx, dy] of steps.flatMap((dx) => steps.map((dy) => [dx, dy] as const))) {
      const tile = { z, x: x + dx, y: y + dy };
      if (Math.min(tile.x, tile.y) >= 0 && Math.max(tile.x, tile.y) <= last) {
        found.set(`${tile.x}/${tile.y}`, tile);
      }
    }
  }
  return [...found.values()];
}

const everything = (z: number, points: readonly PointRow[] = ALL): Promise<PointsTile> =>
  pointsOf(tilesRound(points, z));

const sum = (features: readonly TileFeature[], name: string): number =>
  features.reduce((total, { properties }) => total + Number(properties[name] ?? 0), 0);
const idsOf = (features: readonly TileFeature[]): unknown[] =>
  features.map(({ properties }) => properties['id']);

describe('every point is in exactly one feature', () => {
  it.each([0, 1, 2, 3, 5, 8, 9])('counted in one cell at zoom %i', async (z) => {
    const { singles, cells } = await everything(z);

    expect(singles).toEqual([]);
    // 6 + 4,200 + 200 + 20
    expect(sum(cells, 'n')).toBe(4426);
    const keys = cells.map(({ properties }) => properties['key']);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([10, 11, 14])('drawn once or counted in one cell at zoom %i', async (z) => {
    const { singles, cells } = await everything(z);

    const ids = idsOf(singles);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length + sum(cells, 'n')).toBe(4426);
    for (const { id } of EDGES) expect(ids).toContain(id);
  });

  it('lies inside its tile, so that it is drawn', async () => {
    for (const z of [0, 4, 9, 10, 14]) {
      const { singles, cells } = await everything(z, EDGES);

      const spots = [...singles, ...cells].flatMap(({ parts }) => parts.flat(2));
      expect(Math.min(...spots)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...spots)).toBeLessThan(4096);
    }
  });
});

describe('a tile that would hold more than 3,000 points', () => {
  const town = (z: number) => pointsIn(tileAt([125.35, 43.42], z));

  it.each([10, 11])('keeps its densest cells as aggregates at zoom %i', async (z) => {
    const { singles, cells } = await town(z);

    expect(singles.length + cells.length).toBeLessThanOrEqual(3000);
    expect(singles.length + sum(cells, 'n')).toBeGreaterThanOrEqual(4200);
    expect(cells.length).toBeGreaterThan(0);
    for (const { properties } of cells) {
      expect(properties['split']).toBeGreaterThan(z);
      const counted = ['n1', 'n2', 'n3', 'n4', 'nNotAssessed', 'nExpired', 'nNotApplicable'];
      const all = counted.reduce((total, name) => total + Number(properties[name]), 0);
      expect(all).toBe(properties['n']);
    }
  });

  it('aggregates cells that hold at least as many points as any that is opened', async () => {
    const { singles, cells } = await town(11);

    // An opened cell is known by its points: 8 × 8 cells of 512 units.
    const opened = new Map<string, number>();
    for (const { parts } of singles) {
      const [[x, y] = [0, 0]] = parts[0] ?? [];
      const cell = `${Math.floor(x / 512)}/${Math.floor(y / 512)}`;
      opened.set(cell, (opened.get(cell) ?? 0) + 1);
    }
    const least = Math.min(...cells.map(({ properties }) => Number(properties['n'])));
    expect(least).toBeGreaterThanOrEqual(Math.max(...opened.values()));
  });
});

describe('an aggregate', () => {
  const alone = async (tile: Tile, id: string): Promise<TileFeature | undefined> => {
    const { cells } = await pointsIn(tile);
    return cells.find(({ properties }) => properties['key'] === id);
  };

  it('of one point stands where the point is and opens at zoom 10', async () => {
    // (0°, 0°) is the north-west corner of column 16, row 16 of zoom 5: cell 128/128 of zoom 8.
    const cell = await alone({ z: 5, x: 16, y: 16 }, '8/128/128');

    expect(cell?.parts).toEqual([[[0, 0]]]);
    expect(cell?.properties).toMatchObject({ n: 1, n4: 1, worst: 4, split: 10 });
  });

  it('of a wide spread opens at the next zoom', async () => {
    const { cells } = await pointsIn({ z: 0, x: 0, y: 0 });

    // Column 6 of 8 holds 90°…135° E, row 2 holds 41°…66.5° N: town, spread and the point on the edge, 4,401 in all …
    const cell = cells.find(({ properties }) => properties['key'] === '3/6/2');
    expect(cell?.properties['n']).toBe(4401);
    // … within 1.5° of 45°: σ is about 0.3°, 7 of 1,024 parts, so they part at cell zoom 3 + log2(512 / 7) → 10, zoom 7.
    expect(cell?.properties['split']).toBeGreaterThanOrEqual(6);
    expect(cell?.properties['split']).toBeLessThanOrEqual(8);
  });
});

describe('filters', () => {
  const whole = { z: 0, x: 0, y: 0 };
  const count = async (filters: Partial<TileFilters>, tiles: readonly Tile[] = [whole]) => {
    const { singles, cells } = await pointsOf(tiles, filters);
    return singles.length + sum(cells, 'n');
  };

  // The town: 840 of each level 1…4 and 840 without one, of which 420 expired and 420 never assessed.
  // The spread: 50 of each level. The edges: 6 of level 4, like the 20 anywhere.
  const expected: [string, Partial<TileFilters>, number][] = [
    ['a level', { levels: [1] }, 890],
    ['several levels', { levels: [1, 4] }, 1806],
    ['a state', { states: ['expired'] }, 420],
    ['a state and the level of another: nothing', { states: ['expired'], levels: [1] }, 0],
    ['the state of levels', { states: ['assessed'], levels: [2] }, 890],
    ['a field of several', { fields: ['smelting'] }, 2800],
    ['any of the fields', { fields: ['smelting', 'gas'] }, 4200],
    ['a field nobody has', { fields: ['no-such-field'] }, 0],
    ['a region with all below it', { region: '990100' }, 4206],
    ['a county', { region: '990102' }, 2100],
    ['what is in no region', { region: '000000' }, 20],
    ['an unknown region', { region: '123456' }, 0],
    ['the other basis', { basis: 'inherent' }, 1],
    ['a dynamic level, with its colour', { dynamicLevels: [1], colour: 'dynamic' }, 1100],
    ['a dynamic level, with the assessed colour', { dynamicLevels: [1] }, 1100],
    ['a state, with the dynamic colour', { states: ['expired'], colour: 'dynamic' }, 420],
    ['two kinds of level at once', { levels: [1], dynamicLevels: [1] }, 890],
  ];

  it.each(expected)('by %s', async (_name, filters, total) => {
    expect(await count(filters)).toBe(total);
  });

  it.each(expected)('by %s give the same count as single points', async (_name, filters, total) => {
    expect(await count(filters, tilesRound(ALL, 10))).toBe(total);
  });

  it('counts by the dynamic level where that one paints', async () => {
    const assessed = (await pointsIn(whole)).cells;
    const dynamic = (await pointsIn(whole, { colour: 'dynamic' })).cells;

    // 210 of the 420 expired points have a dynamic level 1.
    expect([sum(assessed, 'n1'), sum(assessed, 'nExpired')]).toEqual([890, 420]);
    expect([sum(dynamic, 'n1'), sum(dynamic, 'nExpired')]).toEqual([1100, 210]);
    expect([sum(assessed, 'n'), sum(dynamic, 'n')]).toEqual([4426, 4426]);
  });
});
