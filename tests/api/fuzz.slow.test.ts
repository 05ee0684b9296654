import { runFuzz } from '#tests/support/run-fuzz.ts';
import { seededRandom } from '#tests/support/seeded-random.ts';
import { testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

let app: TestApp;

beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app?.close());

it('whatever is sent, the service answers, and every refusal is a problem of its contract', async () => {
  expect(await runFuzz(app, seededRandom(2), 1_000)).toEqual([]);
}, 240_000);
