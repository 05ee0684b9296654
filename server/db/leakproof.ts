import type { Knex } from 'knex';

import { codeOf } from './pg-errors.ts';

/**
 * What the indexes are asked by. A row policy lets a statement use an index only by functions that tell nothing of the
 * rows they are given (no message, no error that depends on them): these compare boxes and arrays of numbers.
 */
const FUNCTIONS = [
  'public.geometry_overlaps(public.geometry, public.geometry)',
  'pg_catalog.arraycontains(anyarray, anyarray)',
  'public.search_grams(smallint, smallint, text, text, text)',
] as const;

/** The statements that a superuser runs where the owner of the tables is none. */
export const LEAKPROOF_STATEMENTS = FUNCTIONS.map((name) => `ALTER FUNCTION ${name} LEAKPROOF;`);

/**
 * As the owner, after the migrations: keeps the indexes in the plans of scoped statements. False where only a superuser
 * may say so: everything is right then, but large areas are slow.
 */
export async function markLeakproof(trx: Knex.Transaction): Promise<boolean> {
  const { rows } = await trx.raw<{ rows: { missing: string[] | null }[] }>(
    `SELECT array_agg(n.name) AS missing FROM unnest(:names::text[]) AS n(name)
     JOIN pg_proc p ON p.oid = n.name::regprocedure WHERE NOT p.proleakproof`,
    { names: [...FUNCTIONS] },
  );
  try {
    await trx.transaction(async (inner) => {
      for (const name of rows[0]?.missing ?? []) {
        await inner.raw(`ALTER FUNCTION ${name} LEAKPROOF`);
      }
    });
    return true;
  } catch (error) {
    if (codeOf(error) !== '42501') throw error;
    return false;
  }
}
