import type { Database } from '#server/db/open-database.ts';
import { demoDeps } from '#server/demo.ts';
import { ensureDemo } from '#server/features/demo/load-demo.ts';
import { seedShippedData } from '#server/seed.ts';
import type { Seed } from './test-database.ts';

/** The day the set of the tests is made for, and noon of it in Shanghai. */
export const DEMO_DAY = '2026-06-15';
export const DEMO_NOW = Date.parse(`${DEMO_DAY}T12:00:00+08:00`);

/** A register with the demonstration set, as after the first start on DEMO_DAY. */
export const demoSeed: Seed = {
  name: 'demo',
  fill: async (database: Database) => {
    await seedShippedData(database);
    const deps = await demoDeps(DEMO_NOW, 'Asia/Shanghai');
    await database.asOwner((trx) => ensureDemo(trx, DEMO_DAY, deps));
  },
};
