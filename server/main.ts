import { createServer } from 'node:http';
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { createApp } from './app.ts';
import { createServices } from './composition.ts';
import { loadConfig } from './config.ts';
import type { Config } from './config.ts';
import { checkLogin } from './db/check-login.ts';
import { LEAKPROOF_STATEMENTS, markLeakproof } from './db/leakproof.ts';
import { migrate } from './db/migrate.ts';
import { inScope, SYSTEM } from './db/scope.ts';
import { openDatabase } from './db/open-database.ts';
import type { Database } from './db/open-database.ts';
import { checkPort, Closers, closeServer, listen } from './lifecycle.ts';
import { OverloadedError } from './domain/errors.ts';
import { createLog } from './log.ts';
import type { Log } from './log.ts';
import { renewStatistics } from './db/statistics.ts';
import { projectRoot } from './project-root.ts';
import { seedDemo, seedShippedData } from './seed.ts';
import { prepareWelcome } from './welcome.ts';
import { step } from './start/progress.mjs';
import { StartupError } from './startup-error.ts';

/** Requests under way may still end within this time after SIGTERM. */
const STOP_MS = 5_000;
/** An orchestrator kills after ten seconds; a close that hangs must not wait for that. */
const GIVE_UP_MS = 9_000;

const say = (line: string) => process.stdout.write(`${line}\n`);
const clock = () => Date.now();

async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLog(config.logLevel);
  const closers = new Closers();
  const stopping = new AbortController();
  exitOnUnexpected(log);
  const started = start({ config, log, closers, signal: stopping.signal });
  stopOnSignal({ log, closers, stopping }, started);
  try {
    await started;
  } catch (error) {
    // A start that was broken off by a signal is no failure: the signal's handler ends the process.
    if (!stopping.signal.aborted) throw error;
  }
}

type Start = {
  readonly config: Config;
  readonly log: Log;
  readonly closers: Closers;
  /** Aborted when the process has been told to stop. */
  readonly signal: AbortSignal;
};

async function start(parts: Start): Promise<void> {
  try {
    await checkPort(parts.config);
    await serve(await prepareDatabase(parts), parts);
  } catch (error) {
    await parts.closers.run();
    throw error;
  }
}

/** Between its steps it heeds a signal; a step itself always ends, so that nothing is left half done. */
async function prepareDatabase({ config, log, closers, signal }: Start): Promise<Database> {
  const db = await step('database', () => openDatabase(config, log));
  closers.add(() => db.close());
  signal.throwIfAborted();
  const applied = await step('migrations', () => migrate(db));
  await checkPolicies(db, { config, log });
  signal.throwIfAborted();
  const loaded = await step('demonstration data', async () => {
    const shipped = await seedShippedData(db);
    signal.throwIfAborted();
    const demo = await seedDemo(db, config, clock());
    await db.asOwner(renewStatistics);
    return [...shipped, ...demo];
  });
  signal.throwIfAborted();
  const { serverVersion, postgisVersion } = db.capabilities;
  say(
    `PostgreSQL ${serverVersion}, PostGIS ${postgisVersion}${db.engine === 'embedded' ? `, embedded, in ${config.dataDir}` : ''}`,
  );
  for (const line of [
    ...(applied.length > 0 ? [`${applied.length} migrations applied`] : []),
    ...loaded,
  ])
    say(line);
  return db;
}

/** Whether the row policies hold for the login of requests, and cost what they should. */
async function checkPolicies(db: Database, { config, log }: Pick<Start, 'config' | 'log'>) {
  if (config.databaseOwnerUrl !== null) {
    await db.asOwner((trx) => checkLogin(trx, db.login));
  } else if (config.databaseUrl !== null) {
    log.warn(
      'DATABASE_URL is also the owner of the tables: set DATABASE_OWNER_URL to keep them apart',
    );
  }
  if (await db.asOwner(markLeakproof)) return;
  const statements = LEAKPROOF_STATEMENTS;
  log.warn({ statements }, 'slow for limited scopes until a superuser runs these statements');
}

async function serve(db: Database, { config, log, closers }: Start): Promise<void> {
  const services = createServices({ db, clock, newId, log, config });
  const welcome = await prepareWelcome({ db, config, clock, newId });
  const server = createServer();
  const port = await listen(server, config);
  closers.add(() => closeServer(server, STOP_MS));
  const address = `http://${config.host === '::1' ? '[::1]' : config.host}:${port}`;
  // With PORT=0 the address is known only now. Nothing is answered before this turn of the event loop ends.
  const publicUrl = config.publicUrl.endsWith(':0') ? address : config.publicUrl;
  const clientDir = path.join(projectRoot, 'dist/client');
  server.on('request', createApp({ services, config: { ...config, publicUrl }, log, clientDir }));
  for (const job of services.jobs) {
    const stop = inScope(SYSTEM, () => job.start());
    // What is left to be done at the end is the service's own work too.
    closers.add(() => inScope(SYSTEM, stop));
  }
  if (publicUrl.startsWith('https:') && config.trustedProxies.length === 0) {
    log.warn('nobody can sign in by https until TRUSTED_PROXIES names the proxy in front');
  }
  say(`listening on ${address}`);
  for (const line of welcome(publicUrl)) say(line);
}

type Stop = Pick<Start, 'log' | 'closers'> & { readonly stopping: AbortController };

/** Also ends a start under way, at the end of its present step. */
function stopOnSignal({ log, closers, stopping }: Stop, started: Promise<void>): void {
  const stop = (signal: string) => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    log.info({ signal }, 'stopping');
    const begun = started.catch(() => undefined);
    begun
      .then(() => {
        setTimeout(() => process.exit(1), GIVE_UP_MS).unref();
        return closers.run();
      })
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'stopping failed');
          process.exit(1);
        },
      );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function exitOnUnexpected(log: Log): void {
  const exit = (error: unknown) => {
    log.fatal({ err: error }, 'unexpected error');
    process.exit(1);
  };
  process.on('uncaughtException', exit);
  process.on('unhandledRejection', exit);
}

main().catch((error: unknown) => {
  const text =
    error instanceof StartupError || error instanceof OverloadedError
      ? error.message
      : inspect(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
});

function inspect(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
