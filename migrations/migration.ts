import type { Knex } from 'knex';

/** One numbered step of the schema, in both directions; each runs in a transaction of its own. */
export type Migration = {
  readonly name: string;
  readonly up: (trx: Knex.Transaction) => Promise<void>;
  readonly down: (trx: Knex.Transaction) => Promise<void>;
};

/** A migration written as two SQL scripts. */
export function sqlMigration(name: string, up: string, down: string): Migration {
  return {
    name,
    up: async (trx) => {
      await trx.raw(up);
    },
    down: async (trx) => {
      await trx.raw(down);
    },
  };
}
