import { randomBytes } from 'node:crypto';

import { Client } from 'pg';

import type { Clone, MakeTemplate } from './embedded-template.ts';
import type { Seed } from './test-database.ts';

/** Any constant: workers take turns at making the same template. */
const LOCK_KEY = 81_001;

/** A clone of a database that was migrated (and seeded) once in the private cluster. */
export async function clonePostgres(seed: Seed | undefined, make: MakeTemplate): Promise<Clone> {
  const name = `clone_${randomBytes(6).toString('hex')}`;
  await onServer(async (server) => {
    const template = await findTemplate(server, seed, make);
    await server.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  return {
    environment: { DATABASE_URL: addressOf(name) },
    remove: () =>
      onServer(async (server) => {
        await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }),
  };
}

async function findTemplate(
  server: Client,
  seed: Seed | undefined,
  make: MakeTemplate,
): Promise<string> {
  const template = `template_${seed?.name ?? 'empty'}`;
  await server.query('SELECT pg_advisory_lock($1)', [LOCK_KEY]);
  try {
    const found = await server.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (found.rowCount !== 0) return template;
    const making = `making_${randomBytes(6).toString('hex')}`;
    await server.query(`CREATE DATABASE ${making}`);
    await make({ DATABASE_URL: addressOf(making) }, seed);
    await server.query(`ALTER DATABASE ${making} RENAME TO ${template}`);
    return template;
  } finally {
    await server.query('SELECT pg_advisory_unlock($1)', [LOCK_KEY]);
  }
}

async function onServer(work: (server: Client) => Promise<void>): Promise<void> {
  const server = new Client({ connectionString: addressOf('postgres') });
  await server.connect();
  try {
    await work(server);
  } finally {
    await server.end();
  }
}

function addressOf(database: string): string {
  const base = process.env['TEST_PG_URL'];
  if (base === undefined)
    throw new Error('TEST_PG_URL is not set: run the suite through jest.config.js');
  const url = new URL(base);
  url.pathname = `/${database}`;
  return url.href;
}
