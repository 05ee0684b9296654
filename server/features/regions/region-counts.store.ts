import type { Knex } from 'knex';

import { cellsRelation } from '#server/db/cells.ts';
import type { Position } from '#server/domain/geometry/bbox.ts';
import type { Basis, Level, State } from '#server/domain/level.ts';
import type { Names } from '#server/domain/names.ts';
import type { PointTally } from '#server/domain/point-tally.ts';
import type { SubjectCounts } from '#server/domain/zoning/subject-counts.ts';

/** Which level is counted: the assessed one, or the dynamic one after the raising rules. */
export type Colour = 'assessed' | 'dynamic';

export type CountsView = {
  readonly basis: Basis;
  readonly colour: Colour;
  /** Rows with any of these fields; null = all. */
  readonly fields: readonly string[] | null;
};

export type RegionCounts = {
  /** With colour `dynamic` the n1…n4 count dynamic levels and may hold expired points. */
  readonly points: PointTally;
  readonly subjects: SubjectCounts;
  readonly subjectsNotApplicable: number;
  readonly enterprises: number;
};

/** A voting subject and where it stands, EPSG:4326 [lon, lat]. */
export type VotingSubject = {
  readonly kind: 'enterprise' | 'risk_point';
  readonly id: string;
  readonly names: Names;
  readonly state: State;
  readonly level: Level | null;
  readonly lastLevel: Level | null;
  readonly position: Position;
};

const POINTS: Readonly<Record<Colour, string>> = {
  assessed: `sum(c.n1) AS n1, sum(c.n2) AS n2, sum(c.n3) AS n3, sum(c.n4) AS n4,
    sum(c.n_not_assessed) AS n_not_assessed, sum(c.n_expired) AS n_expired,`,
  dynamic: `sum(c.d1) AS n1, sum(c.d2) AS n2, sum(c.d3) AS n3, sum(c.d4) AS n4,
    sum(c.u_not_assessed) AS n_not_assessed, sum(c.u_expired) AS n_expired,`,
};

const VOTE: Readonly<Record<Colour, string>> = { assessed: 's.level', dynamic: 's.dynamic_level' };

/** The same as countVotes() of the domain, in SQL; a subject without a vote counts by its state. */
const votes = (vote: string): string => `
  count(*) FILTER (WHERE ${vote} = 1) AS s1, count(*) FILTER (WHERE ${vote} = 2) AS s2,
  count(*) FILTER (WHERE ${vote} = 3) AS s3, count(*) FILTER (WHERE ${vote} = 4) AS s4,
  count(*) FILTER (WHERE ${vote} IS NULL AND s.state <> 'not_applicable') AS s_u,
  count(*) FILTER (WHERE s.has_expired_major AND ${vote} IS DISTINCT FROM 1) AS s_expired1,
  count(*) FILTER (WHERE ${vote} IS NULL AND s.state = 'expired' AND s.last_level = 1) AS e1,
  count(*) FILTER (WHERE ${vote} IS NULL AND s.state = 'expired' AND s.last_level = 2) AS e2,
  count(*) FILTER (WHERE ${vote} IS NULL AND s.state = 'expired' AND s.last_level = 3) AS e3,
  count(*) FILTER (WHERE ${vote} IS NULL AND s.state = 'expired' AND s.last_level = 4) AS e4,
  count(*) FILTER (WHERE ${vote} IS NULL AND s.state = 'not_assessed') AS u0,
  count(*) FILTER (WHERE s.state = 'not_applicable') AS s_not_applicable,
  count(*) FILTER (WHERE s.kind = 'enterprise') AS enterprises`;

type CountsRow = Readonly<Record<string, number>> & { readonly code: string };

/** Counts of each area in one query; `n…` from the whole-world cells of the cube, `s…` from the voting subjects. */
export async function countsByRegion(
  trx: Knex.Transaction,
  codes: readonly string[],
  { basis, colour, fields }: CountsView,
): Promise<ReadonlyMap<string, RegionCounts>> {
  const result = await trx.raw<{ rows: CountsRow[] }>(
    `WITH areas AS (SELECT DISTINCT t.code FROM unnest(:codes::text[]) AS t(code)),
      leaves AS MATERIALIZED (
        SELECT a.code AS area, r.code AS leaf FROM areas a JOIN regions r ON r.path @> ARRAY[a.code]),
      points AS (
        SELECT l.area, ${POINTS[colour]} sum(c.n_not_applicable) AS n_not_applicable,
          sum(c.n1 + c.n2 + c.n3 + c.n4) AS assessed, sum(c.n - c.n_not_applicable) AS total
        FROM leaves l JOIN ${cellsRelation()} c ON c.region = l.leaf AND c.z = 0 AND c.basis = :basis
        WHERE :fields::text[] IS NULL OR c.fields && :fields::text[]
        GROUP BY l.area),
      subjects AS (
        SELECT l.area, ${votes(VOTE[colour])}
        FROM leaves l JOIN subject_states s ON s.region = l.leaf AND s.basis = :basis
        WHERE :fields::text[] IS NULL OR s.fields && :fields::text[]
        GROUP BY l.area)
    SELECT a.code, p.*, s.* FROM areas a
    LEFT JOIN points p ON p.area = a.code LEFT JOIN subjects s ON s.area = a.code`,
    { codes, basis, fields },
  );
  return new Map(result.rows.map((row) => [row.code, toCounts(row)]));
}

function toCounts(row: CountsRow): RegionCounts {
  const of = (column: string): number => row[column] ?? 0;
  return {
    points: {
      n1: of('n1'),
      n2: of('n2'),
      n3: of('n3'),
      n4: of('n4'),
      nNotAssessed: of('n_not_assessed'),
      nExpired: of('n_expired'),
      nNotApplicable: of('n_not_applicable'),
      assessed: of('assessed'),
      total: of('total'),
    },
    subjects: {
      s1: of('s1'),
      s2: of('s2'),
      s3: of('s3'),
      s4: of('s4'),
      sU: of('s_u'),
      sExpired1: of('s_expired1'),
      e1: of('e1'),
      e2: of('e2'),
      e3: of('e3'),
      e4: of('e4'),
      u0: of('u0'),
    },
    subjectsNotApplicable: of('s_not_applicable'),
    enterprises: of('enterprises'),
  };
}

type SubjectRow = {
  kind: 'enterprise' | 'risk_point';
  subject_id: string;
  name_zh: string;
  name_en: string | null;
  state: State;
  level: Level | null;
  last_level: Level | null;
  lon: number;
  lat: number;
};

/** The subjects that weigh most in an area, worst first; those that weigh nothing are left out. */
export async function worstSubjects(
  trx: Knex.Transaction,
  code: string,
  { basis, colour, fields }: CountsView,
  limit: number,
): Promise<readonly VotingSubject[]> {
  const vote = VOTE[colour];
  const result = await trx.raw<{ rows: SubjectRow[] }>(
    `SELECT s.kind, s.subject_id, s.name_zh, s.name_en, s.state, ${vote} AS level, s.last_level,
      ST_X(p.place) AS lon, ST_Y(p.place) AS lat
    FROM subject_states s
    JOIN regions r ON r.code = s.region AND r.path @> ARRAY[:code]
    -- EPSG:3857 metres back to degrees.
    CROSS JOIN LATERAL (SELECT ST_Transform(s.place, 4326) AS place) AS p
    WHERE s.basis = :basis AND s.state <> 'not_applicable'
      AND (${vote} IS NOT NULL OR s.last_level IS NOT NULL)
      AND (:fields::text[] IS NULL OR s.fields && :fields::text[])
    ORDER BY CASE WHEN s.has_expired_major THEN 1 ELSE COALESCE(${vote}, s.last_level) END,
      ${vote} NULLS LAST, s.name_zh COLLATE "C", s.subject_id
    LIMIT :limit`,
    { code, basis, fields, limit },
  );
  return result.rows.map((row) => ({
    kind: row.kind,
    id: row.subject_id,
    names: { zh: row.name_zh, en: row.name_en },
    state: row.state,
    level: row.level,
    lastLevel: row.last_level,
    position: [row.lon, row.lat],
  }));
}
