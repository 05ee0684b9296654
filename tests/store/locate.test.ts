import {
  aBox,
  anEnterprise,
  aRegion,
  aRiskPoint,
  aSmallProvince,
} from '#tests/support/factories.ts';
import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

type Located = {
  region: string | null;
  city_code: string;
  region_flag: string | null;
  jurisdiction_id: string | null;
};

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  await database.asOwner(aSmallProvince);
});

afterAll(() => closeTestDatabase(database));

async function located(options: Parameters<typeof aRiskPoint>[1]): Promise<Located | undefined> {
  return database.asOwner(async (trx) => {
    const { id } = await aRiskPoint(trx, options);
    return trx('risk_points as rp')
      .first<Located | undefined>(
        'rp.region',
        'rp.city_code',
        'rp.region_flag',
        'rp.jurisdiction_id',
      )
      .where('rp.id', id);
  });
}

describe('region of a row, found by the database', () => {
  it('is the deepest region that holds the place, with the code of its city', async () => {
    expect(await located({ at: [125.5, 43.7] })).toMatchObject({
      region: '990102',
      city_code: '990100',
      region_flag: null,
    });
  });

  it('is the city itself where it has no counties', async () => {
    expect(await located({ at: [126.5, 43.7] })).toMatchObject({
      region: '990200',
      city_code: '990200',
      region_flag: null,
    });
  });

  it('is the lowest code on a border that two counties share', async () => {
    expect(await located({ at: [125.4, 43.5] })).toMatchObject({ region: '990101' });
  });

  it('is the deepest region on a border between a city with counties and one without', async () => {
    expect(await located({ at: [126, 43.2] })).toMatchObject({
      region: '990101',
      city_code: '990100',
    });
  });

  it('is none, with the city 000000 and a flag, outside every city', async () => {
    expect(await located({ at: [10, 50] })).toEqual({
      region: null,
      city_code: '000000',
      region_flag: 'outside',
      jurisdiction_id: null,
    });
  });

  it('is flagged, and still the true one, where the given region disagrees', async () => {
    expect(await located({ at: [125.5, 43.25], givenRegion: '990200' })).toMatchObject({
      region: '990101',
      city_code: '990100',
      region_flag: 'disagrees',
    });
  });

  it.each(['990101', '990100', '990000'])(
    'is not flagged where the given region %s holds it',
    async (givenRegion) => {
      expect(await located({ at: [125.5, 43.25], givenRegion })).toMatchObject({
        region_flag: null,
      });
    },
  );

  it('of a line is that of a point on it', async () => {
    const line = {
      type: 'LineString',
      coordinates: [
        [126.2, 43.2],
        [126.8, 43.2],
      ],
    };

    expect(await located({ shape: line })).toMatchObject({ region: '990200' });
  });

  it('moves with the geometry', async () => {
    const moved = await database.asOwner(async (trx) => {
      const { id } = await anEnterprise(trx, { at: [125.5, 43.25] });
      await trx('enterprises')
        .update({ geom: trx.raw('ST_SetSRID(ST_MakePoint(125.5, 43.75), 4326)') })
        .where('id', id);
      return trx('enterprises')
        .first<Located>('region', 'city_code', 'region_flag')
        .where('id', id);
    });

    expect(moved).toEqual({ region: '990102', city_code: '990100', region_flag: null });
  });

  it('names the smallest jurisdiction that holds the place', async () => {
    const [wide, narrow] = [
      '018f0000-0000-7000-8000-000000000001',
      '018f0000-0000-7000-8000-000000000002',
    ];
    await database.asOwner(async (trx) => {
      const add = (id: string, shape: object) =>
        trx.raw(
          `INSERT INTO jurisdictions (id, kind, names, geom, source)
           VALUES (?, 'park', '{"zh": "示例园区"}', ST_Multi(ST_GeomFromGeoJSON(?)), 'test')`,
          [id, JSON.stringify(shape)],
        );
      await add(wide, aBox(126.1, 43.1, 126.9, 43.9));
      await add(narrow, aBox(126.4, 43.4, 126.6, 43.6));
    });

    expect(await located({ at: [126.5, 43.5] })).toMatchObject({ jurisdiction_id: narrow });
    expect(await located({ at: [126.2, 43.2] })).toMatchObject({ jurisdiction_id: wide });
  });
});

describe('geometry that the register refuses', () => {
  it.each([
    [
      'a polygon that crosses itself',
      {
        type: 'Polygon',
        coordinates: [
          [
            [125, 43],
            [126, 44],
            [126, 43],
            [125, 44],
            [125, 43],
          ],
        ],
      },
    ],
    [
      'a set of points',
      {
        type: 'MultiPoint',
        coordinates: [
          [125, 43],
          [126, 44],
        ],
      },
    ],
    ['a place beyond the reach of Web Mercator', { type: 'Point', coordinates: [125, 86] }],
  ])('includes %s', async (_, shape) => {
    await expect(located({ shape })).rejects.toThrow();
  });

  it('includes an area of a region that crosses itself', async () => {
    const bowTie = {
      type: 'Polygon',
      coordinates: [
        [
          [120, 40],
          [121, 41],
          [121, 40],
          [120, 41],
          [120, 40],
        ],
      ],
    };

    const attempt = database.asOwner((trx) => aRegion(trx, { code: '980100', shape: bowTie }));

    await expect(attempt).rejects.toThrow();
  });
});

describe('region of 1,000 random places', () => {
  it('equals what an independent query over the whole regions finds', async () => {
    await database.asOwner(async (trx) => {
      // A coast of many vertices, so that the pieces used for the search matter; it lies north of the small province.
      await trx.raw(
        `INSERT INTO regions (code, depth, names, path, city_code, geom, label, area_km2, source, valid_from)
         SELECT '970100', 'city', '{"zh": "示例丙市"}', '{}', '', ST_Multi(g.geom), ST_PointOnSurface(g.geom), 0, 'test',
           '2025-01-01'
         FROM (SELECT ST_MakePolygon(ST_AddPoint(line, ST_StartPoint(line))) AS geom FROM (
           SELECT ST_SetSRID(ST_MakeLine(ARRAY(SELECT ST_MakePoint(
             126 + (0.7 + 0.2 * sin(n * 0.37)) * cos(n * 2 * pi() / 3000),
             45.5 + (0.7 + 0.2 * sin(n * 0.37)) * sin(n * 2 * pi() / 3000)) FROM generate_series(0, 2999) AS n)), 4326)
             AS line) AS l) AS g`,
      );
    });
    const wrong = await database.asOwner((trx) =>
      trx.raw<{ rows: unknown[] }>(
        `WITH places AS MATERIALIZED (
           -- A low discrepancy sequence over a box that is larger than all regions.
           SELECT ST_SetSRID(ST_MakePoint(124.5 + 3 * (n * 0.7548776662466927 % 1),
             42.5 + 4.5 * (n * 0.5698402909980532 % 1)), 4326) AS place FROM generate_series(1, 1000) AS n)
         SELECT ST_AsText(p.place), region_at(p.place) AS found, truth.code FROM places p
         LEFT JOIN LATERAL (SELECT r.code FROM regions r WHERE ST_Intersects(r.geom, p.place)
           ORDER BY r.depth_rank DESC, r.code LIMIT 1) AS truth ON true
         WHERE region_at(p.place) IS DISTINCT FROM truth.code`,
      ),
    );

    expect(wrong.rows).toEqual([]);
  });
});
