import type { Knex } from 'knex';

/** Points whose assessment has lapsed by `now`, the earliest first. */
export async function pointsDue(
  trx: Knex.Transaction,
  now: number,
  limit: number,
): Promise<readonly string[]> {
  const rows = await trx<{ id: string }>('point_states as ps')
    .select('ps.risk_point_id as id')
    .whereRaw('ps.due_at <= ?', [new Date(now).toISOString()])
    .groupBy('ps.risk_point_id')
    .orderByRaw('min(ps.due_at), ps.risk_point_id')
    .limit(limit);
  return rows.map((row) => row.id);
}

/** The next instant at which an assessment lapses, epoch ms; null when none will. */
export async function nextDueInstant(trx: Knex.Transaction): Promise<number | null> {
  const row = await trx('point_states as ps').min<{ at: Date | null }>('ps.due_at as at').first();
  return row?.at?.getTime() ?? null;
}
