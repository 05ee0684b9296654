import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { ensurePostgis, readCapabilities } from './capabilities.ts';
import { explained } from './data-folder.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import type { EmbeddedPostgres } from './embedded-postgres.ts';
import { EMBEDDED_LOGIN, EmbeddedSession } from './embedded-session.ts';
import { Gate } from './gate.ts';
import type { Database } from './open-database.ts';
import { turnKey } from './scope.ts';
import { renewStatistics } from './statistics.ts';
import { openingOf, refuseNesting } from './transaction.ts';
import type { Mode, Work } from './transaction.ts';

const LIMITS = { maxWaiting: 500, maxWaitMs: 30_000 };

/** The embedded engine on DATA_DIR. Throws a StartupError in plain words when it cannot be used. */
export async function openEmbedded(config: Config, log: Log): Promise<Database> {
  const engine = await startEmbeddedPostgres(config.dataDir, log);
  const gate = new Gate(LIMITS);
  const session = new EmbeddedSession({ engine, gate, limitMs: config.statementTimeoutMs, log });
  const run = async <T>(mode: Mode, work: Work<T>): Promise<T> => {
    refuseNesting();
    const begin = openingOf(mode);
    return gate.enter(() => session.run(mode, begin, work), turnKey());
  };
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => {
    closing ??= gate.close().then(async () => {
      await session.close();
      await engine.close();
    });
    return closing;
  };
  try {
    await run('owner', ensurePostgis);
    const capabilities = await run('owner', (trx) => readCapabilities(trx, 'embedded'));
    log.debug({ ...capabilities }, 'database opened');
    return {
      engine: 'embedded',
      login: EMBEDDED_LOGIN,
      capabilities,
      read: (work) => run('read', work),
      write: (work) => run('write', work),
      writeBulk: (work) => run('bulk', work),
      accounts: (work) => run('accounts', work),
      asOwner: (work) => run('owner', work),
      flush: () => flush(run, engine, log),
      close,
    };
  } catch (error) {
    await close();
    throw explained(error, config.dataDir);
  }
}

type Run = <T>(mode: Mode, work: Work<T>) => Promise<T>;

async function flush(run: Run, engine: EmbeddedPostgres, log: Log): Promise<void> {
  await run('owner', (trx) => trx.raw('CHECKPOINT'));
  await engine.sync();
  // What was written is safe by now; without fresh statistics it is only slower to read.
  await run('owner', renewStatistics).catch((error: unknown) =>
    log.warn({ err: error }, 'statistics of the tables were not renewed'),
  );
}
