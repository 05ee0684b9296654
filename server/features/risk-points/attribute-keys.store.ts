import type { Knex } from 'knex';
import { matches, withStates } from './risk-points.store.ts';
import type { RiskPointFilter } from './risk-points.store.ts';

type KeyRow = { readonly key: string };

/** Names of attributes that the points of a list have, the most used first. */
export async function pointAttributeKeys(
  trx: Knex.Transaction,
  filter: RiskPointFilter,
  limit: number,
): Promise<readonly string[]> {
  const query = withStates(trx, filter.basis)
    .joinRaw('CROSS JOIN LATERAL jsonb_object_keys(rp.attributes) AS a(key)')
    .select<KeyRow[]>('a.key')
    .whereRaw("rp.attributes <> '{}'")
    .where(matches(filter));
  return keysIn(await mostUsed(query, limit));
}

/** The same of the hazard sources of these points. */
export async function sourceAttributeKeys(
  trx: Knex.Transaction,
  filter: RiskPointFilter,
  limit: number,
): Promise<readonly string[]> {
  const query = withStates(trx, filter.basis)
    .join('hazard_sources as hs', (on) => {
      on.on('hs.city_code', 'rp.city_code').andOn('hs.risk_point_id', 'rp.id');
    })
    .joinRaw('CROSS JOIN LATERAL jsonb_object_keys(hs.attributes) AS a(key)')
    .select<KeyRow[]>('a.key')
    .whereRaw("hs.attributes <> '{}' AND hs.deleted_at IS NULL")
    .where(matches(filter));
  return keysIn(await mostUsed(query, limit));
}

function mostUsed(query: Knex.QueryBuilder, limit: number): Promise<readonly KeyRow[]> {
  return query.groupBy('a.key').orderByRaw('count(*) DESC, a.key COLLATE "C"').limit(limit);
}

function keysIn(rows: readonly KeyRow[]): readonly string[] {
  return rows.map(({ key }) => key);
}
