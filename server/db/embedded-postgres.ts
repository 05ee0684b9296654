import { mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';

import type { Log } from '../log.ts';
import { projectRoot } from '../project-root.ts';
import {
  checkVersion,
  explained,
  makeDataFolder,
  syncFolder,
  writeVersion,
} from './data-folder.ts';
import type { DataFolder } from './data-folder.ts';
import { lockFolderWithin } from './folder-lock.ts';
import type { FolderLock } from './folder-lock.ts';

export type EngineSettings = { readonly cluster: string; readonly socket: string };
export type EngineCommand = 'close';
export type EngineReport =
  | { readonly type: 'ready' | 'close' }
  | { readonly type: 'failed'; readonly message: string };

export type EmbeddedPostgres = {
  /** `host` of a connection: the folder of the Unix socket. */
  readonly socketFolder: string;
  /** Ends the engine at once, in the middle of a query if need be, and opens the folder again. */
  restart(): Promise<void>;
  /** Called when the engine ends without being told to. */
  onLost(listener: () => void): void;
  /** Brings everything written since the last checkpoint to the disk. To be called after CHECKPOINT. */
  sync(): Promise<void>;
  /** Checkpoint, close, sync, unlock. */
  close(): Promise<void>;
};

/** Node 20 cannot run a `.ts` worker, so tests and start both use the one that the build makes. */
const WORKER_FILE = path.join(projectRoot, 'dist/server/embedded-worker.js');
const SOCKET_NAME = '.s.PGSQL.5432';
const SOCKET_PREFIX = 'risk-map-';
const CLOSE_MS = 20_000;
/** A server that was told to stop closes its database within this time. */
const LOCK_MS = 5_000;

/** Opens the engine on the data folder. Throws a StartupError in plain words when it cannot. */
export async function startEmbeddedPostgres(dataDir: string, log: Log): Promise<EmbeddedPostgres> {
  const data = makeDataFolder(dataDir);
  const socketFolder = makeSocketFolder();
  let lock: FolderLock | null = null;
  try {
    lock = await lockFolderWithin(LOCK_MS, data.folder, socketFolder);
    if (lock.abandoned !== null) removeSocketFolder(lock.abandoned.socketFolder);
    checkVersion(data);
    const engine = await runEngine(data, path.join(socketFolder, SOCKET_NAME), log);
    return withFolder(engine, { data, socketFolder, lock });
  } catch (error) {
    removeSocketFolder(socketFolder);
    lock?.release();
    throw explained(error, data.folder);
  }
}

type Held = { readonly data: DataFolder; readonly socketFolder: string; readonly lock: FolderLock };
type Engine = Pick<EmbeddedPostgres, 'restart' | 'onLost' | 'close'>;

function withFolder(engine: Engine, { data, socketFolder, lock }: Held): EmbeddedPostgres {
  return {
    ...engine,
    socketFolder,
    sync: () => syncFolder(data.cluster),
    close: async () => {
      await engine.close();
      await syncFolder(data.cluster);
      removeSocketFolder(socketFolder);
      lock.release();
    },
  };
}

async function runEngine(data: DataFolder, socket: string, log: Log): Promise<Engine> {
  const listeners: (() => void)[] = [];
  let worker: Worker | null = null;
  const open = async (): Promise<void> => {
    // A killed engine leaves its socket behind, and listening on it again would fail.
    rmSync(socket, { force: true });
    const opened = await openWorker({ cluster: data.cluster, socket });
    writeVersion(data);
    worker = opened;
    opened.once('exit', (code) => {
      if (worker !== opened) return;
      log.error({ code }, 'embedded database ended by itself');
      for (const listener of listeners) listener();
    });
  };
  const release = (): Worker | null => {
    const released = worker;
    worker = null;
    return released;
  };
  await open();
  return {
    onLost: (listener) => {
      listeners.push(listener);
    },
    restart: async () => {
      await release()?.terminate();
      await open();
    },
    close: async () => {
      const ending = release();
      if (ending === null) return;
      await closeWorker(ending, log);
      await ending.terminate();
    },
  };
}

/** Resolves when the engine listens; rejects with what it said last when it does not get there. */
function openWorker(settings: EngineSettings): Promise<Worker> {
  const worker = new Worker(WORKER_FILE, { workerData: settings, stdout: true, stderr: true });
  let lastWords = '';
  const listen = (chunk: Buffer): void => {
    lastWords = `${lastWords}${chunk.toString('utf8')}`.slice(-2000);
  };
  worker.stdout.on('data', listen);
  worker.stderr.on('data', listen);
  return new Promise((resolve, reject) => {
    const fail = (message: string): void => {
      reject(new Error(`${message} ${lastWords}`.trim()));
      void worker.terminate();
    };
    worker.once('error', (error) => fail(error instanceof Error ? error.message : String(error)));
    worker.once('exit', (code) => fail(`the engine ended with code ${code}`));
    worker.once('message', (report: EngineReport) => {
      if (report.type === 'failed') fail(report.message);
      else resolve(worker);
    });
  });
}

/** An engine that cannot close is ended all the same: it then recovers at the next start. */
function closeWorker(worker: Worker, log: Log): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      log.warn('embedded database did not close in time');
      resolve();
    }, CLOSE_MS);
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    worker.once('exit', end);
    worker.once('message', (report: EngineReport) => {
      if (report.type === 'failed')
        log.warn({ reason: report.message }, 'embedded database did not close cleanly');
      end();
    });
    worker.postMessage('close' satisfies EngineCommand, []);
  });
}

/** A folder that only this user can enter. A socket's path may have 107 bytes, and a longer one fails misleadingly. */
function makeSocketFolder(): string {
  const base = os.tmpdir();
  const isShort = Buffer.byteLength(path.join(base, `${SOCKET_PREFIX}XXXXXX`, SOCKET_NAME)) <= 100;
  return mkdtempSync(path.join(isShort ? base : '/tmp', SOCKET_PREFIX));
}

/** Removes only what this program puts there: the name comes from a file that anyone could have changed. */
function removeSocketFolder(folder: string): void {
  if (!path.basename(folder).startsWith(SOCKET_PREFIX)) return;
  try {
    rmSync(path.join(folder, SOCKET_NAME), { force: true });
    rmdirSync(folder);
  } catch {
    // Gone already, or not empty: nothing depends on it.
  }
}
