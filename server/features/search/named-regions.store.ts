import type { Knex } from 'knex';
import type { NamedRegion } from '#server/domain/search/named-places.ts';

/** What may follow the short name of a region: 吉林 市, 延边 朝鲜族自治州, Jilin City. */
const ENDINGS =
  '^(|省|市|区|县|旗|盟|地区|新区|林区|特别行政区|.*自治(区|州|县|旗)| (province|city|district|county|prefecture))$';

/** Candidates that are looked at for each word: many regions begin with the same characters. */
const LOOKED_AT = 40;

/** Regions that are called by one of some words, in full or without 省, 市, 县 and the like. Words: as `search_key` has them. */
export async function findNamedRegions(
  trx: Knex.Transaction,
  words: readonly string[],
): Promise<readonly NamedRegion[]> {
  const result = await trx.raw<{ rows: NamedRegion[] }>(
    `SELECT w.word, rg.code, rg.path
     FROM unnest(:words::text[]) AS w(word)
     CROSS JOIN LATERAL search_candidates(1::smallint, ARRAY[w.word], w.word, NULL, w.word, NULL, NULL, :most::int) AS c
     JOIN regions rg ON rg.code = c.ref
     CROSS JOIN LATERAL (VALUES (search_key(rg.names ->> 'zh')), (search_words(rg.names ->> 'en'))) AS n(name)
     WHERE c.matched IN (2, 4) AND starts_with(n.name, w.word) AND substr(n.name, length(w.word) + 1) ~ :endings
     ORDER BY rg.code`,
    { words: [...words], most: LOOKED_AT, endings: ENDINGS },
  );
  return result.rows;
}
