import type { Knex } from 'knex';

export type AuditEvent = {
  readonly seq: number;
  readonly at: Date;
  readonly accountId: string | null;
  readonly keyId: string | null;
  readonly address: string | null;
  readonly requestId: string | null;
  readonly action: string;
  readonly subjectKind: string | null;
  readonly subjectId: string | null;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  /** Hex. */
  readonly hash: string;
};

export type AuditFilter = {
  readonly account?: string | undefined;
  readonly subject?: string | undefined;
  readonly action?: string | undefined;
  /** RFC 3339. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

type Row = {
  seq: number;
  at: Date;
  account_id: string | null;
  key_id: string | null;
  address: string | null;
  request_id: string | null;
  action: string;
  subject_kind: string | null;
  subject_id: string | null;
  before: AuditEvent['before'];
  after: AuditEvent['after'];
  hash: string;
};

/** The end of an id, as lists show it, is enough. */
const ENDING = 12;

const COLUMNS = `a.seq, a.at, a.account_id, a.key_id, a.address, a.request_id, a.action, a.subject_kind, a.subject_id,
  a.before, a.after, encode(a.hash, 'hex') AS hash`;

/** Newest first, those before a place of the chain. Sealed ones only: the others follow within a second. */
export async function listEvents(
  trx: Knex.Transaction,
  { account, subject, action, from, to }: AuditFilter,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<readonly AuditEvent[]> {
  const rows: readonly Row[] = await trx('audit_events as a')
    .select<Row[]>(trx.raw(COLUMNS))
    .whereNotNull('a.seq')
    .modify((query) => {
      if (account !== undefined) query.where('a.account_id', account);
      if (subject?.length === ENDING) query.whereRaw('right(a.subject_id, 12) = ?', [subject]);
      else if (subject !== undefined) query.where('a.subject_id', subject);
      if (action !== undefined) query.where('a.action', action);
      if (from !== undefined) query.where('a.at', '>=', from);
      if (to !== undefined) query.where('a.at', '<', to);
      if (before !== null) query.where('a.seq', '<', before);
    })
    .orderBy('a.seq', 'desc')
    .limit(limit);
  return rows.map((row) => ({
    seq: row.seq,
    at: row.at,
    accountId: row.account_id,
    keyId: row.key_id,
    address: row.address,
    requestId: row.request_id,
    action: row.action,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    before: row.before,
    after: row.after,
    hash: row.hash,
  }));
}

/**
 * Accounts that did something, at most so many. One look into the index for each of them, not one for each event: those
 * that are not sealed yet count too.
 */
export async function listActors(trx: Knex.Transaction, most: number): Promise<readonly string[]> {
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(
    `WITH RECURSIVE actor (id) AS (
       (SELECT a.account_id FROM audit_events a WHERE a.account_id IS NOT NULL ORDER BY a.account_id LIMIT 1)
       UNION ALL
       SELECT (SELECT a.account_id FROM audit_events a WHERE a.account_id > actor.id ORDER BY a.account_id LIMIT 1)
       FROM actor WHERE actor.id IS NOT NULL
     )
     SELECT actor.id FROM actor WHERE actor.id IS NOT NULL LIMIT ?`,
    [most],
  );
  return rows.map(({ id }) => id);
}

/** Gives waiting events their place in the chain; tells how many. */
export async function sealEvents(trx: Knex.Transaction, most: number): Promise<number> {
  const { rows } = await trx.raw<{ rows: { sealed: number }[] }>('SELECT seal_audit(?) AS sealed', [
    most,
  ]);
  return rows[0]?.sealed ?? 0;
}

/** Sealed ones. */
export async function countEvents(trx: Knex.Transaction): Promise<number> {
  const row = await trx('audit_events as a')
    .whereNotNull('a.seq')
    .count<{ n: number }>({ n: '*' })
    .first();
  return row?.n ?? 0;
}

/** Place of the first event that is not as it was sealed, or is missing; null: the chain holds. */
export async function firstBrokenEvent(trx: Knex.Transaction): Promise<number | null> {
  const { rows } = await trx.raw<{ rows: { place: number | null }[] }>(
    'SELECT first_broken_audit() AS place',
  );
  return rows[0]?.place ?? null;
}
