import { findLeaks } from '#tests/support/leaks/probes.ts';
import { makeWorld } from '#tests/support/leaks/world.ts';
import type { World } from '#tests/support/leaks/world.ts';
import { seededRandom } from '#tests/support/seeded-random.ts';
import { TEST_NOW, testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

let app: TestApp;
let world: World;

beforeAll(async () => {
  app = await testApp();
  world = await makeWorld(app.database, TEST_NOW);
});
afterAll(() => app?.close());

it('whatever is asked, no answer tells of a row outside the caller’s scope', async () => {
  const leaks = await findLeaks({ app, world, random: seededRandom(1), count: 1_000 });

  expect(leaks).toEqual([]);
});
