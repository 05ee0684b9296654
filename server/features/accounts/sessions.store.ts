import type { Knex } from 'knex';

/** A session or a key as the database knows it. */
export type Holder = {
  readonly accountId: string;
  readonly seenAt: Date | null;
};

/** Null where there is no such session, or not any more. */
export async function findSession(
  trx: Knex.Transaction,
  hash: Buffer,
  { now, idleMs }: { readonly now: number; readonly idleMs: number },
): Promise<Holder | null> {
  const row = await trx('sessions as s')
    .where('s.token_hash', hash)
    .where('s.expires_at', '>', new Date(now))
    .where('s.seen_at', '>', new Date(now - idleMs))
    .first<{ account_id: string; seen_at: Date } | undefined>('s.account_id', 's.seen_at');
  return row ? { accountId: row.account_id, seenAt: row.seen_at } : null;
}

export async function touchSession(
  trx: Knex.Transaction,
  hash: Buffer,
  now: number,
): Promise<void> {
  await trx('sessions')
    .where('token_hash', hash)
    .update({ seen_at: new Date(now) });
}

export async function insertSession(
  trx: Knex.Transaction,
  session: {
    readonly hash: Buffer;
    readonly accountId: string;
    readonly now: number;
    readonly expiresAt: number;
  },
): Promise<void> {
  // What has ended is of no use to anybody.
  await trx('sessions').where('expires_at', '<', new Date(session.now)).delete();
  await trx('sessions').insert({
    token_hash: session.hash,
    account_id: session.accountId,
    created_at: new Date(session.now),
    seen_at: new Date(session.now),
    expires_at: new Date(session.expiresAt),
  });
}

export async function endSession(trx: Knex.Transaction, hash: Buffer): Promise<void> {
  await trx('sessions').where('token_hash', hash).delete();
}

export async function endSessionsOf(trx: Knex.Transaction, accountId: string): Promise<void> {
  await trx('sessions').where('account_id', accountId).delete();
}

/** Milliseconds until the name may try again; 0: now. */
export async function waitOf(trx: Knex.Transaction, nameKey: string, now: number): Promise<number> {
  // One try after the other: whoever comes at the same moment sees what the one before has counted.
  await trx.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 7463))', [nameKey]);
  const row = await trx('sign_in_failures as f')
    .where('f.name_key', nameKey)
    .first<{ locked_until: Date | null } | undefined>('f.locked_until');
  return Math.max(0, (row?.locked_until?.getTime() ?? 0) - now);
}

/** Notes a refusal, and from the fifth on how long the name has to wait: a minute, then twice as long each time. */
export async function noteFailure(
  trx: Knex.Transaction,
  nameKey: string,
  now: number,
): Promise<void> {
  await trx('sign_in_failures')
    .where('failed_at', '<', new Date(now - DAY_MS))
    .delete();
  await trx.raw(
    `INSERT INTO sign_in_failures AS f (name_key, failures, failed_at) VALUES (:nameKey, 1, :at)
     ON CONFLICT (name_key) DO UPDATE SET failures = f.failures + 1, failed_at = :at,
       locked_until = CASE WHEN f.failures + 1 >= ${FREE_TRIES}
         THEN (:at)::timestamptz + least(power(2, f.failures + 1 - ${FREE_TRIES}), 60) * interval '1 minute' END`,
    { nameKey, at: new Date(now) },
  );
}

const DAY_MS = 86_400_000;
const FREE_TRIES = 5;

export async function forgetFailures(trx: Knex.Transaction, nameKey: string): Promise<void> {
  await trx('sign_in_failures').where('name_key', nameKey).delete();
}

export type LinkPurpose = 'set-up' | 'recovery';

/** Earlier ones of the same kind and account are of no use any more. */
export async function insertLink(
  trx: Knex.Transaction,
  link: {
    readonly hash: Buffer;
    readonly purpose: LinkPurpose;
    readonly accountId: string | null;
    readonly now: number;
    readonly expiresAt: number;
  },
): Promise<void> {
  await trx('one_time_links')
    .where('purpose', link.purpose)
    .whereRaw('account_id IS NOT DISTINCT FROM ?::uuid', [link.accountId])
    .whereNull('used_at')
    .update({ used_at: new Date(link.now) });
  await trx('one_time_links').insert({
    token_hash: link.hash,
    purpose: link.purpose,
    account_id: link.accountId,
    created_at: new Date(link.now),
    expires_at: new Date(link.expiresAt),
  });
}

/** The link, where it is still of use. */
function linkOfUse(trx: Knex.Transaction, hash: Buffer, purpose: LinkPurpose, now: number) {
  return trx('one_time_links')
    .where({ token_hash: hash, purpose })
    .whereNull('used_at')
    .where('expires_at', '>', new Date(now));
}

/** Uses a link up; null where it is of no use. The account it is for: null for the set-up. */
export async function useLink(
  trx: Knex.Transaction,
  hash: Buffer,
  purpose: LinkPurpose,
  now: number,
): Promise<{ readonly accountId: string | null } | null> {
  const [row] = await linkOfUse(trx, hash, purpose, now)
    .update({ used_at: new Date(now) })
    .returning<{ account_id: string | null }[]>('account_id');
  return row ? { accountId: row.account_id } : null;
}

/** A link that is still of use; null: there is none. */
export async function findLink(
  trx: Knex.Transaction,
  hash: Buffer,
  purpose: LinkPurpose,
  now: number,
): Promise<{ readonly accountId: string | null; readonly expiresAt: Date } | null> {
  const row = await linkOfUse(trx, hash, purpose, now).first<
    { account_id: string | null; expires_at: Date } | undefined
  >('account_id', 'expires_at');
  return row ? { accountId: row.account_id, expiresAt: row.expires_at } : null;
}
