import { OverloadedError } from '#server/domain/errors.ts';

export type WorkLimits = { readonly running: number; readonly waiting: number };

export type SharedWork<T> = {
  /**
   * The result of the work under this key; callers that come while it waits or runs share it. Rejects with
   * OverloadedError when too much waits. Work that every caller has left before its turn is not done.
   */
  run(key: string, work: () => Promise<T>, signal: AbortSignal): Promise<T>;
};

type Entry<T> = { readonly promise: Promise<T>; callers: number };

/** Bounded work: each key once at a time, so much at once, so much waiting. */
export function createSharedWork<T>(limits: WorkLimits): SharedWork<T> {
  const entries = new Map<string, Entry<T>>();
  const slots = createSlots(limits);

  const start = (key: string, work: () => Promise<T>): Promise<T> =>
    slots(() => {
      if (entries.get(key)?.callers !== 0) return work();
      throw new OverloadedError('Nobody waits for this tile any more.');
    }).finally(() => entries.delete(key));

  const enter = (key: string, work: () => Promise<T>): Entry<T> => {
    const known = entries.get(key);
    if (known !== undefined) return known;
    const entry = { promise: start(key, work), callers: 0 };
    entries.set(key, entry);
    return entry;
  };
  return {
    run: (key, work, signal) => {
      const entry = enter(key, work);
      if (!signal.aborted) {
        entry.callers += 1;
        signal.addEventListener('abort', () => (entry.callers -= 1), { once: true });
      }
      return entry.promise;
    },
  };
}

type Slots = <R>(work: () => Promise<R>) => Promise<R>;

/** Runs so much at once and lets so much wait, in order; what is beyond that is refused. */
function createSlots({ running, waiting }: WorkLimits): Slots {
  const queue: (() => void)[] = [];
  let active = 0;
  return async (work) => {
    if (active < running) {
      active += 1;
      // Whoever called must have noted the work before it begins.
      await Promise.resolve();
    } else {
      if (queue.length >= waiting) throw new OverloadedError('Too many tiles are being made.');
      await new Promise<void>((resolve) => queue.push(resolve));
    }
    try {
      return await work();
    } finally {
      // The place is handed over without becoming free.
      const next = queue.shift();
      if (next === undefined) active -= 1;
      else next();
    }
  };
}
