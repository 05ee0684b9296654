import path from 'node:path';
import type { Knex } from 'knex';
import { calendarDay } from './domain/calendar-day.ts';
import { storeAssessments } from './features/assessments/bulk-assessments.ts';
import { refreshEnterprises } from './features/assessments/level-periods.store.ts';
import { recordLevels } from './features/assessments/record-levels.ts';
import { readDemoSource } from './features/demo/demo-source.ts';
import type { DemoSource } from './features/demo/demo-source.ts';
import type { DemoDeps } from './features/demo/load-demo.ts';
import { seedJurisdictions } from './features/jurisdictions/seed-jurisdictions.ts';
import { listMethods } from './features/methods/methods.store.ts';
import { importRegions } from './features/regions/import-regions.ts';
import { projectRoot } from './project-root.ts';

const BOUNDARY_SOURCE = 'Apache ECharts 4.9.0 (Apache-2.0)';
const UNIT_SOURCE = 'risk-map';

/** Any number gives another set of the same kind. */
const DEMO_SEED = 20_161_009;

const dataFolder = path.join(projectRoot, 'data');

/** What the demonstration set needs of the other features. `now` is epoch milliseconds. */
export async function demoDeps(now: number, timeZone: string): Promise<DemoDeps> {
  const source = await readDemoSource(dataFolder);
  return {
    source,
    seed: DEMO_SEED,
    now,
    loadBoundaries: (trx) => loadBoundaries(trx, source, demoDay(now, timeZone)),
    storeAssessments: async (trx, drafts) => {
      const definitions = (await listMethods(trx)).flatMap((method) => method.versions);
      await storeAssessments(trx, definitions, drafts, timeZone);
    },
    recordLevels,
    refreshEnterprises,
  };
}

/** The day a new set is made for: today in the service's time zone. */
export function demoDay(now: number, timeZone: string): string {
  return calendarDay(now, timeZone);
}

async function loadBoundaries(
  trx: Knex.Transaction,
  files: DemoSource,
  validFrom: string,
): Promise<void> {
  const common = { source: BOUNDARY_SOURCE, approvalNumber: null, validFrom };
  await importRegions(trx, { file: files.provinceFile, depth: 'province', ...common });
  await importRegions(trx, { file: files.cityFile, depth: 'city', ...common });
  await seedJurisdictions(trx, path.join(dataFolder, 'special-areas.csv'), UNIT_SOURCE);
}
