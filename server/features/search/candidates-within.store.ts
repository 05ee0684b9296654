import type { Knex } from 'knex';
import { readSearchQuery } from '#server/domain/search/search-query.ts';
import type { SearchQuery } from '#server/domain/search/search-query.ts';
import { findCandidates } from './search-candidates.store.ts';
import type { Candidate, SearchArea } from './search-candidates.store.ts';

/** Enterprises that a word may mean; more are not looked into. */
const MOST_OWNERS = 50;

/** `o`: entry of the enterprise, `e`: of what lies in it. Together they hold all terms, and not the enterprise alone. */
const SHARED = `
  EXISTS (SELECT FROM unnest(:terms::text[]) AS t(term) WHERE strpos(o.doc, t.term) = 0)
  AND NOT EXISTS (SELECT FROM unnest(:terms::text[]) AS t(term)
    WHERE strpos(o.doc, t.term) = 0 AND strpos(e.doc, t.term) = 0)
  AND (:cities::text[] IS NULL OR e.city_code = ANY (:cities))`;

const POINTS = `
  SELECT e.city_code, e.ref FROM search_entries o
  JOIN risk_points rp ON rp.enterprise_id = o.ref::uuid
  JOIN search_entries e ON e.city_code = rp.city_code AND e.kind = 4 AND e.ref = rp.id::text
  WHERE o.kind = 3 AND (o.city_code, o.ref) IN (SELECT * FROM unnest(:ownerCities::text[], :owners::text[])) AND ${SHARED}
    AND (:regions::text[] IS NULL OR e.region = ANY (:regions))
  ORDER BY e.severity, e.doc, e.ref LIMIT :wanted`;

/** Entries of hazard sources do not say their region; it is looked at when they are read. */
const SOURCES = `
  SELECT e.city_code, e.ref FROM search_entries o
  JOIN risk_points rp ON rp.enterprise_id = o.ref::uuid
  JOIN hazard_sources hs ON hs.city_code = rp.city_code AND hs.risk_point_id = rp.id
  JOIN search_entries e ON e.city_code = hs.city_code AND e.kind = 5 AND e.ref = hs.id::text
  WHERE o.kind = 3 AND (o.city_code, o.ref) IN (SELECT * FROM unnest(:ownerCities::text[], :owners::text[])) AND ${SHARED}
  ORDER BY e.doc, e.ref LIMIT :wanted`;

type Narrowed = { readonly area: SearchArea | null; readonly wanted: number };

/**
 * Risk points and hazard sources that some words mean together with their enterprise (石化 储罐: tanks of an enterprise
 * called so), of each kind at most `wanted`, the worst first.
 */
export async function candidatesWithin(
  trx: Knex.Transaction,
  { terms }: SearchQuery,
  { area, wanted }: Narrowed,
): Promise<readonly Candidate[]> {
  const owners = await ownersOf(trx, terms, area);
  if (owners.length === 0) return [];
  const asked = {
    owners: owners.map(({ ref }) => ref),
    ownerCities: owners.map(({ cityCode }) => cityCode),
    terms: [...terms],
    cities: area && [...area.cities],
    wanted,
  };
  const regions = area?.regions ? [...area.regions] : null;
  const points = await trx.raw<Found>(POINTS, { ...asked, regions });
  const sources = await trx.raw<Found>(SOURCES, asked);
  return [
    ...points.rows.map((row) => candidate('risk-point', row)),
    ...sources.rows.map((row) => candidate('hazard-source', row)),
  ];
}

type Row = { city_code: string; ref: string };
type Found = { rows: Row[] };

function candidate(kind: 'risk-point' | 'hazard-source', { city_code, ref }: Row): Candidate {
  return { kind, ref, cityCode: city_code, match: { on: 'name', how: 'part' }, rank: PART };
}

/** As `search_candidates` numbers it. */
const PART = 5;

async function ownersOf(
  trx: Knex.Transaction,
  terms: readonly string[],
  area: SearchArea | null,
): Promise<readonly Candidate[]> {
  const owners: Candidate[] = [];
  for (const term of terms) {
    const query = readSearchQuery(term);
    if (query === null) continue;
    const asked = { area, wanted: MOST_OWNERS, kinds: ['enterprise'] } as const;
    owners.push(...(await findCandidates(trx, query, asked)));
  }
  return owners;
}
