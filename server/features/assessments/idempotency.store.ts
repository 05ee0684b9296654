import type { Knex } from 'knex';

/** A request that its key stands for. */
export type KeptRequest = {
  readonly key: string;
  /** The operation and its subject. */
  readonly operation: string;
  /** What was asked, as text; only its hash is kept. */
  readonly request: string;
};

const HASH = "encode(sha256(convert_to(?, 'UTF8')), 'hex')";

/** What an earlier request with the key made; null when there was none. Others with the key wait for this transaction. */
export async function findMade(
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

export async function keepMade(
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
