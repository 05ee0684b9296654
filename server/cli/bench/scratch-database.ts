import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import type { Config } from '../../config.ts';
import { markLeakproof } from '../../db/leakproof.ts';
import { migrate } from '../../db/migrate.ts';
import { openDatabase } from '../../db/open-database.ts';
import type { Database } from '../../db/open-database.ts';
import type { Log } from '../../log.ts';

/**
 * Runs the work on a new, migrated database that is removed afterwards: a folder of the embedded engine, or a database
 * of its own on the server of DATABASE_URL, whose login must be allowed to create one.
 */
export async function withScratchDatabase<T>(
  config: Config,
  log: Log,
  work: (db: Database, config: Config) => Promise<T>,
): Promise<T> {
  const scratch = await (config.databaseUrl === null
    ? scratchFolder(config)
    : scratchOnServer(config, config.databaseUrl));
  try {
    const db = await openDatabase(scratch.config, log);
    try {
      await migrate(db);
      await db.asOwner(markLeakproof);
      return await work(db, scratch.config);
    } finally {
      await db.close();
    }
  } finally {
    await scratch.remove();
  }
}

type Scratch = { readonly config: Config; readonly remove: () => Promise<void> };

async function scratchFolder(config: Config): Promise<Scratch> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'risk-map-bench-'));
  return {
    config: { ...config, dataDir },
    remove: () => rm(dataDir, { recursive: true, force: true }),
  };
}

async function scratchOnServer(config: Config, databaseUrl: string): Promise<Scratch> {
  const name = `risk_map_bench_${randomBytes(4).toString('hex')}`;
  const owner = config.databaseOwnerUrl ?? databaseUrl;
  await onServer(owner, `CREATE DATABASE ${name}`);
  const moved = (url: string): string => {
    const address = new URL(url);
    address.pathname = `/${name}`;
    return address.href;
  };
  return {
    config: {
      ...config,
      databaseUrl: moved(databaseUrl),
      databaseOwnerUrl: config.databaseOwnerUrl === null ? null : moved(config.databaseOwnerUrl),
    },
    remove: () => onServer(owner, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function onServer(url: string, statement: string): Promise<void> {
  const server = new Client({ connectionString: url });
  await server.connect();
  try {
    await server.query(statement);
  } finally {
    await server.end();
  }
}
