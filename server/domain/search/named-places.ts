import { readSearchQuery } from './search-query.ts';
import type { SearchQuery } from './search-query.ts';

/** A region that a word names. `path`: codes from the root down to the region itself. */
export type NamedRegion = {
  readonly word: string;
  readonly code: string;
  readonly path: readonly string[];
};

/** A text read as the name of a place and something in it. */
export type PlaceReading = {
  /** Codes of regions of which none holds another. */
  readonly areas: readonly string[];
  readonly rest: SearchQuery;
};

const SHORTEST_NAME = 2;
const LONGEST_NAME = 10;
const MOST_AREAS = 3;

/** Words of a text that may be the name of a place: each term of several, of a single one its beginnings. */
export function possiblePlaces({ terms }: SearchQuery): readonly string[] {
  const [only] = terms;
  if (only === undefined) return [];
  if (terms.length > 1) return terms.filter((term) => Array.from(term).length >= SHORTEST_NAME);
  const letters = Array.from(only);
  const lengths = letters.map((_letter, at) => at + 1);
  return lengths
    .filter((n) => n >= SHORTEST_NAME && n <= LONGEST_NAME && n < letters.length)
    .map((n) => letters.slice(0, n).join(''));
}

/**
 * 吉林 锅炉: boilers in the region of that name. Where a word names a region and one within it, the outer one is meant;
 * of several words that name regions the ones that lie in all of them. Null where the text cannot be read that way.
 */
export function readPlaces(
  { terms }: SearchQuery,
  regions: readonly NamedRegion[],
): PlaceReading | null {
  const [only] = terms;
  if (only === undefined) return null;
  if (terms.length > 1) {
    const named = terms.filter((term) => regions.some(({ word }) => word === term));
    const others = terms.filter((term) => !named.includes(term));
    return reading(regions, named, others.join(' '));
  }
  const longest = regions.map(({ word }) => word).toSorted((a, b) => b.length - a.length)[0];
  return longest === undefined ? null : reading(regions, [longest], only.slice(longest.length));
}

function reading(
  regions: readonly NamedRegion[],
  words: readonly string[],
  rest: string,
): PlaceReading | null {
  const query = readSearchQuery(rest);
  if (query === null || words.length === 0) return null;
  const isIn = ({ path }: NamedRegion, word: string): boolean =>
    regions.some((region) => region.word === word && path.includes(region.code));
  const meant = regions.filter(
    (region) => words.includes(region.word) && words.every((word) => isIn(region, word)),
  );
  const codes = new Set(meant.map(({ code }) => code));
  const outer = meant.filter(
    ({ code, path }) => !path.some((above) => above !== code && codes.has(above)),
  );
  const areas = [...new Set(outer.map(({ code }) => code))].slice(0, MOST_AREAS);
  return areas.length === 0 ? null : { areas, rest: query };
}
