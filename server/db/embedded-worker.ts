import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { postgis } from '@electric-sql/pglite-postgis';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { parentPort, workerData } from 'node:worker_threads';

import type { EngineCommand, EngineReport, EngineSettings } from './embedded-postgres.ts';
import { singleReady } from './single-ready.ts';

/** The build writes a smaller package of PostGIS beside this file. */
const slimPostgis = {
  name: postgis.name,
  setup: async (...args: Parameters<typeof postgis.setup>) => ({
    ...(await postgis.setup(...args)),
    bundlePath: new URL('./postgis.tar.gz', import.meta.url),
  }),
};

/** The engine is single-threaded and would stop the server's event loop, so it lives in this worker thread. */
async function serve(
  port: NonNullable<typeof parentPort>,
  settings: EngineSettings,
): Promise<void> {
  const db = await PGlite.create({
    dataDir: settings.cluster,
    extensions: { postgis: slimPostgis, btree_gist, pg_trgm },
  });
  db.execProtocolRawStream = singleReady(db.execProtocolRawStream.bind(db));
  // One client is expected. More are allowed because the server forgets to count down after some broken connections.
  const server = new PGLiteSocketServer({ db, path: settings.socket, maxConnections: 1000 });
  await server.start();
  port.on('message', (command: EngineCommand) => {
    close(db, server).then(
      () => report(port, { type: command }),
      (error: unknown) => report(port, failure(error)),
    );
  });
  report(port, { type: 'ready' });
}

async function close(db: PGlite, server: PGLiteSocketServer): Promise<void> {
  await server.stop();
  await db.exec('CHECKPOINT');
  await db.close();
}

/** Numbers of the engine's own file system, which throws them in objects that are no errors. */
const ERRNO: Readonly<Record<number, string>> = {
  2: 'EACCES',
  19: 'EDQUOT',
  51: 'ENOSPC',
  63: 'EPERM',
  69: 'EROFS',
};

function failure(error: unknown): EngineReport {
  if (error instanceof Error) return { type: 'failed', message: error.message };
  const errno = (error as { errno?: unknown } | null)?.errno;
  const known = typeof errno === 'number' ? ERRNO[errno] : undefined;
  return { type: 'failed', message: known ?? JSON.stringify(error) };
}

function report(port: NonNullable<typeof parentPort>, message: EngineReport): void {
  port.postMessage(message);
}

if (parentPort !== null) {
  const port = parentPort;
  serve(port, workerData as EngineSettings).catch((error: unknown) => report(port, failure(error)));
}
