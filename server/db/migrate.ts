import type { Knex } from 'knex';

import { migrations } from '#migrations/index.ts';
import type { Migration } from '#migrations/migration.ts';

import { StartupError } from '../startup-error.ts';
import type { Database } from './open-database.ts';
import { APP_ROLES } from './transaction.ts';

const TABLE = 'schema_migrations';

/** Any constant will do; two servers that start on one database take turns by it. */
const LOCK_KEY = 7462;

/**
 * Brings the database up to this code, one transaction for each migration, and tells the names of those that were run.
 * Throws a StartupError when the database is newer than this code.
 */
export async function migrate(
  database: Database,
  list: readonly Migration[] = migrations,
): Promise<string[]> {
  const applied: string[] = [];
  for (;;) {
    const name = await database.asOwner((trx) => applyNext(trx, list));
    if (name === null) break;
    applied.push(name);
  }
  await database.asOwner((trx) => grantAppRoles(trx, database.login));
  return applied;
}

/** Takes back the latest migrations, newest first, until `count` are undone. */
export async function revert(
  database: Database,
  count: number,
  list: readonly Migration[] = migrations,
): Promise<string[]> {
  const reverted: string[] = [];
  while (reverted.length < count) {
    const name = await database.asOwner((trx) => revertLast(trx, list));
    if (name === null) break;
    reverted.push(name);
  }
  return reverted;
}

async function applyNext(
  trx: Knex.Transaction,
  list: readonly Migration[],
): Promise<string | null> {
  const done = await lockAndRead(trx);
  refuseNewer(done, list);
  const next = list.find(({ name }) => !done.includes(name));
  if (next === undefined) return null;
  await next.up(trx);
  await trx(TABLE).insert({ name: next.name });
  return next.name;
}

async function revertLast(
  trx: Knex.Transaction,
  list: readonly Migration[],
): Promise<string | null> {
  const done = await lockAndRead(trx);
  refuseNewer(done, list);
  const last = list.findLast(({ name }) => done.includes(name));
  if (last === undefined) return null;
  await last.down(trx);
  await trx(TABLE).where('name', last.name).delete();
  return last.name;
}

async function lockAndRead(trx: Knex.Transaction): Promise<string[]> {
  await trx.raw('SELECT pg_advisory_xact_lock(?)', [LOCK_KEY]);
  await trx.raw(
    `CREATE TABLE IF NOT EXISTS ${TABLE} (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`,
  );
  const rows = await trx(TABLE).select<{ name: string }[]>('name').orderBy('name');
  return rows.map(({ name }) => name);
}

function refuseNewer(done: readonly string[], list: readonly Migration[]): void {
  const unknown = done.filter((name) => !list.some((migration) => migration.name === name));
  if (unknown.length === 0) return;
  throw new StartupError(
    `The database was made by a newer version of this program (it has ${unknown.join(', ')}). ` +
      'Update the program, or point DATA_DIR or DATABASE_URL to another database. Nothing was changed.',
  );
}

/** Where another login owns the database, the app's login must be let into the roles that the migrations made. */
async function grantAppRoles(trx: Knex.Transaction, login: string): Promise<void> {
  const missing = await trx.raw<{ rows: { role: string }[] }>(
    `SELECT rolname AS role FROM pg_roles WHERE rolname = ANY (?) AND NOT pg_has_role(?::name, oid, 'MEMBER')`,
    [[...APP_ROLES], login],
  );
  for (const { role } of missing.rows) await trx.raw('GRANT ?? TO ??', [role, login]);
}
