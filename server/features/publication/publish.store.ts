import type { Knex } from 'knex';
import type {
  LeafCounts,
  PublicDepth,
  PublicFigures,
} from '#server/domain/publication/area-figures.ts';
import type { SubjectGroup } from '#server/domain/publication/leaf-counts.ts';
import type { Release } from './publication.store.ts';

/** Everything here runs as the owner: no request can read what public figures are made of. */

/** The finest published area of each region: its county, or its city where there is no county. */
const LEAVES = `leaves AS MATERIALIZED (
  SELECT DISTINCT ON (r.code) r.code AS region, a.code AS leaf, a.city_code FROM regions r
  JOIN regions a ON a.code = ANY (r.path) AND a.depth IN ('county', 'city') ORDER BY r.code, a.depth_rank DESC)`;

/** How each live subject stands now, by leaf. */
const STANDINGS = `standings AS MATERIALIZED (
  SELECT l.leaf, l.city_code, s.kind, s.subject_id,
    concat_ws('/', s.state, s.level, s.last_level, s.has_expired_major) AS standing
  FROM subject_states s JOIN leaves l ON l.region = s.region WHERE s.basis = :basis)`;

export type LeafChange = {
  readonly code: string;
  readonly isNew: boolean;
  readonly enterprises: number;
  readonly places: number;
};

/** Subjects that came, went or stand otherwise since the area was last published. */
export async function changedLeaves(
  trx: Knex.Transaction,
  basis: Release['basis'],
): Promise<readonly LeafChange[]> {
  const { rows } = await trx.raw<{ rows: LeafChange[] }>(
    `WITH ${LEAVES}, ${STANDINGS},
      changes AS (SELECT COALESCE(s.leaf, m.code) AS code, COALESCE(s.kind, m.kind) AS kind
        FROM standings s FULL JOIN publication_members m
          ON m.kind = s.kind AND m.subject_id = s.subject_id AND m.code = s.leaf
        WHERE s.standing IS DISTINCT FROM m.standing),
      counted AS (SELECT c.code, count(*) FILTER (WHERE c.kind = 'enterprise')::int AS enterprises,
        count(*) FILTER (WHERE c.kind <> 'enterprise')::int AS places FROM changes c GROUP BY c.code)
    SELECT l.leaf AS code, p.code IS NULL AS "isNew", COALESCE(c.enterprises, 0) AS enterprises,
      COALESCE(c.places, 0) AS places
    FROM (SELECT DISTINCT leaf FROM leaves) AS l
    LEFT JOIN publication_leaves p ON p.code = l.leaf LEFT JOIN counted c ON c.code = l.leaf ORDER BY l.leaf`,
    { basis },
  );
  return rows;
}

/** Subjects of a leaf that stand alike. */
export type Group = SubjectGroup & { readonly code: string };

export async function groupsOf(
  trx: Knex.Transaction,
  codes: readonly string[],
  basis: Release['basis'],
): Promise<readonly Group[]> {
  const { rows } = await trx.raw<{ rows: Group[] }>(
    `WITH ${LEAVES}
    SELECT l.leaf AS code, s.kind, s.state, s.level::int AS level, s.last_level::int AS "lastLevel",
      s.has_expired_major AS "hasExpiredMajor", count(*)::int AS n
    FROM leaves l JOIN subject_states s ON s.region = l.region AND s.basis = :basis
    WHERE l.leaf = ANY (:codes::text[])
    GROUP BY l.leaf, s.kind, s.state, s.level, s.last_level, s.has_expired_major`,
    { basis, codes },
  );
  return rows;
}

/** Keeps the counts that leaves are published with, and how each of their subjects stands. */
export async function keepLeaves(
  trx: Knex.Transaction,
  leaves: ReadonlyMap<string, LeafCounts>,
  basis: Release['basis'],
): Promise<void> {
  const codes = [...leaves.keys()];
  await trx.raw(
    `INSERT INTO publication_leaves AS p (city_code, code, counts)
    SELECT r.city_code, r.code, f.value FROM jsonb_each(:leaves::jsonb) AS f JOIN regions r ON r.code = f.key
    ON CONFLICT (city_code, code) DO UPDATE SET counts = excluded.counts`,
    { leaves: JSON.stringify(Object.fromEntries(leaves)) },
  );
  await trx('publication_members').whereIn('code', codes).delete();
  await trx.raw(
    `WITH ${LEAVES}, ${STANDINGS}
    INSERT INTO publication_members (city_code, kind, subject_id, code, standing)
    SELECT s.city_code, s.kind, s.subject_id, s.leaf, s.standing FROM standings s
    WHERE s.leaf = ANY (:codes::text[])`,
    { basis, codes },
  );
}

export type PublishedArea = {
  readonly code: string;
  readonly depth: PublicDepth;
  /** Counts of the leaves in it, as they were published. */
  readonly leaves: readonly LeafCounts[];
};

/** Every area of a published depth with the leaves in it. */
export async function areasWithLeaves(
  trx: Knex.Transaction,
  depths: readonly PublicDepth[],
): Promise<readonly PublishedArea[]> {
  const { rows } = await trx.raw<{ rows: PublishedArea[] }>(
    `SELECT r.code, r.depth, COALESCE(jsonb_agg(p.counts) FILTER (WHERE p.code IS NOT NULL), '[]') AS leaves
    FROM regions r
    LEFT JOIN regions below ON below.path @> ARRAY[r.code] AND below.depth IN ('county', 'city')
    LEFT JOIN publication_leaves p ON p.code = below.code
    WHERE r.depth = ANY (:depths::text[]) GROUP BY r.code, r.depth ORDER BY r.code`,
    { depths },
  );
  return rows;
}

export type DayFigures = ReadonlyMap<string, PublicFigures>;

/** Adds the day, and the areas whose figures are not as they were told last; tells how many these are. */
export async function addDay(
  trx: Knex.Transaction,
  { releaseId, day }: { readonly releaseId: string; readonly day: string },
  figures: DayFigures,
): Promise<number> {
  await trx('publication_days').insert({ release_id: releaseId, day });
  const told = [...figures].map(([code, { state, level, told: n }]) => ({
    code,
    state,
    level,
    ...n,
  }));
  const { rows } = await trx.raw<{ rows: unknown[] }>(
    `INSERT INTO publication_areas (release_id, code, day, state, level, n1, n2, n3, n4, n_none)
    SELECT :release::uuid, f.code, :day::date, f.state, f.level, f.n1, f.n2, f.n3, f.n4, f."nNone"
    FROM jsonb_to_recordset(:told::jsonb) AS f(code text, state text, level smallint, n1 int, n2 int, n3 int, n4 int,
      "nNone" int)
    LEFT JOIN LATERAL (SELECT a.* FROM publication_areas a WHERE a.release_id = :release::uuid AND a.code = f.code
      ORDER BY a.day DESC LIMIT 1) AS last ON true
    WHERE (f.state, f.level, f.n1, f.n2, f.n3, f.n4, f."nNone")
      IS DISTINCT FROM (last.state, last.level, last.n1, last.n2, last.n3, last.n4, last.n_none)
    RETURNING code`,
    { release: releaseId, day, told: JSON.stringify(told) },
  );
  await trx.raw(`SELECT bump_versions(ARRAY['published'], ARRAY['000000'])`);
  return rows.length;
}

/** One at a time, for the rest of the transaction. */
export async function lockPublication(trx: Knex.Transaction): Promise<void> {
  await trx.raw(`SELECT pg_advisory_xact_lock(7465)`);
}

export type NewRelease = Omit<Release, 'id'> & {
  /** The record of the confidentiality review. */
  readonly document: string;
};

export async function addRelease(
  trx: Knex.Transaction,
  release: NewRelease,
  startedAt: number,
): Promise<void> {
  await trx('publication_releases').insert({
    kind: release.kind,
    rule: release.rule,
    basis: release.basis,
    document: release.document,
    approval_number: release.approvalNumber,
    started_at: new Date(startedAt),
  });
}

/**
 * What was told stays on record, and is told no longer. What it was made of is kept, so that figures of a later release
 * change no sooner than they would have; of invented data it goes.
 */
export async function endRelease(trx: Knex.Transaction, endedAt: number): Promise<boolean> {
  const [ended] = await trx('publication_releases')
    .whereNull('ended_at')
    .update({ ended_at: new Date(endedAt) })
    .returning<{ kind: Release['kind'] }[]>('kind');
  if (ended === undefined) return false;
  if (ended.kind === 'demonstration') {
    await trx('publication_members').delete();
    await trx('publication_leaves').delete();
  }
  await trx.raw(`SELECT bump_versions(ARRAY['published'], ARRAY['000000'])`);
  return true;
}
