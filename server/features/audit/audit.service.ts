import type { Work } from '#server/db/transaction.ts';
import { createWorkSlots } from '#server/domain/work-slots.ts';
import { listActors, listEvents, sealEvents } from './audit.store.ts';
import type { AuditEvent, AuditFilter } from './audit.store.ts';

const BATCH = 1_000;
const EVERY_MS = 1_000;
/** Events of a file that are in memory at once: each may hold a whole record. */
const FILE_PAGE = 250;
/** Files that are written at once. */
const MOST_FILES = 4;
const MOST_ACTORS = 1_000;

export type AuditDeps = {
  readonly read: <T>(work: Work<T>) => Promise<T>;
  readonly write: <T>(work: Work<T>) => Promise<T>;
  /** Names of accounts by id. */
  readonly namesOf: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  readonly onError: (error: unknown) => void;
};

export type AuditView = AuditEvent & { readonly accountName: string | null };

/** Events of a file, page by page. */
export type AuditPages = AsyncGenerator<readonly AuditView[]>;

type AuditPage = { readonly before: number | null; readonly limit: number };

export type AuditService = ReturnType<typeof createAudit>;

export function createAudit(deps: AuditDeps) {
  const { read, namesOf } = deps;
  const slots = createWorkSlots(MOST_FILES, {
    busy: 'Too many files are being written.',
    retryAfterSeconds: 10,
  });
  return {
    list: (filter: AuditFilter, page: AuditPage) => list(deps, filter, page),
    /** Who did something, by name; those whose account is gone come last. */
    actors: async (): Promise<readonly { readonly id: string; readonly name: string | null }[]> => {
      const ids = await read((trx) => listActors(trx, MOST_ACTORS));
      const names = await namesOf(ids);
      return ids
        .map((id) => ({ id, name: names.get(id) ?? null }))
        .toSorted((a, b) => byName(a.name, b.name));
    },
    /**
     * Everything that matches, newest first; a page is read when the one before is used up. The first throws
     * OverloadedError where too many files are being written. The place is given free when the pages end or nobody
     * wants them.
     */
    pages: (filter: AuditFilter): AuditPages =>
      pagesOf((page) => list(deps, filter, page), slots.take),
    seal: () => seal(deps),
    job: { start: () => start(deps) },
  };
}

/** The newest page is of this moment: what waits for its place in the chain gets it first, as far as one batch goes. */
async function list(
  { read, write, namesOf }: AuditDeps,
  filter: AuditFilter,
  page: AuditPage,
): Promise<readonly AuditView[]> {
  if (page.before === null) await write((trx) => sealEvents(trx, BATCH));
  const events = await read((trx) => listEvents(trx, filter, page));
  const ids = [...new Set(events.flatMap(({ accountId }) => accountId ?? []))];
  const names = await namesOf(ids);
  return events.map((event) => ({
    ...event,
    accountName: event.accountId === null ? null : (names.get(event.accountId) ?? null),
  }));
}

async function* pagesOf(
  read: (page: AuditPage) => Promise<readonly AuditView[]>,
  take: () => () => void,
): AuditPages {
  // Not before: pages that nobody asks for would keep their place for ever.
  const release = take();
  try {
    let before: number | null = null;
    for (;;) {
      const events: readonly AuditView[] = await read({ before, limit: FILE_PAGE });
      yield events;
      const last: AuditView | undefined = events.at(-1);
      if (last === undefined || events.length < FILE_PAGE) return;
      before = last.seq;
    }
  } finally {
    release();
  }
}

function byName(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -1 : Number(a > b);
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
