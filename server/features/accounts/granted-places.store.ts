import type { Knex } from 'knex';
import type { Grant } from './accounts.store.ts';

/** Which of these there are: what a grant names has to exist. */
export async function findPlaces(
  trx: Knex.Transaction,
  named: Pick<Grant, 'jurisdictions'> & {
    readonly regions: readonly string[];
    readonly fields: readonly string[];
  },
): Promise<{
  readonly regions: ReadonlySet<string>;
  readonly jurisdictions: ReadonlySet<string>;
  readonly fields: ReadonlySet<string>;
}> {
  const regions = await trx('regions as r')
    .select<{ code: string }[]>('r.code')
    .whereIn('r.code', named.regions);
  const jurisdictions = await trx('jurisdictions as j')
    .select<{ id: string }[]>('j.id')
    .whereIn('j.id', named.jurisdictions);
  const fields = await trx('code_lists as c')
    .select<{ code: string }[]>('c.code')
    .where('c.list', 'field')
    .whereIn('c.code', named.fields);
  return {
    regions: new Set(regions.map(({ code }) => code)),
    jurisdictions: new Set(jurisdictions.map(({ id }) => id)),
    fields: new Set(fields.map(({ code }) => code)),
  };
}

/** Codes that stand for regions and all below them, as the row policies take them; null: everywhere. */
export async function scopeRegions(
  trx: Knex.Transaction,
  granted: readonly string[] | null,
  narrowed: readonly string[] | null,
): Promise<readonly string[] | null> {
  const { rows } = await trx.raw<{ rows: { codes: string[] | null }[] }>(
    'SELECT scope_regions(?::text[], ?::text[]) AS codes',
    [granted && [...granted], narrowed && [...narrowed]],
  );
  return rows[0]?.codes ?? null;
}
