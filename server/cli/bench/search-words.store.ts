import type { Knex } from 'knex';

/** Texts that somebody would search for, taken from the rows. */
export type SearchWords = {
  readonly enterprises: readonly string[];
  readonly points: readonly string[];
  readonly usccs: readonly string[];
  readonly codes: readonly string[];
  readonly initials: readonly string[];
};

/** Words of `count` enterprises and as many risk points picked evenly. */
export async function pickWords(trx: Knex.Transaction, count: number): Promise<SearchWords> {
  const result = await trx.raw<{ rows: [SearchWords] }>(
    `SELECT (SELECT array_agg(e.name_zh) FROM (
        SELECT en.name_zh FROM enterprises en ORDER BY en.id LIMIT :count::int) AS e) AS enterprises,
      (SELECT array_agg(e.uscc) FROM (
        SELECT en.uscc FROM enterprises en ORDER BY en.id LIMIT :count::int) AS e) AS usccs,
      (SELECT array_agg(p.name_zh) FROM (
        SELECT rp.name_zh FROM risk_points rp ORDER BY rp.id LIMIT :count::int) AS p) AS points,
      (SELECT array_agg(p.code) FROM (
        SELECT rp.code FROM risk_points rp ORDER BY rp.id LIMIT :count::int) AS p) AS codes,
      (SELECT array_agg(split_part(s.initials, ' ', 1)) FROM (
        SELECT en.initials FROM search_entries en WHERE en.kind = 3 ORDER BY en.ref LIMIT :count::int) AS s) AS initials`,
    { count },
  );
  return result.rows[0];
}

/** Bytes of the entries and of their indexes. */
export async function searchSizes(
  trx: Knex.Transaction,
): Promise<{ readonly table: number; readonly indexes: number }> {
  const result = await trx.raw<{ rows: [{ table: number; indexes: number }] }>(
    `SELECT pg_table_size('search_entries')::float8 AS table, pg_indexes_size('search_entries')::float8 AS indexes`,
  );
  return result.rows[0];
}
