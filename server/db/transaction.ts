import { AsyncLocalStorage } from 'node:async_hooks';

import type { Knex } from 'knex';

import type { OpeningConfig } from './connect.ts';
import { toDomainError } from './pg-errors.ts';

/** Role that the migrations make: it owns nothing, so row policies hold for it. */
export const APP_ROLE = 'risk_app';

export type Work<T> = (trx: Knex.Transaction) => Promise<T>;

export type Mode = 'read' | 'write' | 'bulk' | 'owner';

/** Reads see one snapshot, so that a version and the rows it stands for always belong together. */
const OPENING: Readonly<Record<Mode, string>> = {
  read: `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL ROLE ${APP_ROLE}`,
  write: `BEGIN; SET LOCAL ROLE ${APP_ROLE}`,
  bulk: `BEGIN; SET LOCAL ROLE ${APP_ROLE}; SET LOCAL statement_timeout = 0`,
  owner: 'BEGIN; SET LOCAL statement_timeout = 0',
};

const current = new AsyncLocalStorage<{ open: boolean }>();

/**
 * Throws when this asynchronous context is already inside a transaction: a second one would wait for ever on a pool of
 * one. Checked on both engines, so that the mistake shows on either.
 */
export function refuseNesting(): void {
  if (current.getStore()?.open === true) {
    throw new Error('A transaction is already open here: pass it on instead of opening another');
  }
}

/** Runs the work in one transaction; a failure of the database becomes the domain's error. */
export async function inTransaction<T>(knex: Knex, mode: Mode, work: Work<T>): Promise<T> {
  const config: OpeningConfig = { opening: OPENING[mode] };
  const state = { open: true };
  try {
    return await current.run(state, () => knex.transaction(work, config));
  } catch (error) {
    throw toDomainError(error);
  } finally {
    state.open = false;
  }
}
