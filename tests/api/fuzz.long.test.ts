import { runFuzz } from '#tests/support/run-fuzz.ts';
import { seededRandom } from '#tests/support/seeded-random.ts';
import { testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';
import { testEngine } from '#tests/support/test-database.ts';

const COUNTS = { postgres: 100_000, embedded: 5_000 } as const;

let app: TestApp;

beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app?.close());

it(
  'whatever is sent again and again, the service answers',
  async () => {
    // The same each time, so that a failure can be looked at; SEED tries others.
    const seed = Number(process.env['SEED'] ?? 20_261_123);
    const count = COUNTS[testEngine()];
    console.info(`${count} requests, seed ${seed}`);

    const failures = await runFuzz(app, seededRandom(seed), count);

    expect({ seed, failures }).toEqual({ seed, failures: [] });
  },
  30 * 60_000,
);
