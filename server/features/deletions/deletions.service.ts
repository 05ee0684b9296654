import type { Work } from '#server/db/transaction.ts';
import { listStandingDeletions } from './deletions.store.ts';
import type { DeletionPlace, StandingDeletion } from './deletions.store.ts';

export type DeletionsService = ReturnType<typeof createDeletions>;

export function createDeletions(read: <T>(work: Work<T>) => Promise<T>) {
  return {
    /** What was deleted and not restored, the newest first. */
    list: (
      region: string | undefined,
      after: DeletionPlace | null,
      limit: number,
    ): Promise<readonly StandingDeletion[]> =>
      read((trx) => listStandingDeletions(trx, region, after, limit)),
  };
}
