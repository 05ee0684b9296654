import type { Knex } from 'knex';

/** Locks of credit codes begin with it; the migrations and the start have other numbers. */
const LOCKS = 7_462;
/** Codes share so many locks: a file may bring more codes than a server has room for locks. */
const BUCKETS = 1_024;

/**
 * Others who are about to write one of these unified social credit codes wait for this transaction, in whatever city:
 * the unique index is per city and would not stop two writers.
 */
export async function lockCreditCodes(
  trx: Knex.Transaction,
  codes: readonly string[],
): Promise<void> {
  // In one order, so that two files never wait for each other.
  await trx.raw(
    `SELECT pg_advisory_xact_lock(?, b.bucket)
     FROM (SELECT DISTINCT abs(hashtext(c.code) % ?) AS bucket FROM unnest(?::text[]) AS c(code) ORDER BY 1) AS b`,
    [LOCKS, BUCKETS, [...codes]],
  );
}
