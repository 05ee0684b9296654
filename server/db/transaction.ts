import { AsyncLocalStorage } from 'node:async_hooks';

import type { Knex } from 'knex';

import { transactionTimer } from './charged-time.ts';
import type { OpeningConfig } from './connect.ts';
import { toDomainError } from './pg-errors.ts';
import { actorStatements, currentScope, scopeStatements } from './scope.ts';

/** Roles that the migrations make: they own nothing, so row policies hold for them. */
export const APP_ROLES = ['risk_app', 'risk_public', 'risk_auth'] as const;

export type Work<T> = (trx: Knex.Transaction) => Promise<T>;

export type Mode = 'read' | 'write' | 'bulk' | 'accounts' | 'owner';

/**
 * Reads see one snapshot, so that a version and the rows it stands for always belong together. Accounts, their sessions
 * and keys are seen by a role of their own, which sees nothing of the register. To be asked for where the work was
 * called for: behind a queue the scope may be another's.
 */
export function openingOf(mode: Mode): string {
  return OPENINGS[mode]();
}

const scoped = (isReading = false): string => scopeStatements(currentScope(), { isReading });

const OPENINGS: Readonly<Record<Mode, () => string>> = {
  read: () => `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${scoped(true)}`,
  write: () => `BEGIN; ${scoped()}`,
  bulk: () => `BEGIN; ${scoped()}; SET LOCAL statement_timeout = 0`,
  accounts: () => `BEGIN; SET LOCAL ROLE risk_auth; ${actorStatements()}`,
  owner: () => 'BEGIN; SET LOCAL statement_timeout = 0',
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

/** Runs the work in one transaction that begins so; a failure of the database becomes the domain's error. */
export async function inTransaction<T>(knex: Knex, begin: string, work: Work<T>): Promise<T> {
  const config: OpeningConfig = { opening: begin };
  const state = { open: true };
  const timer = transactionTimer();
  const timed: Work<T> = (trx) => {
    timer.begin();
    return work(trx);
  };
  try {
    return await current.run(state, () => knex.transaction(timed, config));
  } catch (error) {
    throw toDomainError(error);
  } finally {
    state.open = false;
    timer.end();
  }
}
