import type { Knex } from 'knex';

import type { Work } from './transaction.ts';

/** What the features that change the register are given. */
export type RegisterDeps = {
  readonly read: <T>(work: Work<T>) => Promise<T>;
  readonly write: <T>(work: Work<T>) => Promise<T>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** A new UUIDv7. */
  readonly newId: () => string;
  /** Works out the levels of risk points anew and brings the map up to date; `now` is epoch milliseconds. */
  readonly recordLevels: (
    trx: Knex.Transaction,
    pointIds: readonly string[],
    now: number,
  ) => Promise<void>;
  /** Brings the map up to date for points whose levels stay or that are gone. */
  readonly refreshPoints: (
    trx: Knex.Transaction,
    pointIds: readonly string[],
    now: number,
  ) => Promise<void>;
  /** The same for enterprises whose own columns changed. */
  readonly refreshEnterprises: (
    trx: Knex.Transaction,
    enterpriseIds: readonly string[],
  ) => Promise<void>;
};

/**
 * Gives rows the key of the city that their place lies in now, with all that hangs on them: to be called after every
 * UPDATE of a place or a stated region.
 */
export async function moveRows(
  trx: Knex.Transaction,
  rows: { readonly enterprises?: readonly string[]; readonly points?: readonly string[] },
): Promise<void> {
  await trx.raw('SELECT move_rows(?::uuid[], ?::uuid[])', [
    [...(rows.enterprises ?? [])],
    [...(rows.points ?? [])],
  ]);
}

/**
 * What a locking query finds. A row that another writer has just moved to another city has a new key: whoever waited
 * for the old one looks again, with a new snapshot.
 */
export async function lockMoving<T>(find: () => Promise<T | undefined>): Promise<T | null> {
  return (await find()) ?? (await find()) ?? null;
}

/** Whether the list of regions has the code. */
export async function isRegion(trx: Knex.Transaction, code: string): Promise<boolean> {
  const row = await trx('regions as r').select('r.code').where('r.code', code).first<unknown>();
  return row !== undefined;
}

/** Whether a risk point is in the register, without a lock. */
export async function isRiskPoint(trx: Knex.Transaction, id: string): Promise<boolean> {
  const query = trx('risk_points as rp').select('rp.id').where('rp.id', id);
  return (await query.whereNull('rp.deleted_at').first<unknown>()) !== undefined;
}

/** The risk point that a hazard source or a measure hangs on. */
export type ParentPoint = {
  readonly id: string;
  readonly cityCode: string;
  readonly demo: boolean;
  readonly isDeleted: boolean;
};

/** Keeps a risk point from being moved or deleted until the transaction ends; null when there is none with the id. */
export function keepPoint(trx: Knex.Transaction, id: string): Promise<ParentPoint | null> {
  return lockMoving(() => parentPoint(trx, id, (query) => query.forKeyShare()));
}

/** Keeps every other writer of a risk point and of what hangs on it out until the transaction ends. */
export function holdPoint(trx: Knex.Transaction, id: string): Promise<ParentPoint | null> {
  return lockMoving(() => parentPoint(trx, id, (query) => query.forUpdate()));
}

async function parentPoint(
  trx: Knex.Transaction,
  id: string,
  lock: (query: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<ParentPoint | undefined> {
  const query = trx('risk_points as rp')
    .select(
      'rp.id',
      'rp.city_code as cityCode',
      'rp.demo',
      trx.raw('rp.deleted_at IS NOT NULL AS "isDeleted"'),
    )
    .where('rp.id', id);
  const rows = (await lock(query)) as readonly ParentPoint[];
  return rows[0];
}
