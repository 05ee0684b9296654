import type { Config } from '../config.ts';
import { migrate } from '../db/migrate.ts';
import { openDatabase } from '../db/open-database.ts';
import type { Database } from '../db/open-database.ts';
import type { Log } from '../log.ts';

export type CommandInput = {
  readonly args: readonly string[];
  readonly config: Config;
  readonly log: Log;
  readonly say: (line: string) => void;
};

/** One verb of the command line. */
export type Command = {
  readonly words: readonly string[];
  readonly usage: string;
  readonly what: string;
  readonly run: (input: CommandInput) => Promise<void>;
};

/** The command line was called with words it does not know; the message says what it takes. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Opens the database, brings it up to date and closes it whatever happens. */
export async function withDatabase<T>(
  { config, log }: Pick<CommandInput, 'config' | 'log'>,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const db = await openDatabase(config, log);
  try {
    await migrate(db);
    return await work(db);
  } finally {
    await db.close();
  }
}
