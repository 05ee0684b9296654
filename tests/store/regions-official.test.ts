import { booleanPointInPolygon } from '@turf/turf';
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { importRegions } from '#server/features/regions/import-regions.ts';
import { seededRandom } from '#tests/support/seeded-random.ts';
import { itWithSharedData, sharedGeoJson } from '#tests/support/shared-data.ts';
import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

type Areas = FeatureCollection<Polygon | MultiPolygon>;

const LEVELS = [
  ['province', 'jilin_province', 'province_adcode'],
  ['city', 'jilin_cities', 'city_adcode'],
  ['county', 'jilin_counties', 'district_adcode'],
] as const;

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});

afterAll(() => closeTestDatabase(database));

/** Lowest code of the areas that hold the place, by another library than the database's. */
function codeAt(areas: Areas, property: string, place: readonly [number, number]): string | null {
  const held = (area: Feature<Polygon | MultiPolygon>): boolean =>
    booleanPointInPolygon([...place], area);
  const codes = areas.features.filter(held).map((area) => String(area.properties?.[property]));
  return codes.sort()[0] ?? null;
}

describe('regions of the official boundaries', () => {
  itWithSharedData('at 1,000 random places are those that another library finds', async () => {
    const random = seededRandom(220000);
    // A box that is larger than the province: [121.6, 131.4] by [40.8, 46.4].
    const places = Array.from(
      { length: 1000 },
      () => [121.6 + random.next() * 9.8, 40.8 + random.next() * 5.6] as const,
    );
    const layers = LEVELS.map(([depth, name, property]) => ({
      depth,
      property,
      areas: sharedGeoJson(`admin/${name}.geojson`) as Areas,
    }));

    const found = await database.asOwner(async (trx) => {
      for (const { depth, areas } of layers) {
        const origin = { source: 'test', approvalNumber: null, validFrom: '2026-01-01' };
        await importRegions(trx, { file: areas, depth, ...origin });
      }
      const result = await trx.raw<{
        rows: { region: string | null; city_code: string; region_flag: string | null }[];
      }>(
        `WITH made AS (
           INSERT INTO risk_points (id, name_zh, kind, lifecycle, geom, exists_from)
           SELECT gen_random_uuid(), p.n::text, 'place', 'running', ST_SetSRID(ST_MakePoint(p.lon, p.lat), 4326), now()
           FROM unnest(?::float8[], ?::float8[]) WITH ORDINALITY AS p(lon, lat, n)
           RETURNING name_zh::int AS n, region, city_code, region_flag)
         SELECT region, city_code, region_flag FROM made ORDER BY n`,
        [places.map(([lon]) => lon), places.map(([, lat]) => lat)],
      );
      return result.rows;
    });

    const expected = places.map((place) => {
      const [province, city, county] = layers.map(({ areas, property }) =>
        codeAt(areas, property, place),
      );
      return {
        region: county ?? city ?? province ?? null,
        city_code: city ?? '000000',
        region_flag: city === null ? 'outside' : null,
      };
    });
    expect(found).toEqual(expected);
    // The box is about twice as large as the province, so both kinds are there.
    expect(expected.filter(({ region }) => region !== null).length).toBeGreaterThan(250);
    expect(new Set(expected.map(({ city_code: city }) => city)).size).toBe(10);
  });
});
