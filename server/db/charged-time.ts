import { AsyncLocalStorage } from 'node:async_hooks';

/** Takes milliseconds for which a transaction held a connection. */
export type Charge = (milliseconds: number) => void;

const current = new AsyncLocalStorage<Charge>();

/** Runs the work; the time of every transaction that follows from it is told to `charge` when the transaction ends. */
export function chargedTo<T>(charge: Charge, work: () => T): T {
  return current.run(charge, work);
}

/** A stopwatch for one transaction: begun when it has its connection, so that waiting for one costs nobody anything. */
export function transactionTimer(): { readonly begin: () => void; readonly end: () => void } {
  // Where the work was called for: later the context may be another's.
  const charge = current.getStore();
  let begunAt: number | null = null;
  return {
    begin: () => {
      begunAt = performance.now();
    },
    end: () => {
      if (begunAt !== null) charge?.(performance.now() - begunAt);
    },
  };
}
