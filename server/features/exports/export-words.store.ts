import type { Knex } from 'knex';
import type { Bilingual } from '#server/domain/bilingual.ts';
import type { Names } from '#server/domain/names.ts';

/** What a file says of an enterprise beside what the list of enterprises does. */
export type EnterpriseMore = {
  readonly id: string;
  readonly usccReason: string | null;
  readonly statedRegion: string | null;
  readonly source: string | null;
  readonly code: string | null;
  readonly attributes: Readonly<Record<string, string>>;
};

export async function readEnterpriseMore(
  trx: Knex.Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, EnterpriseMore>> {
  const result = await trx.raw<{ rows: EnterpriseMore[] }>(
    `SELECT e.id, e.uscc_reason AS "usccReason", e.given_region AS "statedRegion", e.origin ->> 'source' AS source,
      e.origin ->> 'code' AS code, e.attributes
    FROM enterprises e WHERE e.id = ANY (?::uuid[])`,
    [[...ids]],
  );
  return new Map(result.rows.map((row) => [row.id, row]));
}

/** Code → names of the supervised fields of this register. */
export async function readFieldNames(
  trx: Knex.Transaction,
): Promise<ReadonlyMap<string, Bilingual>> {
  const rows = await trx('code_lists as c')
    .select<{ code: string; zh: string; en: string }[]>(
      'c.code',
      'c.name_zh as zh',
      'c.name_en as en',
    )
    .where('c.list', 'field');
  return new Map(rows.map(({ code, zh, en }) => [code, { zh, en }]));
}

export async function findRegionNames(trx: Knex.Transaction, code: string): Promise<Names | null> {
  const row = await trx('regions as r')
    .select<{ names: Names }[]>('r.names')
    .where('r.code', code)
    .first();
  return row?.names ?? null;
}

export async function findEnterpriseNames(
  trx: Knex.Transaction,
  id: string,
): Promise<Names | null> {
  const row = await trx('enterprises as e')
    .select<{ zh: string; en: string | null }[]>('e.name_zh as zh', 'e.name_en as en')
    .where('e.id', id)
    .first();
  return row ?? null;
}

/** Another text whenever anything that a list shows has changed: a record, or a region or level beside it. */
export async function readMark(trx: Knex.Transaction): Promise<string> {
  const result = await trx.raw<{ rows: { mark: string }[] }>(
    `SELECT (SELECT COALESCE(sum(v.version), 0) FROM data_versions v) || '/'
      || (SELECT COALESCE(sum(c.version), 0) FROM register_changes c) AS mark`,
  );
  return result.rows[0]?.mark ?? '';
}
