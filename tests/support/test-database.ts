import { parseConfig } from '#server/config.ts';
import type { Config, Environment } from '#server/config.ts';
import { markLeakproof } from '#server/db/leakproof.ts';
import { migrate } from '#server/db/migrate.ts';
import { openDatabase } from '#server/db/open-database.ts';
import type { Database } from '#server/db/open-database.ts';
import { inScope, SYSTEM } from '#server/db/scope.ts';
import { createLog } from '#server/log.ts';

import { cloneEmbedded } from './embedded-template.ts';
import { clonePostgres } from './postgres-template.ts';

export type Engine = Database['engine'];

/** Rows that many test files begin with: made once into a template of its own, then cloned. */
export type Seed = {
  /** Lower-case letters and digits: it becomes part of a database's name. */
  readonly name: string;
  fill(database: Database): Promise<void>;
};

export type TestDatabase = Database & {
  /** As the program has it: whose `read` and `write` want a scope. Those of the test database are the service's own. */
  readonly unscoped: Database;
  /** What this database was opened with; a second `openDatabase` of it meets the same data. */
  readonly config: Config;
  /** Closes the database and opens it again, as a restart of the server would. */
  reopen(): Promise<TestDatabase>;
  /** Closes the database and removes its data. */
  dispose(): Promise<void>;
};

export type TestDatabaseOptions = { readonly seed?: Seed; readonly environment?: Environment };

/** A migrated database of this test file alone, on the engine of the running jest project. */
export async function openTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const clone = testEngine() === 'embedded' ? cloneEmbedded : clonePostgres;
  const { environment, remove } = await clone(options.seed, makeTemplate);
  const config = parseConfig({ ...environment, ...options.environment });
  return opened(config, remove);
}

/** For `afterAll`; does nothing when opening failed. */
export async function closeTestDatabase(database: TestDatabase | undefined): Promise<void> {
  await database?.dispose();
}

/** The engine that this jest project runs on. */
export function testEngine(): Engine {
  const engine = (globalThis as { TEST_ENGINE?: Engine }).TEST_ENGINE;
  if (engine === undefined) throw new Error('This suite belongs to no engine: see jest.config.js');
  return engine;
}

async function opened(config: Config, remove: () => Promise<void>): Promise<TestDatabase> {
  const database = await openDatabase(config, createLog('silent'));
  return {
    ...database,
    read: (work) => inScope(SYSTEM, () => database.read(work)),
    write: (work) => inScope(SYSTEM, () => database.write(work)),
    writeBulk: (work) => inScope(SYSTEM, () => database.writeBulk(work)),
    asOwner: (work) => inScope(SYSTEM, () => database.asOwner(work)),
    unscoped: database,
    config,
    reopen: async () => {
      await database.close();
      return opened(config, remove);
    },
    dispose: async () => {
      await database.close();
      await remove();
    },
  };
}

/** Fills what the settings point to with the migrations and the seed. */
async function makeTemplate(environment: Environment, seed: Seed | undefined): Promise<void> {
  const database = await openDatabase(parseConfig(environment), createLog('silent'));
  try {
    await migrate(database);
    await database.asOwner(markLeakproof);
    await seed?.fill(database);
  } finally {
    await database.close();
  }
}
