/** How much time a kind of caller may have. */
export type Allowance = {
  /** Milliseconds that may be had at once. */
  readonly capacity: number;
  /** Milliseconds that come back each second. */
  readonly perSecond: number;
};

type Bucket = { balance: number; filledAt: number };

/** Callers remembered at once; the one unused for longest is forgotten first, and by then is mostly full again. */
const MAX_BUCKETS = 10_000;
/** However much a caller took at once, he has something again after so many seconds. */
const LONGEST_WAIT_S = 60;

/** Milliseconds of work for each caller of a kind, taken after the work: what it costs is known only then. */
export class TimeBuckets {
  readonly #allowance: Allowance;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(allowance: Allowance, now: () => number) {
    this.#allowance = allowance;
    this.#now = now;
  }

  /** Whole seconds until the caller has something again; 0: he has. */
  wait(key: string): number {
    const { balance } = this.#filled(key);
    if (balance > 0) return 0;
    return Math.max(1, Math.ceil(-balance / this.#allowance.perSecond));
  }

  /** A balance may become negative, but not further than a minute fills. Less than nothing gives back. */
  take(key: string, milliseconds: number): void {
    const { capacity, perSecond } = this.#allowance;
    const bucket = this.#filled(key);
    const least = -LONGEST_WAIT_S * perSecond;
    bucket.balance = Math.min(capacity, Math.max(least, bucket.balance - milliseconds));
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > MAX_BUCKETS) {
      this.#buckets.delete(this.#buckets.keys().next().value ?? '');
    }
  }

  get size(): number {
    return this.#buckets.size;
  }

  #filled(key: string): Bucket {
    const { capacity, perSecond } = this.#allowance;
    const now = this.#now();
    const known = this.#buckets.get(key);
    if (known === undefined) return { balance: capacity, filledAt: now };
    known.balance = Math.min(capacity, known.balance + ((now - known.filledAt) / 1000) * perSecond);
    known.filledAt = now;
    return known;
  }
}
