import { importRegions } from '#server/features/regions/import-regions.ts';
import { sharedGeoJson } from './shared-data.ts';
import { shippedSeed } from './test-app.ts';
import type { Seed } from './test-database.ts';

const FILES = ['province', 'city', 'county'] as const;
const NAMES = { province: 'jilin_province', city: 'jilin_cities', county: 'jilin_counties' };

/** As after a start, with the official borders of Jilin, which do not ship: province, cities and counties. */
export const officialSeed: Seed = {
  name: 'official',
  fill: async (database) => {
    await shippedSeed.fill(database);
    await database.asOwner(async (trx) => {
      for (const depth of FILES) {
        await importRegions(trx, {
          file: sharedGeoJson(`admin/${NAMES[depth]}.geojson`),
          depth,
          source: '天地图',
          approvalNumber: 'GS(2024)0650',
          validFrom: '2026-01-01',
        });
      }
    });
  },
};
