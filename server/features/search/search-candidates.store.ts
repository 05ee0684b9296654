import type { Knex } from 'knex';

import { NO_CITY_CODE } from '#server/domain/identifiers/region-code.ts';
import type { EntryKind, SearchMatch } from '#server/domain/search/search-kind.ts';
import type { SearchQuery } from '#server/domain/search/search-query.ts';

/** Numbers of the kinds in `search_entries`. */
const KIND_NUMBERS: Readonly<Record<EntryKind, number>> = {
  region: 1,
  jurisdiction: 2,
  enterprise: 3,
  'risk-point': 4,
  'hazard-source': 5,
  place: 6,
};

const KINDS = Object.keys(KIND_NUMBERS) as readonly EntryKind[];

/** Ways of matching as `search_candidates` numbers them. */
const MATCHES: Readonly<Record<number, SearchMatch>> = {
  1: { on: 'code', how: 'exact' },
  2: { on: 'name', how: 'exact' },
  3: { on: 'code', how: 'start' },
  4: { on: 'name', how: 'start' },
  5: { on: 'name', how: 'part' },
  6: { on: 'initials', how: 'start' },
  7: { on: 'initials', how: 'part' },
};

/** Part of a name, as `MATCHES` numbers it. */
const PART = 5;

/** An entry whose name holds what is looked for, found in another way than `search_candidates`. */
export function partOfName(kind: EntryKind, cityCode: string, ref: string): Candidate {
  return { kind, ref, cityCode, match: { on: 'name', how: 'part' }, rank: PART };
}

/** An entry that matches; what it stands for is read afterwards. */
export type Candidate = {
  readonly kind: EntryKind;
  readonly ref: string;
  readonly cityCode: string;
  readonly match: SearchMatch;
  /** Its place among the ways of matching: less is better. */
  readonly rank: number;
};

/** The part of the country that a search is narrowed to. */
export type SearchArea = {
  readonly code: string;
  /** Codes from the root down to its own. */
  readonly path: readonly string[];
  readonly cities: readonly string[];
  /** Codes of the regions of the area where a city is not narrow enough. */
  readonly regions: readonly string[] | null;
};

/** Regions, jurisdictions and places are narrowed when they are read: more of them are looked at. */
const WANTED_IN_AREA = 200;

/** The cities and regions of an area; of an unknown region none, in which nothing lies. */
export async function findArea(trx: Knex.Transaction, code: string): Promise<SearchArea> {
  if (code === NO_CITY_CODE) {
    return { code, path: [code], cities: [NO_CITY_CODE], regions: null };
  }
  const rows = await trx('regions as r')
    .select<{ code: string; city_code: string; depth: string; path: string[] }[]>(
      'r.code',
      'r.city_code',
      'r.depth',
      'r.path',
    )
    .whereRaw('r.path @> ?::text[]', [[code]])
    .orderBy('r.code');
  const own = rows.find((row) => row.code === code);
  const isDeep = own !== undefined && own.depth !== 'province' && own.depth !== 'city';
  const cities = rows.map((row) => row.city_code);
  return {
    code,
    path: own?.path ?? [code],
    cities: [...new Set(isDeep ? cities : cities.filter((city) => city !== NO_CITY_CODE))],
    regions: isDeep ? rows.map((row) => row.code) : null,
  };
}

type Row = { kind: number; city_code: string; ref: string; matched: number };

const NAMES: ReadonlyMap<number, EntryKind> = new Map(
  KINDS.map((kind) => [KIND_NUMBERS[kind], kind]),
);

/** Matching entries of every kind, or of some, best first: by way of matching, then severity, then name; at most `wanted` of each. */
export async function findCandidates(
  trx: Knex.Transaction,
  { terms, whole, letters, code }: SearchQuery,
  {
    area,
    wanted,
    kinds = KINDS,
  }: {
    readonly area: SearchArea | null;
    readonly wanted: number;
    readonly kinds?: readonly EntryKind[];
  },
): Promise<readonly Candidate[]> {
  const result = await trx.raw<{ rows: Row[] }>(
    `SELECT k.kind, c.city_code, c.ref, c.matched
     FROM unnest(:kinds::smallint[]) AS k(kind)
     CROSS JOIN LATERAL ROWS FROM (search_candidates(k.kind, :terms::text[], :whole, :letters, :code,
       CASE WHEN k.kind IN (3, 4, 5) THEN :cities::text[] END, CASE WHEN k.kind IN (3, 4, 5) THEN :regions::text[] END,
       CASE WHEN k.kind IN (3, 4, 5) OR :cities::text[] IS NULL THEN :wanted::int ELSE :more::int END))
       WITH ORDINALITY AS c(city_code, ref, matched, severity, place)
     ORDER BY k.kind, c.place`,
    {
      kinds: kinds.map((kind) => KIND_NUMBERS[kind]),
      terms: [...terms],
      whole,
      letters,
      code,
      cities: area && [...area.cities],
      regions: area?.regions ? [...area.regions] : null,
      wanted,
      more: Math.max(wanted, WANTED_IN_AREA),
    },
  );
  return result.rows.map(toCandidate);
}

function toCandidate({ kind, city_code, ref, matched }: Row): Candidate {
  const name = NAMES.get(kind);
  const match = MATCHES[matched];
  if (name === undefined || match === undefined) throw new Error('An entry of an unknown kind');
  return { kind: name, ref, cityCode: city_code, match, rank: matched };
}
