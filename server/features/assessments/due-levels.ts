import type { Knex } from 'knex';
import { nextDueInstant, pointsDue } from './due-points.store.ts';
import { recordLevels } from './record-levels.ts';

const BATCH = 500;

/** A timer cannot wait longer than 2^31 ms; an hour also bounds what a changed clock can do. */
const LONGEST_WAIT_MS = 3_600_000;

export type DueLevelsDeps = {
  readonly write: <T>(work: (trx: Knex.Transaction) => Promise<T>) => Promise<T>;
  readonly clock: () => number;
  readonly onError: (error: unknown) => void;
};

/** Moves every point whose assessment has lapsed, in batches; returns the next instant at which one will. */
export async function moveDueLevels({
  write,
  clock,
}: Omit<DueLevelsDeps, 'onError'>): Promise<number | null> {
  for (;;) {
    const moved = await write(async (trx) => {
      const ids = await pointsDue(trx, clock(), BATCH);
      await recordLevels(trx, ids, clock());
      return ids.length;
    });
    if (moved < BATCH) return write((trx) => nextDueInstant(trx));
  }
}

/**
 * Moves lapsed assessments to `expired` at start and then at each next due instant, so that counts and tiles stay
 * right without anyone touching them. Returns a function that stops it and waits for work under way.
 */
export function startDueLevels(deps: DueLevelsDeps): () => Promise<void> {
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const run = async (): Promise<void> => {
    let next: number | null = null;
    try {
      next = await moveDueLevels(deps);
    } catch (error) {
      deps.onError(error);
    }
    if (stopped) return;
    const wait = next === null ? LONGEST_WAIT_MS : next - deps.clock();
    timer = setTimeout(start, Math.min(Math.max(wait, 1_000), LONGEST_WAIT_MS));
    timer.unref();
  };
  const start = (): void => {
    running = run();
  };
  start();
  return async () => {
    stopped = true;
    if (timer) clearTimeout(timer);
    await running;
  };
}
