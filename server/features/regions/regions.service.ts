import type { Work } from '#server/db/transaction.ts';
import { NotFoundError } from '#server/domain/errors.ts';
import { defaultRule, rollUp } from '#server/domain/zoning/roll-up.ts';
import type { RollUp, RollUpRule } from '#server/domain/zoning/roll-up.ts';
import { countsByRegion, worstSubjects } from './region-counts.store.ts';
import type { CountsView, RegionCounts, VotingSubject } from './region-counts.store.ts';
import { findRegion, listRegions, outlinesOf, selectRegions } from './regions.store.ts';
import type { Region, RegionFilter, RegionHead, RegionSelection } from './regions.store.ts';

type Transaction = Parameters<Work<unknown>>[0];

/** `rule` null: the default of each region's depth. */
export type RegionView = CountsView & { readonly rule: RollUpRule | null };

/** What is known of an area under one rule, basis and colour; enough for a tile. */
export type RegionSummary<R extends RegionHead = RegionHead> = {
  readonly region: R;
  readonly counts: RegionCounts;
  readonly rollUp: RollUp;
};

export type RegionReason = RegionSummary<Region> & { readonly worst: readonly VotingSubject[] };

const WORST_SHOWN = 10;

export type RegionsService = ReturnType<typeof createRegions>;

export function createRegions(read: <T>(work: Work<T>) => Promise<T>) {
  return {
    list: (filter: RegionFilter): Promise<readonly Region[]> =>
      read((trx) => listRegions(trx, filter)),

    outlines: (codes: readonly string[]) => read((trx) => outlinesOf(trx, codes)),

    /** Throws NotFoundError. */
    get: (code: string): Promise<Region> => read((trx) => getRegion(trx, code)),

    /** Throws NotFoundError. */
    summary: (code: string, view: RegionView): Promise<RegionSummary<Region>> =>
      read(async (trx) => only(await summarise(trx, [await getRegion(trx, code)], view))),

    /** The regions directly below, by code. Throws NotFoundError. */
    children: (code: string, view: RegionView): Promise<readonly RegionSummary<Region>[]> =>
      read(async (trx) => {
        await getRegion(trx, code);
        const below = await listRegions(trx, { parent: code });
        return summarise(trx, below, view);
      }),

    /** Throws NotFoundError. */
    why: (code: string, view: RegionView): Promise<RegionReason> =>
      read(async (trx) => {
        const summary = only(await summarise(trx, [await getRegion(trx, code)], view));
        return { ...summary, worst: await worstSubjects(trx, code, view, WORST_SHOWN) };
      }),
  };
}

/** Counts and colour of many regions at once, by code. Also what region tiles are made of. */
export async function regionSummaries(
  trx: Transaction,
  selection: RegionSelection,
  view: RegionView,
): Promise<readonly RegionSummary[]> {
  return summarise(trx, await selectRegions(trx, selection), view);
}

async function summarise<R extends RegionHead>(
  trx: Transaction,
  regions: readonly R[],
  view: RegionView,
): Promise<readonly RegionSummary<R>[]> {
  const codes = regions.map(({ code }) => code);
  const counts = await countsByRegion(trx, codes, view);
  return regions.flatMap((region) => {
    const found = counts.get(region.code);
    if (found === undefined) return [];
    const rule = view.rule ?? defaultRule(region.depth);
    const area = { depth: region.depth, notApplicable: found.subjectsNotApplicable };
    return [{ region, counts: found, rollUp: rollUp(rule, found.subjects, area) }];
  });
}

async function getRegion(trx: Transaction, code: string): Promise<Region> {
  const region = await findRegion(trx, code);
  if (region === null) throw new NotFoundError('region', code);
  return region;
}

function only<T>([first]: readonly T[]): T {
  if (first === undefined) throw new Error('A region was asked for and no counts came back');
  return first;
}
