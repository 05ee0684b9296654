import type { Knex } from 'knex';

import type { Config } from '../config.ts';
import { OverloadedError } from '../domain/errors.ts';
import type { Log } from '../log.ts';
import { StartupError } from '../startup-error.ts';
import { ensurePostgis, readCapabilities } from './capabilities.ts';
import { connect } from './connect.ts';
import type { Database } from './open-database.ts';
import { codeOf } from './pg-errors.ts';
import { inTransaction, openingOf, refuseNesting } from './transaction.ts';
import { imposeTempFileLimit, readTempFileLimit } from './temp-file-limit.ts';
import type { Mode, Work } from './transaction.ts';

const CONNECT_MS = 10_000;
const ACQUIRE_MS = 10_000;
const OWNER_CONNECTIONS = 2;

type PostgresConfig = Config & { readonly databaseUrl: string };

/** PostgreSQL with PostGIS. Throws a StartupError in plain words when it cannot be used. */
export async function openPostgres(config: PostgresConfig, log: Log): Promise<Database> {
  const owner = openPool(
    config.databaseOwnerUrl ?? config.databaseUrl,
    '-c jit=off',
    OWNER_CONNECTIONS,
  );
  let pools: Pools = { owner, app: owner };
  let closing: Promise<void> | null = null;
  try {
    const capabilities = await prepare(owner);
    pools = { owner, app: await openApp(config, owner, log) };
    const login = await loginOf(pools.app);
    log.debug({ ...capabilities }, 'database opened');
    const run = async <T>(mode: Mode, work: Work<T>): Promise<T> => {
      if (closing !== null) throw new OverloadedError('The service is stopping.');
      refuseNesting();
      return inTransaction(mode === 'owner' ? pools.owner : pools.app, openingOf(mode), work);
    };
    return {
      engine: 'postgres',
      login,
      capabilities,
      read: (work) => withOneRetry(() => run('read', work)),
      write: (work) => run('write', work),
      writeBulk: (work) => run('bulk', work),
      accounts: (work) => run('accounts', work),
      asOwner: (work) => run('owner', work),
      flush: () => Promise.resolve(),
      close: () => {
        closing ??= closePools(pools);
        return closing;
      },
    };
  } catch (error) {
    await closePools(pools);
    throw explainedConnection(error, config);
  }
}

type Pools = { readonly app: Knex; readonly owner: Knex };

/**
 * The pool of requests. Parallel plans and the just-in-time compiler cost more than they give for our short queries
 * (measured).
 */
async function openApp(config: PostgresConfig, owner: Knex, log: Log): Promise<Knex> {
  const quick = `-c jit=off -c max_parallel_workers_per_gather=0 -c statement_timeout=${config.statementTimeoutMs}`;
  const limit = await limitTempFiles(config, owner, log);
  return openPool(config.databaseUrl, `${quick} ${limit}`, config.databasePoolSize);
}

/** What connections of requests ask for when they begin, beside what the server has for their login. */
async function limitTempFiles(config: PostgresConfig, owner: Knex, log: Log): Promise<string> {
  // The setting of a login holds for connections that begin after it: this one only asks.
  const asking = openPool(config.databaseUrl, '', 1);
  try {
    const limit = await readTempFileLimit(asking, config.tempFileLimitMb);
    if (limit.kind === 'own') return limit.option;
    if (limit.kind === 'missing' && !(await imposeTempFileLimit(owner, limit.statement))) {
      log.warn(
        { statements: [`${limit.statement};`] },
        'one query may fill the disk with temporary files until a superuser runs this statement',
      );
    }
    return '';
  } finally {
    await asking.destroy();
  }
}

function openPool(url: string, options: string, max: number): Knex {
  const connection = {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    options,
  };
  return connect(connection, { max, acquireTimeoutMs: ACQUIRE_MS });
}

async function closePools({ app, owner }: Pools): Promise<void> {
  await Promise.all([app.destroy(), ...(owner === app ? [] : [owner.destroy()])]);
}

async function prepare(owner: Knex): Promise<Database['capabilities']> {
  await owner.transaction(ensurePostgis);
  return owner.transaction((trx) => readCapabilities(trx, 'postgres'));
}

async function loginOf(app: Knex): Promise<string> {
  const { rows } = await app.raw<{ rows: { login: string }[] }>('SELECT current_user AS login');
  if (rows[0] === undefined) throw new Error('The database did not tell its user');
  return rows[0].login;
}

/** A standby cancels reads that stand in the way of replication; the second try sees the newer state. */
async function withOneRetry<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof Error) || codeOf(error.cause) !== '40001') throw error;
    return attempt();
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at that address. Start PostgreSQL',
  ENOTFOUND: 'its host is not known',
  EAI_AGAIN: 'its host is not known',
  ETIMEDOUT: 'it does not answer. Check the network and firewall',
  ENOENT: 'its socket does not exist. Start PostgreSQL',
  '28P01': 'the password is wrong',
  '28000': 'the server refuses this user',
  '3D000': 'the database does not exist. Create it',
  '53300': 'the server has no free connection',
};

function explainedConnection(error: unknown, config: PostgresConfig): unknown {
  if (error instanceof StartupError) return error;
  const reason =
    REASONS[codeOf(error)] ?? (/timeout/i.test(String(error)) ? REASONS['ETIMEDOUT'] : undefined);
  if (reason === undefined) return error;
  return new StartupError(
    `The database at ${addressOf(config.databaseUrl)} cannot be used: ${reason}. ` +
      'Check DATABASE_URL (and DATABASE_OWNER_URL), or leave it unset to use the embedded database.',
    { cause: error },
  );
}

/** Without the password. */
function addressOf(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname}`;
}
