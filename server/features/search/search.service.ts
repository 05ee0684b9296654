import type { Work } from '#server/db/transaction.ts';
import type { DegreeCrs } from '#server/domain/crs/crs.ts';
import type { Basis } from '#server/domain/level.ts';
import { SEARCH_KINDS } from '#server/domain/search/search-kind.ts';
import type { EntryKind } from '#server/domain/search/search-kind.ts';
import { readSearchQuery } from '#server/domain/search/search-query.ts';
import { candidatesWithin } from './candidates-within.store.ts';
import { coordinateGroup, coordinateIn } from './coordinate-group.ts';
import { readFound } from './found-rows.store.ts';
import type { FoundRow } from './found-rows.store.ts';
import { groupsOfWords } from './groups-of-words.ts';
import type { FindGroups, Sought } from './groups-of-words.ts';
import { createRegionChips } from './region-chips.ts';
import type { SummariseRegions } from './region-chips.ts';
import { findArea, findCandidates } from './search-candidates.store.ts';
import type { Candidate, SearchArea } from './search-candidates.store.ts';
import type { Chip, SearchAnswer, SearchGroup, SearchItem } from './search-answer.ts';

type Transaction = Parameters<Work<unknown>>[0];

export type SearchAsked = {
  readonly q: string;
  /** Rows of each kind at most. */
  readonly limit: number;
  readonly basis: Basis;
  readonly region?: string | undefined;
  /** System of a coordinate that is searched for. */
  readonly crs: DegreeCrs;
};

export type SearchParts = {
  readonly read: <T>(work: Work<T>) => Promise<T>;
  readonly summariseRegions: SummariseRegions;
  /** State of one hazard source; null when there is none. */
  readonly stateOfSource: (trx: Transaction, id: string, basis: Basis) => Promise<Chip | null>;
};

export type SearchService = ReturnType<typeof createSearch>;

/** Entries are kept in order of the current basis; for another one more are looked at, then put in its order. */
const LOOKED_AT_FOR_OTHER_BASIS = 5;

export function createSearch({ read, summariseRegions, stateOfSource }: SearchParts) {
  const regionChips = createRegionChips(summariseRegions);
  const chipsOf = async (
    trx: Transaction,
    { kind, items }: SearchGroup,
    basis: Basis,
  ): Promise<ReadonlyMap<string, Chip>> => {
    const ids = items.map(({ id }) => id);
    if (kind === 'region') return regionChips(trx, ids, basis);
    const chips = new Map<string, Chip>();
    for (const id of kind === 'hazard-source' ? ids : []) {
      const found = await stateOfSource(trx, id, basis);
      if (found) chips.set(id, found);
    }
    return chips;
  };
  return {
    /** Everything that a text may mean, in groups by kind; groups without a row are left out. */
    find: (asked: SearchAsked): Promise<SearchAnswer> =>
      read(async (trx) => {
        const area = asked.region === undefined ? null : await findArea(trx, asked.region);
        const found = await groupsIn(trx, asked, area);
        const isWidened = area !== null && found.length === 0;
        const wider = isWidened ? await groupsIn(trx, asked, null) : null;
        const groups: SearchGroup[] = [];
        for (const group of found) {
          groups.push(withChips(group, await chipsOf(trx, group, asked.basis)));
        }
        return {
          query: asked.q,
          searched: SEARCH_KINDS,
          groups,
          wider:
            wider?.map(({ kind, items, more }) => ({ kind, count: items.length, more })) ?? null,
        };
      }),
  };
}

function withChips(group: SearchGroup, chips: ReadonlyMap<string, Chip>): SearchGroup {
  const dress = (item: SearchItem): SearchItem => {
    const chip = chips.get(item.id);
    if (chip === undefined) return item;
    const { state, level, lastLevel } = chip;
    return { ...item, state, level, lastLevel };
  };
  return { ...group, items: group.items.map(dress) };
}

async function groupsIn(
  trx: Transaction,
  asked: SearchAsked,
  area: SearchArea | null,
): Promise<SearchGroup[]> {
  const query = readSearchQuery(asked.q);
  const find: FindGroups = (how) => namedGroups(trx, asked, how);
  const named = query === null ? [] : await groupsOfWords(trx, find, query, area);
  const groups = named.map(({ kind, items, more }) => ({
    kind,
    items: items.slice(0, asked.limit),
    more: more || items.length > asked.limit,
  }));
  const place = coordinateIn(asked);
  return place === null ? groups : [...groups, await coordinateGroup(trx, place)];
}

async function namedGroups(
  trx: Transaction,
  { limit, basis }: SearchAsked,
  { query, area, named }: Sought,
): Promise<SearchGroup[]> {
  const wanted = (limit + 1) * (basis === 'current' ? 1 : LOOKED_AT_FOR_OTHER_BASIS);
  const { candidates, isCut } =
    named === 'alone'
      ? { candidates: await findCandidates(trx, query, { area, wanted }), isCut: false }
      : await candidatesWithin(trx, query, { area, wanted });
  const groups: SearchGroup[] = [];
  for (const kind of new Set(candidates.map((candidate) => candidate.kind))) {
    const ofKind = candidates.filter((candidate) => candidate.kind === kind);
    const items = await itemsOf(trx, kind, ofKind, { basis, area: area?.code ?? null });
    if (items.length === 0) continue;
    groups.push({ kind, items: items.slice(0, limit), more: isCut || items.length > limit });
  }
  return groups;
}

async function itemsOf(
  trx: Transaction,
  kind: EntryKind,
  candidates: readonly Candidate[],
  asked: { readonly basis: Basis; readonly area: string | null },
): Promise<SearchItem[]> {
  const rows = await readFound(trx, kind, { ...asked, refs: candidates.map(({ ref }) => ref) });
  const found = candidates.flatMap(({ ref, match, rank }) => {
    const one = rows.get(ref);
    return one === undefined ? [] : [{ ...one, match, rank }];
  });
  // Candidates are in order of the current basis already.
  if (asked.basis !== 'current' && (kind === 'enterprise' || kind === 'risk-point')) {
    found.sort((a, b) => a.rank - b.rank || a.severity - b.severity || byName(a.row, b.row));
  }
  return found.map(({ row, match }) => ({ ...row, match }));
}

/** In code point order, as the lists of the database are. */
function byName(a: FoundRow, b: FoundRow): number {
  return Number(a.names.zh > b.names.zh) - Number(a.names.zh < b.names.zh);
}
