import type { Knex } from 'knex';

/** Names of the migrations that the database has, in order. */
export async function listAppliedMigrations(trx: Knex.Transaction): Promise<string[]> {
  const rows = await trx('schema_migrations as m')
    .select<{ name: string }[]>('m.name')
    .orderBy('m.name');
  return rows.map(({ name }) => name);
}
