import type { Knex } from 'knex';
import { matches, withStates } from './enterprises.store.ts';
import type { EnterpriseFilter } from './enterprises.store.ts';

/** Names of attributes that the enterprises of a list have, the most used first. */
export async function enterpriseAttributeKeys(
  trx: Knex.Transaction,
  filter: EnterpriseFilter,
  limit: number,
): Promise<readonly string[]> {
  const rows = await withStates(trx, filter.basis)
    .joinRaw('CROSS JOIN LATERAL jsonb_object_keys(e.attributes) AS a(key)')
    .select<{ key: string }[]>('a.key')
    .whereRaw("e.attributes <> '{}'")
    .where(matches(filter))
    .groupBy('a.key')
    .orderByRaw('count(*) DESC, a.key COLLATE "C"')
    .limit(limit);
  return rows.map(({ key }) => key);
}
