import { createServer } from 'node:http';
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { createApp } from './app.ts';
import { createServices } from './composition.ts';
import type { Services } from './composition.ts';
import { loadConfig } from './config.ts';
import type { Config } from './config.ts';
import { migrate } from './db/migrate.ts';
import { openDatabase } from './db/open-database.ts';
import type { Database } from './db/open-database.ts';
import { Closers, closeServer, listen } from './lifecycle.ts';
import { createLog } from './log.ts';
import type { Log } from './log.ts';
import { projectRoot } from './project-root.ts';
import { seedDemo, seedShippedData } from './seed.ts';
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
  exitOnUnexpected(log);
  const started = start(config, log, closers);
  stopOnSignal(log, closers, started);
  await started;
}

async function start(config: Config, log: Log, closers: Closers): Promise<void> {
  try {
    const db = await prepareDatabase(config, log, closers);
    await serve(createParts(db, config, log), closers);
  } catch (error) {
    await closers.run();
    throw error;
  }
}

async function prepareDatabase(config: Config, log: Log, closers: Closers): Promise<Database> {
  const began = performance.now();
  say(
    `database: opening ${config.databaseUrl === null ? `the embedded one in ${config.dataDir}` : 'PostgreSQL'}`,
  );
  const db = await openDatabase(config, log);
  closers.add(() => db.close());
  const { serverVersion, postgisVersion } = db.capabilities;
  say(`database: PostgreSQL ${serverVersion}, PostGIS ${postgisVersion} (${seconds(began)})`);
  const applied = await migrate(db);
  say(`migrations: ${applied.length === 0 ? 'up to date' : `${applied.length} applied`}`);
  for (const line of await seedShippedData(db)) say(`data: ${line}`);
  for (const line of await seedDemo(db, config, clock())) say(`data: ${line}`);
  return db;
}

type Parts = { readonly services: Services; readonly config: Config; readonly log: Log };

function createParts(db: Database, config: Config, log: Log): Parts {
  return { services: createServices({ db, clock, newId, log, config }), config, log };
}

async function serve({ services, config, log }: Parts, closers: Closers): Promise<void> {
  const server = createServer();
  const port = await listen(server, config);
  closers.add(() => closeServer(server, STOP_MS));
  const address = `http://${config.host === '::1' ? '[::1]' : config.host}:${port}`;
  // With PORT=0 the address is known only now. Nothing is answered before this turn of the event loop ends.
  const publicUrl = config.publicUrl.endsWith(':0') ? address : config.publicUrl;
  const clientDir = path.join(projectRoot, 'dist/client');
  server.on('request', createApp({ services, config: { publicUrl }, log, clientDir }));
  for (const job of services.jobs) closers.add(job.start());
  say(`listening on ${address}`);
}

/** A signal during the start lets the step under way end first: a database is never left half opened. */
function stopOnSignal(log: Log, closers: Closers, started: Promise<void>): void {
  let isStopping = false;
  const stop = (signal: string) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), GIVE_UP_MS).unref();
    const begun = started.catch(() => undefined);
    begun
      .then(() => closers.run())
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

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

main().catch((error: unknown) => {
  const text = error instanceof StartupError ? error.message : inspect(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
});

function inspect(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
