import { fromWgs84, toWgs84 } from '#server/domain/crs/crs.ts';
import type { Crs } from '#server/domain/crs/crs.ts';
import type { Position } from '#server/domain/geometry/bbox.ts';
import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});

afterAll(() => closeTestDatabase(database));

/** Each of the four runs of codes, on both sides of its meridian and out to the edge of its zone. */
const PLACES: readonly (readonly [Crs, Position])[] = [
  ['EPSG:4547', [112.6, 37.9]],
  ['EPSG:4547', [115.45, 22.5]],
  ['EPSG:4551', [126.53, 43.84]],
  ['EPSG:4524', [106.9, 18.2]],
  ['EPSG:4524', [109.4, 34.3]],
  ['EPSG:4530', [127.49, 53.5]],
  ['EPSG:4502', [77.9, 39.4]],
  ['EPSG:4510', [120.1, 30.2]],
  ['EPSG:4491', [73.6, 39.4]],
  ['EPSG:4501', [134.9, 48.3]],
  ['EPSG:3857', [126.53, 43.84]],
];

describe('projections, against those of PostGIS', () => {
  it.each(PLACES)('%s at %j agrees within a millimetre, both ways', async (crs, position) => {
    const expected = await transformed(Number(crs.slice('EPSG:'.length)), position);

    const [x, y] = fromWgs84(crs, position);
    expect(Math.hypot(x - expected.x, y - expected.y)).toBeLessThan(0.001);

    // 1e-8 degrees are about a millimetre.
    const [lon, lat] = toWgs84(crs, [expected.x, expected.y]);
    expect(Math.abs(lon - position[0])).toBeLessThan(1e-8);
    expect(Math.abs(lat - position[1])).toBeLessThan(1e-8);
  });
});

async function transformed(srid: number, position: Position): Promise<{ x: number; y: number }> {
  const { rows } = await database.asOwner((trx) =>
    trx.raw<{ rows: [{ x: number; y: number }] }>(
      `select ST_X(p) as x, ST_Y(p) as y
       from ST_Transform(ST_SetSRID(ST_MakePoint(?, ?), 4326), ?::int) as p`,
      [...position, srid],
    ),
  );
  return rows[0];
}
