import { codeOf } from './pg-errors.ts';
import type { Work } from './transaction.ts';

type Write = <T>(work: Work<T>) => Promise<T>;

const DEADLOCK = '40P01';
const TRIES = 5;

/**
 * A write that begins again when it was the one that had to give way in a deadlock: two edits that move rows between
 * the same cities in opposite directions meet on the versions of both. The work must change nothing but the database.
 */
export function retryDeadlock(write: Write): Write {
  return async (work) => {
    for (let tried = 1; ; tried += 1) {
      try {
        return await write(work);
      } catch (error) {
        if (tried === TRIES || !isDeadlock(error)) throw error;
      }
    }
  };
}

function isDeadlock(error: unknown): boolean {
  return codeOf((error as { readonly cause?: unknown } | null)?.cause) === DEADLOCK;
}
