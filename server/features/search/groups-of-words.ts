import type { Knex } from 'knex';
import { possiblePlaces, readPlaces } from '#server/domain/search/named-places.ts';
import { SEARCH_KINDS } from '#server/domain/search/search-kind.ts';
import type { SearchQuery } from '#server/domain/search/search-query.ts';
import { findNamedRegions } from './named-regions.store.ts';
import type { SearchGroup } from './search-answer.ts';
import { findArea } from './search-candidates.store.ts';
import type { SearchArea } from './search-candidates.store.ts';

export type Sought = {
  readonly query: SearchQuery;
  readonly area: SearchArea | null;
  /** Whether the words name a thing alone, or together with the enterprise that it lies in. */
  readonly named: 'alone' | 'with enterprise';
};

export type FindGroups = (sought: Sought) => Promise<readonly SearchGroup[]>;

/** More words are hardly the names of an enterprise and of something in it. */
const MOST_WORDS_OF_TWO_NAMES = 4;

/**
 * What some words find: what has them all in its name, what has some and its enterprise the others, and what lies in a
 * region that some of them name. A single word may begin with a region when it finds nothing else.
 */
export async function groupsOfWords(
  trx: Knex.Transaction,
  find: FindGroups,
  query: SearchQuery,
  area: SearchArea | null,
): Promise<readonly SearchGroup[]> {
  const direct = await groupsOfNames(find, query, area);
  if (query.terms.length === 1 && direct.length > 0) return direct;
  const words = possiblePlaces(query);
  if (words.length === 0) return direct;
  const place = readPlaces(query, await findNamedRegions(trx, words));
  if (place === null) return direct;
  let groups = direct;
  for (const code of place.areas) {
    const inner = innerArea(area, await findArea(trx, code));
    if (inner === null) continue;
    const within = await groupsOfWords(trx, find, place.rest, inner);
    // A region is found by its own name; a part of it beside the name of another is none.
    groups = merged(
      groups,
      within.filter(({ kind }) => kind !== 'region'),
    );
  }
  return groups;
}

async function groupsOfNames(
  find: FindGroups,
  query: SearchQuery,
  area: SearchArea | null,
): Promise<readonly SearchGroup[]> {
  const groups = await find({ query, area, named: 'alone' });
  if (query.terms.length === 1 || query.terms.length > MOST_WORDS_OF_TWO_NAMES) return groups;
  // Who names a thing in full means it: looking through the enterprises as well costs five times as much.
  const isNamed = groups.some(({ kind }) => kind === 'risk-point' || kind === 'hazard-source');
  return isNamed ? groups : merged(groups, await find({ query, area, named: 'with enterprise' }));
}

/** Of two areas the one that lies in the other; null where neither does. */
function innerArea(asked: SearchArea | null, named: SearchArea): SearchArea | null {
  if (asked === null || named.path.includes(asked.code)) return named;
  return asked.path.includes(named.code) ? asked : null;
}

/** In the order of the kinds; what both have stands where the first has it. */
function merged(
  first: readonly SearchGroup[],
  then: readonly SearchGroup[],
): readonly SearchGroup[] {
  return SEARCH_KINDS.flatMap((kind) => {
    const both = [...first, ...then].filter((group) => group.kind === kind);
    if (both.length === 0) return [];
    const items = new Map<string, SearchGroup['items'][number]>();
    for (const item of both.flatMap((group) => group.items)) {
      if (!items.has(item.id)) items.set(item.id, item);
    }
    return [{ kind, items: [...items.values()], more: both.some(({ more }) => more) }];
  });
}
