import type { Knex } from 'knex';
import type { SupervisedField } from '#server/domain/fields.ts';

/** Adds the supervised fields that ship with the program; those a bureau has renamed or added stay as they are. */
export async function seedFields(
  trx: Knex.Transaction,
  fields: readonly SupervisedField[],
): Promise<void> {
  const rows = fields.map(({ code, zh, en }, sort) => ({
    list: 'field',
    code,
    name_zh: zh,
    name_en: en,
    sort,
  }));
  await trx('code_lists').insert(rows).onConflict(['list', 'code']).ignore();
}
