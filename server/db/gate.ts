import { OverloadedError } from '../domain/errors.ts';

const BUSY = 'Too much work is waiting for the database. Try again in a few seconds.';

export type GateLimits = { readonly maxWaiting: number; readonly maxWaitMs: number };

type Waiting = {
  readonly whose: string;
  readonly begin: () => void;
  readonly refuse: (error: Error) => void;
};

/** Work of nobody in particular. */
const OWN = '';
/** Comes after everybody. */
const LAST = 'last';

/**
 * The order in front of a pool of one: unlike the pool's own queue, what waits can be counted and turned away. Those who
 * wait take turns: of somebody who sends a hundred requests at once one is done, and then one of everybody else.
 */
export class Gate {
  readonly #limits: GateLimits;
  readonly #waiting: Waiting[] = [];
  /** When somebody had his last turn, counted in turns; forgotten when nobody waits. */
  readonly #turns = new Map<string, number>();
  #turn = 0;
  #isBusy = false;
  #isClosed = false;

  constructor(limits: GateLimits) {
    this.#limits = limits;
  }

  /**
   * Runs one job at a time, of each caller in order. Rejects with OverloadedError when too many wait, half as many of
   * one caller, or the wait is too long.
   */
  async enter<T>(job: () => Promise<T>, whose = OWN): Promise<T> {
    if (this.#isClosed) throw new OverloadedError('The service is stopping.');
    if (this.#isBusy) await this.#wait(whose);
    this.#isBusy = true;
    this.#turn += 1;
    this.#turns.set(whose, this.#turn);
    try {
      return await job();
    } finally {
      // The place is handed over without becoming free, or a newcomer could step in between.
      const next = this.#next();
      if (next === undefined) {
        this.#isBusy = false;
        this.#turns.clear();
      } else next.begin();
    }
  }

  /** Rejects every job that has not begun. */
  rejectWaiting(error: Error): void {
    for (const entry of this.#waiting.splice(0)) entry.refuse(error);
  }

  /** Takes no new job; resolves when the running and waiting ones have ended. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    const last = this.enter(() => Promise.resolve(), LAST);
    this.#isClosed = true;
    await last.catch(() => undefined);
  }

  /** The first of those whose last turn is longest ago. */
  #next(): Waiting | undefined {
    const last = ({ whose }: Waiting): number =>
      whose === LAST ? Number.POSITIVE_INFINITY : (this.#turns.get(whose) ?? 0);
    let next = this.#waiting[0];
    for (const entry of this.#waiting) {
      if (next !== undefined && last(entry) < last(next)) next = entry;
    }
    if (next !== undefined) this.#waiting.splice(this.#waiting.indexOf(next), 1);
    return next;
  }

  #isFull(whose: string): boolean {
    const { maxWaiting } = this.#limits;
    if (this.#waiting.length >= maxWaiting) return true;
    const own = this.#waiting.filter((entry) => entry.whose === whose);
    return whose !== OWN && whose !== LAST && own.length >= maxWaiting / 2;
  }

  #wait(whose: string): Promise<void> {
    const { maxWaitMs } = this.#limits;
    if (this.#isFull(whose)) return Promise.reject(new OverloadedError(BUSY));
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
      const entry: Waiting = { whose, begin: settle(() => resolve()), refuse: settle(reject) };
      this.#waiting.push(entry);
    });
  }
}
