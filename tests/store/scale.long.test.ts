import { addPoints, analyse, placeClusters } from '#server/cli/bench/bench-points.store.ts';
import { differences } from '#server/db/reconcile.ts';
import { tileBbox } from '#server/domain/geometry/tile.ts';
import type { Tile } from '#server/domain/geometry/tile.ts';
import { riskPointsQuery } from '#server/features/tiles/risk-points.sql.ts';
import { tileEncoder } from '#server/features/tiles/tile-encoder.ts';
import { decodeTile } from '#tests/support/decode-tile.ts';
import { aSmallProvince } from '#tests/support/factories.ts';
import { closeTestDatabase, openTestDatabase, testEngine } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';
import { NO_FILTERS } from '#tests/support/tile-requests.ts';

/** A tenth on the embedded engine; the bench goes to a million. */
const POINTS = testEngine() === 'postgres' ? 300_000 : 30_000;
const CHUNK = 30_000;
/** A hang guard only: the figures are those of the bench. */
const TILE_MS = 5_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  await database.asOwner(aSmallProvince);
  const clusters = await database.asOwner((trx) => placeClusters(trx, 400));
  for (let from = 1; from <= POINTS; from += CHUNK) {
    await database.asOwner((trx) => addPoints(trx, clusters, [from, from + CHUNK - 1]));
  }
  await database.asOwner(analyse);
}, 900_000);
afterAll(() => closeTestDatabase(database));

/** The tiles of a zoom that can hold a point: the world up to zoom 3, then the surroundings of the small province. */
function tilesOf(z: number): readonly Tile[] {
  const tiles: Tile[] = [];
  for (let x = 0; x < 2 ** z; x += 1) {
    for (let y = 0; y < 2 ** z; y += 1) {
      const [west, south, east, north] = tileBbox({ z, x, y });
      if (z <= 3 || (east > 122 && west < 130 && north > 40 && south < 47)) tiles.push({ z, x, y });
    }
  }
  return tiles;
}

async function countAt(z: number): Promise<{ total: number; slowest: number }> {
  const encode = tileEncoder(database.capabilities);
  let total = 0;
  let slowest = 0;
  for (const tile of tilesOf(z)) {
    const began = performance.now();
    const bytes = await database.read((trx) => encode(trx, riskPointsQuery(tile, NO_FILTERS)));
    slowest = Math.max(slowest, performance.now() - began);
    const { 'risk-point-cells': cells = [], 'risk-points': singles = [] } = decodeTile(bytes);
    for (const { properties } of cells) total += Number(properties['n']);
    total += singles.length;
  }
  return { total, slowest };
}

describe(`${POINTS} risk points`, () => {
  it.each([2, 4, 6, 8, 10])('are each in exactly one feature at zoom %i', async (z) => {
    const { total, slowest } = await countAt(z);

    expect(total).toBe(POINTS);
    expect(slowest).toBeLessThan(TILE_MS);
  });

  it('are counted in the cube as a recomputation counts them', async () => {
    const found = await database.asOwner(differences);

    expect(found.find(({ what }) => what === 'summary cube')).toEqual({
      what: 'summary cube',
      rows: 0,
    });
  });
});
