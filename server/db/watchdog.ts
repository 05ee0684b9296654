import type { Knex } from 'knex';

export type Watchdog = { stop(): void };

/** Calls `onOverrun` once when a single statement of this one-connection pool runs longer than the limit. */
export function watchStatements(knex: Knex, limitMs: number, onOverrun: () => void): Watchdog {
  let timer: NodeJS.Timeout | undefined;
  const disarm = (): void => clearTimeout(timer);
  const arm = (): void => {
    disarm();
    timer = setTimeout(onOverrun, limitMs);
  };
  knex.on('query', arm).on('query-response', disarm).on('query-error', disarm);
  return {
    stop: () => {
      disarm();
      knex.off('query', arm).off('query-response', disarm).off('query-error', disarm);
    },
  };
}
