import { OverloadedError } from '../domain/errors.ts';

const BUSY = 'Too much work is waiting for the database. Try again in a few seconds.';

export type GateLimits = { readonly maxWaiting: number; readonly maxWaitMs: number };

type Waiting = { readonly begin: () => void; readonly refuse: (error: Error) => void };

/** The order in front of a pool of one: unlike the pool's own queue, what waits can be counted and turned away. */
export class Gate {
  readonly #limits: GateLimits;
  readonly #waiting: Waiting[] = [];
  #isBusy = false;
  #isClosed = false;

  constructor(limits: GateLimits) {
    this.#limits = limits;
  }

  /** Runs one job at a time, in order. Rejects with OverloadedError when too many wait or the wait is too long. */
  async enter<T>(job: () => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new OverloadedError('The service is stopping.');
    if (this.#isBusy) await this.#turn();
    this.#isBusy = true;
    try {
      return await job();
    } finally {
      // The place is handed over without becoming free, or a newcomer could step in between.
      const next = this.#waiting.shift();
      if (next === undefined) this.#isBusy = false;
      else next.begin();
    }
  }

  /** Rejects every job that has not begun. */
  rejectWaiting(error: Error): void {
    for (const entry of this.#waiting.splice(0)) entry.refuse(error);
  }

  /** Takes no new job; resolves when the running and waiting ones have ended. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    const last = this.enter(() => Promise.resolve());
    this.#isClosed = true;
    await last.catch(() => undefined);
  }

  #turn(): Promise<void> {
    const { maxWaiting, maxWaitMs } = this.#limits;
    if (this.#waiting.length >= maxWaiting) return Promise.reject(new OverloadedError(BUSY));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(entry), 1);
        reject(new OverloadedError(BUSY));
      }, maxWaitMs);
      const settle =
        <A extends unknown[]>(end: (...args: A) => void) =>
        (...args: A): void => {
          clearTimeout(timer);
          end(...args);
        };
      const entry: Waiting = { begin: settle(() => resolve()), refuse: settle(reject) };
      this.#waiting.push(entry);
    });
  }
}
