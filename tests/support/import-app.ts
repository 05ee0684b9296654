import { aSmallProvince } from './factories.ts';
import { testApp } from './test-app.ts';
import type { TestApp } from './test-app.ts';

/** The service with the example province that the small files of the import suites lie in. */
export async function importApp(): Promise<TestApp> {
  const app = await testApp();
  await app.database.asOwner(aSmallProvince);
  return app;
}
