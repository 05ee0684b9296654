import knexLibrary from 'knex';
import type { Knex } from 'knex';
import { types as pgTypes } from 'pg';
import type { ClientConfig, CustomTypesConfig } from 'pg';

/** Transaction options of ours: the statements that open it, sent in one message, so that scoping costs no round trip. */
export type OpeningConfig = Knex.TransactionConfig & { readonly opening?: string };

const INT8 = 20;
const INT8_ARRAY = 1016;
const DATE = 1082;
const FLOAT8_ARRAY = 1022;
const NUMERIC = 1700;
const NUMERIC_ARRAY = 1231;

const parserOf = pgTypes.getTypeParser as (
  oid: number,
  format?: string,
) => (text: string) => unknown;

/** `pg` gives int8 and numeric as text, and a date as a moment in the machine's time zone: here numbers, and plain text. */
const types: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8) return safeInteger;
    if (oid === NUMERIC) return Number;
    if (oid === DATE) return String;
    const known = oid === INT8_ARRAY || oid === NUMERIC_ARRAY ? FLOAT8_ARRAY : oid;
    return parserOf(known, format);
  }) as CustomTypesConfig['getTypeParser'],
};

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too large for a number`);
  return value;
}

const quiet = (): void => undefined;

export type PoolSettings = { readonly max: number; readonly acquireTimeoutMs: number };

/** A knex pool with our number types. Nothing connects until the first transaction. */
export function connect(connection: ClientConfig, pool: PoolSettings): Knex {
  const knex = knexLibrary.knex({
    client: 'pg',
    connection: { application_name: 'risk-map', ...connection, types } as Knex.PgConnectionConfig,
    pool: { min: 0, max: pool.max },
    acquireConnectionTimeout: pool.acquireTimeoutMs,
    // Every failure reaches the caller; knex would print it to standard output as well.
    log: { warn: quiet, error: quiet, debug: quiet, deprecate: quiet },
  });
  return withOpening(knex);
}

type KnexTransaction = {
  begin: (connection: unknown) => Promise<unknown>;
  trxClient: { query: (connection: unknown, sql: string) => Promise<unknown> };
};

type TransactionMaker = (
  container: unknown,
  config?: OpeningConfig,
  outer?: unknown,
) => KnexTransaction;

/**
 * Replaces the BEGIN of a transaction by its `opening`. On failure the connection is rolled back before it returns to
 * the pool, and the work never starts; knex itself would start it.
 */
function withOpening(knex: Knex): Knex {
  const client = knex.client as { transaction: TransactionMaker };
  const make = client.transaction.bind(client);
  client.transaction = (container, config, outer): KnexTransaction => {
    const transaction = make(container, config, outer);
    const opening = config?.opening;
    if (opening === undefined) return transaction;
    transaction.begin = async (connection): Promise<unknown> => {
      try {
        return await transaction.trxClient.query(connection, opening);
      } catch (error) {
        await transaction.trxClient.query(connection, 'ROLLBACK').catch(() => undefined);
        throw error;
      }
    };
    return transaction;
  };
  return knex;
}
