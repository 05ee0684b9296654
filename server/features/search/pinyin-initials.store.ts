import type { Knex } from 'knex';

/** First letters of the readings of characters: byte n of `codes` is the place in `sets` of character U+4E00 + n. */
export type PinyinTable = { readonly codes: Buffer; readonly sets: readonly string[] };

const SEED = 'pinyin-initials';

export async function loadedChecksum(trx: Knex.Transaction): Promise<string | null> {
  const row = await trx('seeds as s')
    .select<{ checksum: string }[]>('s.checksum')
    .where('s.name', SEED)
    .first();
  return row?.checksum ?? null;
}

/** Puts another table in place and writes the initials of every entry anew. Only the owner may. */
export async function replacePinyinInitials(
  trx: Knex.Transaction,
  { codes, sets }: PinyinTable,
  checksum: string,
): Promise<void> {
  await trx('pinyin_initials')
    .insert({ one: true, codes: trx.raw("decode(?, 'hex')", [codes.toString('hex')]), sets })
    .onConflict('one')
    .merge(['codes', 'sets']);
  await trx.raw(
    `UPDATE search_entries e SET initials = n.initials
     FROM (SELECT s.city_code, s.kind, s.ref, search_initials(split_part(s.doc, '|', 1), p.codes, p.sets) AS initials
       FROM search_entries s CROSS JOIN (SELECT q.codes || ''::bytea AS codes, q.sets FROM pinyin_initials q OFFSET 0) AS p) AS n
     WHERE e.city_code = n.city_code AND e.kind = n.kind AND e.ref = n.ref AND e.initials <> n.initials`,
  );
  await trx('seeds')
    .insert({ name: SEED, checksum })
    .onConflict('name')
    .merge({ checksum, loaded_at: trx.fn.now() });
}
