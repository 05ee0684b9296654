import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';
import { differences } from '#server/db/reconcile.ts';
import { RuleViolationError } from '#server/domain/errors.ts';
import { importRegions } from '#server/features/regions/import-regions.ts';
import type { RegionImport } from '#server/features/regions/import-regions.ts';
import { projectRoot } from '#server/project-root.ts';
import { demoSeed } from '#tests/support/demo-seed.ts';
import { aBox } from '#tests/support/factories.ts';
import { itWithSharedData, sharedGeoJson } from '#tests/support/shared-data.ts';
import { openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ seed: demoSeed });
});
afterAll(() => database?.dispose());

const official = { source: '天地图', approvalNumber: 'GS(2024)0650', validFrom: '2026-01-01' };

const load = (given: Pick<RegionImport, 'file' | 'depth'> & Partial<RegionImport>) =>
  database.asOwner((trx) => importRegions(trx, { ...official, ...given }));

const faultsOf = async (given: Parameters<typeof load>[0]): Promise<readonly string[]> => {
  const error: unknown = await load(given).then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof RuleViolationError)) throw new Error(`Not refused: ${String(error)}`);
  return error.faults.map(({ pointer, detail }) => `${pointer} ${detail.en}`);
};

const feature = (properties: object, geometry: object) => ({
  type: 'FeatureCollection',
  features: [{ type: 'Feature', properties, geometry }],
});

/** Everything of the append-only rows but what a move may change. */
const appendOnlyRows = async (trx: Knex.Transaction): Promise<string> => {
  const { rows } = await trx.raw<{ rows: [{ hash: string }] }>(
    `SELECT md5(string_agg(r.row, '|' ORDER BY r.row)) AS hash FROM (
       SELECT (to_jsonb(a) - 'city_code')::text AS row FROM assessments a
       UNION ALL SELECT (to_jsonb(l) - 'city_code')::text FROM level_periods l) AS r`,
  );
  return rows[0].hash;
};

const pointsIn = async (trx: Knex.Transaction, city: string, names: string): Promise<number> => {
  const { rows } = await trx.raw<{ rows: [{ n: number }] }>(
    `SELECT count(*)::int AS n FROM risk_points r JOIN regions g ON g.code = r.region
     WHERE r.city_code = ? AND g.names ->> 'zh' = ?`,
    [city, names],
  );
  return rows[0].n;
};

/** 1,000 places in the province, the region that rows get there, and the county whose whole border holds them. */
const regionsTwoWays = async (trx: Knex.Transaction) => {
  const { rows } = await trx.raw<{ rows: { found: string; held: string | null }[] }>(
    `SELECT region_at(p.place) AS found, (SELECT min(c.code) FROM regions c
       WHERE c.depth = 'county' AND ST_Covers(c.geom, p.place)) AS held
     FROM (SELECT (ST_Dump(ST_GeneratePoints(r.geom, 1000, 20161009))).geom AS place
       FROM regions r WHERE r.code = '220000') AS p`,
  );
  return rows;
};

describe('a boundary file that cannot be used', () => {
  it('is refused with every fault and changes nothing', async () => {
    const faults = await faultsOf({
      depth: 'city',
      file: {
        type: 'FeatureCollection',
        features: [
          {
            type: 'Feature',
            properties: { code: '220100', name: '甲' },
            geometry: { type: 'Point', coordinates: [125, 43] },
          },
          { type: 'Feature', properties: { code: '220102' }, geometry: aBox(125, 43, 126, 44) },
          {
            type: 'Feature',
            properties: { code: '220300', name: '乙' },
            geometry: {
              type: 'Polygon',
              coordinates: [
                [
                  [500, 100],
                  [1, 1],
                  [2, 2],
                  [500, 100],
                ],
              ],
            },
          },
        ],
      },
    });

    expect(faults).toEqual([
      '/features/0/geometry/type Must be a Polygon or MultiPolygon.',
      '/features/1/properties “220102” is not the code of a city (GB/T 2260).',
      '/features/1/properties Has no name.',
      '/features/2/geometry/coordinates/0/0 [500, 100] is not in −180…180, −90…90 degrees.',
      '/features/2/geometry/coordinates/0/3 [500, 100] is not in −180…180, −90…90 degrees.',
    ]);
  });

  it('with a border that crosses itself names the place', async () => {
    const bowTie = {
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
    };

    const faults = await faultsOf({
      depth: 'city',
      file: feature({ code: '220100', name: '长春市' }, bowTie),
    });

    expect(faults).toEqual(['/features/0/geometry 长春市: Self-intersection[125.5 43.5]']);
  });

  it('whose regions above are missing says so', async () => {
    const faults = await faultsOf({
      depth: 'county',
      file: feature({ code: '110101', name: '示例区' }, aBox(116, 39, 117, 40)),
    });

    expect(faults).toEqual([
      '/features/0 示例区 (110101): none of 110100, 110000 is in the register.',
    ]);
  });
});

describe('the shipped boundaries', () => {
  it('loaded again change nothing', async () => {
    const file: unknown = JSON.parse(
      readFileSync(path.join(projectRoot, 'data/regions/jilin-cities.geojson'), 'utf8'),
    );
    const first = await load({ depth: 'city', file });
    const second = await load({ depth: 'city', file });

    expect(first.changed).toHaveLength(9);
    expect(second).toMatchObject({ added: [], changed: [], relocations: [] });
    expect(second.unchanged).toHaveLength(9);
  });
});

describe('the official boundaries', () => {
  itWithSharedData(
    'load, move 公主岭 from 四平 to 长春, and keep every append-only row',
    async () => {
      const before = await database.asOwner(appendOnlyRows);

      const province = await load({
        depth: 'province',
        file: sharedGeoJson('admin/jilin_province.geojson'),
      });
      const cities = await load({
        depth: 'city',
        file: sharedGeoJson('admin/jilin_cities.geojson'),
      });
      const counties = await load({
        depth: 'county',
        file: sharedGeoJson('admin/jilin_counties.geojson'),
      });
      const again = await load({
        depth: 'county',
        file: sharedGeoJson('admin/jilin_counties.geojson'),
      });

      expect([province.changed.length, cities.changed.length, counties.added.length]).toEqual([
        1, 9, 60,
      ]);
      const points = cities.relocations.find(({ kind }) => kind === 'risk_points');
      expect(points?.changedCity).toBeGreaterThan(0);
      expect(await database.asOwner((trx) => pointsIn(trx, '220100', '公主岭市'))).toBeGreaterThan(
        0,
      );
      expect(await database.asOwner((trx) => pointsIn(trx, '220300', '公主岭市'))).toBe(0);
      expect(again).toMatchObject({ added: [], changed: [], relocations: [] });
      expect(await database.asOwner(appendOnlyRows)).toBe(before);
    },
  );

  itWithSharedData(
    'give 1,000 random places the region that a query over the whole borders gives',
    async () => {
      const rows = await database.asOwner(regionsTwoWays);

      expect(rows).toHaveLength(1000);
      expect(rows.filter(({ found, held }) => found !== held && held !== null)).toEqual([]);
      expect(rows.filter(({ held }) => held === null).length).toBeLessThan(10);
      expect(new Set(rows.map(({ found }) => found)).size).toBeGreaterThan(30);
    },
  );

  itWithSharedData('leave everything derived equal to a recomputation', async () => {
    const found = await database.asOwner(differences);

    expect(found.filter(({ rows }) => rows > 0)).toEqual([]);
    expect(found).toHaveLength(7);
  });
});
