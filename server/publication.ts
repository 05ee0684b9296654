import type { Config } from './config.ts';
import type { Database } from './db/open-database.ts';
import { inScope, SYSTEM } from './db/scope.ts';
import { calendarDay } from './domain/calendar-day.ts';
import { holdsOnlyDemo } from './features/accounts/register.store.ts';
import { createPublication } from './features/publication/publication.service.ts';
import type { PublicationService } from './features/publication/publication.service.ts';
import type { Log } from './log.ts';

type Parts = {
  readonly db: Database;
  /** Epoch milliseconds, UTC. */
  readonly clock: () => number;
  readonly log: Log;
  readonly config: Pick<Config, 'isProduction' | 'timeZone'>;
};

/** What is told to everyone: the part of the composition that the service and the command line share. */
export function publicationFeature({ db, clock, log, config }: Parts): PublicationService {
  return createPublication({
    read: (work) => db.read(work),
    asOwner: (work) => db.asOwner(work),
    clock,
    today: () => calendarDay(clock(), config.timeZone),
    onError: (error) => log.error({ err: error }, 'public figures could not be made'),
    mayShowDemonstration: async () =>
      !config.isProduction && (await inScope(SYSTEM, () => db.read(holdsOnlyDemo))),
  });
}
