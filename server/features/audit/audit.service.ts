import type { Work } from '#server/db/transaction.ts';
import { firstBrokenEvent, listEvents, sealEvents } from './audit.store.ts';
import type { AuditEvent, AuditFilter } from './audit.store.ts';

const BATCH = 1_000;
const EVERY_MS = 1_000;

export type AuditDeps = {
  readonly read: <T>(work: Work<T>) => Promise<T>;
  readonly write: <T>(work: Work<T>) => Promise<T>;
  /** Names of accounts by id. */
  readonly namesOf: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  readonly onError: (error: unknown) => void;
};

export type AuditView = AuditEvent & { readonly accountName: string | null };

export type AuditService = ReturnType<typeof createAudit>;

export function createAudit(deps: AuditDeps) {
  const { read, namesOf } = deps;
  return {
    list: async (
      filter: AuditFilter,
      page: { readonly before: number | null; readonly limit: number },
    ): Promise<readonly AuditView[]> => {
      const events = await read((trx) => listEvents(trx, filter, page));
      const ids = [...new Set(events.flatMap(({ accountId }) => accountId ?? []))];
      const names = await namesOf(ids);
      return events.map((event) => ({
        ...event,
        accountName: event.accountId === null ? null : (names.get(event.accountId) ?? null),
      }));
    },
    seal: () => seal(deps),
    /** Place of the first event that is not as it was sealed; null: the chain holds. */
    firstBroken: () => read(firstBrokenEvent),
    job: { start: () => start(deps) },
  };
}

/** All that wait; in batches, so that others get at the database between them. */
async function seal({ write }: AuditDeps): Promise<number> {
  let all = 0;
  for (;;) {
    const sealed = await write((trx) => sealEvents(trx, BATCH));
    all += sealed;
    if (sealed < BATCH) return all;
  }
}

/** Seals every second; the last time when the service stops. */
function start(deps: AuditDeps): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(() => seal(deps)).catch(deps.onError);
  }, EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
    await seal(deps).catch(deps.onError);
  };
}
