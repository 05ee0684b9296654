import type { Knex } from 'knex';
import { readSearchQuery } from '#server/domain/search/search-query.ts';
import type { SearchQuery } from '#server/domain/search/search-query.ts';
import { findCandidates, partOfName } from './search-candidates.store.ts';
import type { Candidate, SearchArea } from './search-candidates.store.ts';

/** Enterprises, points and hazard sources that one word may mean; more are not looked at. */
const MOST_OF_A_WORD = { enterprise: 50, 'risk-point': 100, 'hazard-source': 100 } as const;
/** Risk points of one enterprise that are looked through. */
const MOST_OF_AN_ENTERPRISE = 200;

/**
 * `o`: entry of the enterprise, `e`: of what lies in it. Together they hold all terms, neither of them alone: what has
 * them all in its own name is found without this.
 */
const SHARED = `
  EXISTS (SELECT FROM unnest(:terms::text[]) AS t(term) WHERE strpos(o.doc, t.term) = 0)
  AND NOT EXISTS (SELECT FROM unnest(:terms::text[]) AS t(term)
    WHERE strpos(o.doc, t.term) = 0 AND strpos(e.doc, t.term) = 0)
  AND (:cities::text[] IS NULL OR e.city_code = ANY (:cities))
  AND (:regions::text[] IS NULL OR e.region = ANY (:regions))`;

const OWNED = `unnest(:owners::uuid[]) AS w(id) CROSS JOIN LATERAL (SELECT r.* FROM risk_points r
    WHERE r.enterprise_id = w.id ORDER BY r.id LIMIT ${MOST_OF_AN_ENTERPRISE}) AS rp`;

/** Ids are made texts where they are found: under a row policy no index is asked by a cast, which may fail on a row. */
const IN_ENTRIES = `rp.enterprise_city_code AS owner_city_code, rp.enterprise_id::text AS owner`;

const OWNER = `JOIN search_entries o ON o.city_code = f.owner_city_code AND o.kind = 3 AND o.ref = f.owner`;

const POINTS = `
  WITH found AS MATERIALIZED (
    SELECT rp.city_code, rp.id::text AS ref, ${IN_ENTRIES} FROM ${OWNED}
    UNION
    SELECT rp.city_code, rp.id::text, ${IN_ENTRIES}
    FROM unnest(:keys::text[], :refs::uuid[]) AS p(city_code, id)
    JOIN risk_points rp ON rp.city_code = p.city_code AND rp.id = p.id)
  SELECT e.city_code, e.ref FROM found f ${OWNER}
  JOIN search_entries e ON e.city_code = f.city_code AND e.kind = 4 AND e.ref = f.ref
  WHERE ${SHARED}
  ORDER BY e.severity, e.doc, e.ref LIMIT :wanted`;

const SOURCES = `
  WITH found AS MATERIALIZED (
    SELECT hs.city_code, hs.id::text AS ref, ${IN_ENTRIES} FROM ${OWNED}
    JOIN hazard_sources hs ON hs.city_code = rp.city_code AND hs.risk_point_id = rp.id
    UNION
    SELECT hs.city_code, hs.id::text, ${IN_ENTRIES}
    FROM unnest(:keys::text[], :refs::uuid[]) AS p(city_code, id)
    JOIN hazard_sources hs ON hs.city_code = p.city_code AND hs.id = p.id
    JOIN risk_points rp ON rp.city_code = hs.city_code AND rp.id = hs.risk_point_id)
  SELECT e.city_code, e.ref FROM found f ${OWNER}
  JOIN search_entries e ON e.city_code = f.city_code AND e.kind = 5 AND e.ref = f.ref
  WHERE ${SHARED}
  ORDER BY e.doc, e.ref LIMIT :wanted`;

type Narrowed = { readonly area: SearchArea | null; readonly wanted: number };
type Row = { city_code: string; ref: string };

/**
 * Risk points and hazard sources that some words mean together with their enterprise (石化 储罐: tanks of an enterprise
 * called so), of each kind at most `wanted`, the worst first. Of words that very many names have not all are looked at:
 * both the enterprises and what lies in them are tried, and `isCut` says that there may be more.
 */
export async function candidatesWithin(
  trx: Knex.Transaction,
  { terms }: SearchQuery,
  { area, wanted }: Narrowed,
): Promise<{ readonly candidates: readonly Candidate[]; readonly isCut: boolean }> {
  // An enterprise may have points far from its own place.
  const owners = await ofWords(trx, terms, 'enterprise', null);
  const asked = {
    owners: owners.found.map(({ ref }) => ref),
    terms: [...terms],
    cities: area && [...area.cities],
    regions: area?.regions ? [...area.regions] : null,
    wanted,
  };
  const inside = {
    points: await ofWords(trx, terms, 'risk-point', area),
    sources: await ofWords(trx, terms, 'hazard-source', area),
  };
  const ofPoints = { ...asked, ...keysOf(inside.points.found) };
  const ofSources = { ...asked, ...keysOf(inside.sources.found) };
  const points = await trx.raw<{ rows: Row[] }>(POINTS, ofPoints);
  const sources = await trx.raw<{ rows: Row[] }>(SOURCES, ofSources);
  return {
    candidates: [
      ...points.rows.map((row) => partOfName('risk-point', row.city_code, row.ref)),
      ...sources.rows.map((row) => partOfName('hazard-source', row.city_code, row.ref)),
    ],
    isCut: owners.isCut && (inside.points.isCut || inside.sources.isCut),
  };
}

function keysOf(found: readonly Candidate[]) {
  return { keys: found.map(({ cityCode }) => cityCode), refs: found.map(({ ref }) => ref) };
}

/** What one of the words means, of one kind. */
async function ofWords(
  trx: Knex.Transaction,
  terms: readonly string[],
  kind: keyof typeof MOST_OF_A_WORD,
  area: SearchArea | null,
): Promise<{ readonly found: readonly Candidate[]; readonly isCut: boolean }> {
  const wanted = MOST_OF_A_WORD[kind];
  const found: Candidate[] = [];
  let isCut = false;
  for (const term of terms) {
    const query = readSearchQuery(term);
    if (query === null) continue;
    const ofWord = await findCandidates(trx, query, { area, wanted, kinds: [kind] });
    found.push(...ofWord);
    isCut ||= ofWord.length >= wanted;
  }
  return { found, isCut };
}
