import type { Knex } from 'knex';

import { StartupError } from '../startup-error.ts';
import type { Capabilities } from './open-database.ts';
import { codeOf } from './pg-errors.ts';

const OLDEST_SERVER = 150_000;

/** As the owner: adds PostGIS to the database when it is missing. Throws a StartupError when it cannot be added. */
export async function ensurePostgis(trx: Knex.Transaction): Promise<void> {
  // Two servers that start on one new database must not add it at the same time.
  await trx.raw('SELECT pg_advisory_xact_lock(7461)');
  const found = await trx('pg_available_extensions')
    .where('name', 'postgis')
    .first<{ installed_version: string | null } | undefined>('installed_version');
  if (found === undefined) {
    throw new StartupError(
      'The database server has no PostGIS. Install it (on Debian: apt-get install postgresql-15-postgis-3) and start again.',
    );
  }
  if (found.installed_version !== null) return;
  try {
    await trx.raw('CREATE EXTENSION postgis');
  } catch (error) {
    if (codeOf(error) !== '42501') throw error;
    throw new StartupError(
      'The database has no PostGIS and this user may not add it. ' +
        'As a superuser run: CREATE EXTENSION postgis; then start again.',
      { cause: error },
    );
  }
}

type VersionRow = { server: string; number: number; postgis: string; full: string };

/** What this database can do. Throws a StartupError for a server that is too old. */
export async function readCapabilities(
  trx: Knex.Transaction,
  engine: 'embedded' | 'postgres',
): Promise<Capabilities> {
  const result = await trx.raw<{ rows: VersionRow[] }>(
    `SELECT current_setting('server_version') AS server, current_setting('server_version_num')::int AS number,
            postgis_lib_version() AS postgis, postgis_full_version() AS full`,
  );
  const [row] = result.rows;
  if (row === undefined) throw new Error('The database did not tell its version');
  if (row.number < OLDEST_SERVER) {
    throw new StartupError(
      `The database server is PostgreSQL ${row.server}; version 15 or newer is needed. Update the server or set DATABASE_URL to another one.`,
    );
  }
  return Object.freeze({
    mvt: row.full.includes('LIBPROTOBUF'),
    copy: engine === 'postgres',
    postgisVersion: row.postgis,
    serverVersion: row.server,
  });
}
