import { EVERY_RIGHT } from './callers.ts';
import { fuzz } from './fuzz.ts';
import { makeWorld } from './leaks/world.ts';
import type { Random } from './seeded-random.ts';
import { TEST_NOW } from './test-app.ts';
import type { TestApp } from './test-app.ts';

/** Requests that one caller sends before the next one comes: accounts and grants are changed on the way too. */
const OF_A_CALLER = 25;

/** Requests that the service failed at; every refusal is held against its contract by the agents themselves. */
export async function runFuzz(
  app: TestApp,
  random: Random,
  count: number,
): Promise<readonly string[]> {
  const world = await makeWorld(app.database, TEST_NOW);
  const ids = world.rows.slice(0, 40).map(({ id }) => id) as [string, ...string[]];
  const failures: string[] = [];
  for (let done = 0; done < count; done += OF_A_CALLER) {
    const agent = random.integer(5) === 0 ? app.visitor() : await app.agentOf(...EVERY_RIGHT);
    for (let step = 0; step < OF_A_CALLER; step += 1) {
      const { res, request } = await fuzz(agent, random, ids);
      if (res.status >= 500) failures.push(`${res.status} ${request}`);
    }
  }
  return failures;
}
