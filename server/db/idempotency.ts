import type { Knex } from 'knex';

import { ConflictError, NotFoundError } from '../domain/errors.ts';

/** A request that its key stands for. */
export type KeptRequest = {
  readonly key: string;
  /** The operation and its subject. */
  readonly operation: string;
  /** What was asked, as text; only its hash is kept. */
  readonly request: string;
};

/** Null where the caller sent no key. */
export function keptRequest(
  key: string | null,
  operation: string,
  request: object,
): KeptRequest | null {
  return key === null ? null : { key, operation, request: JSON.stringify(request) };
}

const DELETED_SINCE = {
  zh: '这次请求先前新增的记录已被删除。',
  en: 'What the request made before was deleted since.',
};
const KEY_IN_USE = {
  zh: '这个 Idempotency-Key 已用于另一个请求，请换一个。',
  en: 'The Idempotency-Key was used for another request. Use a new one.',
};

/** For a request that is sent again long after: what it made is no longer there to show. Throws ConflictError. */
export function goneSince(error: unknown): never {
  if (error instanceof NotFoundError) {
    throw new ConflictError(DELETED_SINCE);
  }
  throw error;
}

const HASH = "encode(sha256(convert_to(?, 'UTF8')), 'hex')";

/**
 * Makes a row once per key and gives its id: a request that is sent again gets what it made before. Others with the
 * key wait for this transaction. Throws ConflictError where the key was used for another request.
 */
export async function makeOnce(
  trx: Knex.Transaction,
  kept: KeptRequest | null,
  make: () => Promise<string>,
): Promise<string> {
  if (kept === null) return make();
  const made = await findMade(trx, kept);
  if (made?.isSameRequest) return made.id;
  if (made) {
    throw new ConflictError(KEY_IN_USE);
  }
  const id = await make();
  await keepMade(trx, kept, id);
  return id;
}

async function findMade(
  trx: Knex.Transaction,
  { key, operation, request }: KeptRequest,
): Promise<{ readonly isSameRequest: boolean; readonly id: string } | null> {
  await trx.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 0))', [`${operation} ${key}`]);
  const row = await trx('idempotency_keys as k')
    .select<{ is_same: boolean; id: string }[]>(
      trx.raw(`k.request_hash = ${HASH} AS is_same`, [request]),
      trx.raw("k.body ->> 'id' AS id"),
    )
    .where({ 'k.key': key, 'k.operation': operation })
    .first();
  return row ? { isSameRequest: row.is_same, id: row.id } : null;
}

async function keepMade(
  trx: Knex.Transaction,
  { key, operation, request }: KeptRequest,
  id: string,
): Promise<void> {
  await trx('idempotency_keys').insert({
    key,
    operation,
    request_hash: trx.raw(HASH, [request]),
    status: 201,
    body: JSON.stringify({ id }),
  });
}
