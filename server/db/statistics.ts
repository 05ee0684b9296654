import type { Knex } from 'knex';

/** Makes the planner look again at every table that has grown much since it last did; cheap when none has. */
export async function renewStatistics(trx: Knex.Transaction): Promise<void> {
  await trx.raw('SELECT analyse_grown_tables()');
}
