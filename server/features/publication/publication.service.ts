import { noteAudit } from '#server/db/note-audit.ts';
import type { Work } from '#server/db/transaction.ts';
import { NotFoundError } from '#server/domain/errors.ts';
import {
  isDue,
  PUBLIC_DEPTHS,
  PUBLIC_VIEW,
  publicFigures,
} from '#server/domain/publication/area-figures.ts';
import { leafCounts } from '#server/domain/publication/leaf-counts.ts';
import {
  addDay,
  addRelease,
  areasWithLeaves,
  changedLeaves,
  endRelease,
  groupsOf,
  keepLeaves,
  lockPublication,
} from './publish.store.ts';
import { areaAndBelow, areasOf, findDay, findRelease } from './publication.store.ts';
import type { Release, ToldArea } from './publication.store.ts';

type Transaction = Parameters<Work<unknown>>[0];

export type PublicationDeps = {
  readonly read: <T>(work: Work<T>) => Promise<T>;
  /** Public figures are made by the owner of the tables: no request reads what they are made of. */
  readonly asOwner: <T>(work: Work<T>) => Promise<T>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Day of the present instant, YYYY-MM-DD. */
  readonly today: () => string;
  readonly onError: (error: unknown) => void;
  /** Whether invented data, and nothing else, may be shown without a release. */
  readonly mayShowDemonstration: () => Promise<boolean>;
};

/** What is told to everyone now, or was on a day. */
export type Publication = {
  readonly release: Release;
  /** Day of the figures, YYYY-MM-DD. */
  readonly day: string;
};

export type ToldRegion = { readonly publication: Publication; readonly areas: readonly ToldArea[] };

export type PublicationService = ReturnType<typeof createPublication>;

/** Looked at so often whether a new day has begun. */
const EVERY_MS = 600_000;

export function createPublication(deps: PublicationDeps) {
  const { read, asOwner, clock, today } = deps;
  return {
    today,

    /** Null: nothing is released, or it was not on that day. */
    current: (asOf: string | null): Promise<Publication | null> =>
      read((trx) => publicationOf(trx, asOf)),

    /** The area first, then those directly below. Throws NotFoundError. */
    region: (code: string, asOf: string | null): Promise<ToldRegion> =>
      read(async (trx) => {
        const publication = await publicationOf(trx, asOf);
        if (publication === null) throw new NotFoundError('region', code);
        const told = { releaseId: publication.release.id, day: publication.day };
        const areas = await areaAndBelow(trx, code, told, PUBLIC_DEPTHS);
        if (areas[0]?.code !== code) throw new NotFoundError('region', code);
        return { publication, areas };
      }),

    /** From now on figures are told to everyone. Throws nothing where they already are: the release is replaced. */
    release: (document: string, approvalNumber: string | null): Promise<void> =>
      asOwner(async (trx) => {
        await lockPublication(trx);
        await endRelease(trx, clock());
        const release = { ...PUBLIC_VIEW, kind: 'register', document, approvalNumber } as const;
        await addRelease(trx, release, clock());
        await noteAudit(trx, { action: 'publish', subjectKind: 'publication', detail: release });
      }),

    /** Nothing is told any more; false: nothing was. */
    withdraw: (): Promise<boolean> =>
      asOwner(async (trx) => {
        await lockPublication(trx);
        const isEnded = await endRelease(trx, clock());
        if (isEnded) await noteAudit(trx, { action: 'withdraw', subjectKind: 'publication' });
        return isEnded;
      }),

    /** Makes the figures of today unless there are some; tells how many areas have others than before, null: none made. */
    publish: () => publishToday(deps),
    job: { start: () => start(deps) },
  };
}

async function publicationOf(trx: Transaction, asOf: string | null): Promise<Publication | null> {
  const release = await findRelease(trx);
  const day = release && (await findDay(trx, release.id, asOf));
  return release === null || day === null ? null : { release, day };
}

/** Colours of some areas as everybody is told them; for tiles. */
export async function toldAreas(
  trx: Transaction,
  codes: readonly string[],
): Promise<readonly ToldArea[]> {
  const publication = await publicationOf(trx, null);
  if (publication === null) return [];
  const told = { releaseId: publication.release.id, day: publication.day };
  return areasOf(trx, codes, told, PUBLIC_DEPTHS);
}

async function publishToday(deps: PublicationDeps): Promise<number | null> {
  const { asOwner, today } = deps;
  await followDemonstration(deps);
  return asOwner(async (trx) => {
    await lockPublication(trx);
    const release = await findRelease(trx);
    const day = today();
    if (release === null || ((await findDay(trx, release.id, null)) ?? '') >= day) return null;
    await renewLeaves(trx, release);
    const areas = await areasWithLeaves(trx, PUBLIC_DEPTHS);
    const figures = new Map(
      areas.map(({ code, depth, leaves }) => [code, publicFigures(leaves, release.rule, depth)]),
    );
    return addDay(trx, { releaseId: release.id, day }, figures);
  });
}

/** Leaves in which enough has changed get the counts of now; the others keep theirs. */
async function renewLeaves(trx: Transaction, { basis }: Release): Promise<void> {
  const changes = await changedLeaves(trx, basis);
  const due = changes.filter((change) => change.isNew || isDue(change)).map(({ code }) => code);
  if (due.length === 0) return;
  const groups = await groupsOf(trx, due, basis);
  const counts = new Map(
    due.map((code) => [code, leafCounts(groups.filter((group) => group.code === code))]),
  );
  await keepLeaves(trx, counts, basis);
}

/** Invented data is told as such, and only as long as there is nothing else. */
async function followDemonstration({
  asOwner,
  clock,
  mayShowDemonstration,
}: PublicationDeps): Promise<void> {
  const mayShow = await mayShowDemonstration();
  await asOwner(async (trx) => {
    await lockPublication(trx);
    const release = await findRelease(trx);
    if (release?.kind === 'demonstration' && !mayShow) await endRelease(trx, clock());
    if (release !== null || !mayShow) return;
    const made = {
      ...PUBLIC_VIEW,
      kind: 'demonstration',
      document: '',
      approvalNumber: null,
    } as const;
    await addRelease(trx, made, clock());
  });
}

/** Today's figures at once, and each day's in its first minutes. */
function start(deps: PublicationDeps): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  const look = (): void => {
    running = running.then(() => publishToday(deps)).catch(deps.onError);
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
