import type { Knex } from 'knex';

import type { AssessmentState } from '#server/domain/in-force.ts';
import type { Basis, Level } from '#server/domain/level.ts';
import type { Explanation } from '#server/domain/methods/method.ts';
import type { Names } from '#server/domain/names.ts';

/** What is assessed in a risk point: the point itself or one of its hazard sources. */
export type PointSubject = {
  readonly kind: 'risk_point' | 'hazard_source';
  readonly id: string;
  readonly names: Names;
  /** Newest signed assessment that no correction stands in for; null when it was never assessed. */
  readonly assessment: SubjectAssessment | null;
};

/** Instants are epoch milliseconds. */
export type SubjectAssessment = {
  readonly id: string;
  readonly method: string;
  readonly version: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly score: number;
  readonly level: Level | null;
  readonly explanation: Explanation;
  readonly state: AssessmentState;
  readonly assessedAt: number;
  readonly recordedAt: number;
  readonly validUntil: number | null;
};

type Row = {
  kind: PointSubject['kind'];
  id: string;
  name_zh: string;
  name_en: string | null;
  assessment_id: string | null;
  method_id: string;
  variant: string;
  revision: number;
  inputs: Record<string, unknown>;
  score: number;
  level: Level | null;
  explanation: Explanation;
  state: AssessmentState;
  assessed_at: Date;
  recorded_at: Date;
  valid_until: Date | null;
};

/** The point first, then its sources in the order they were made. `now` is epoch milliseconds. */
export async function pointSubjects(
  trx: Knex.Transaction,
  riskPointId: string,
  basis: Basis,
  now: number,
): Promise<readonly PointSubject[]> {
  const result = await trx.raw<{ rows: Row[] }>(
    `SELECT s.kind, s.id, s.name_zh, s.name_en, newest.*
    FROM (
      SELECT 'risk_point' AS kind, rp.city_code, rp.id AS point, rp.id, rp.name_zh, rp.name_en, NULL::uuid AS source
      FROM risk_points rp WHERE rp.id = :riskPointId
      UNION ALL
      SELECT 'hazard_source', rp.city_code, rp.id, hs.id, hs.name_zh, hs.name_en, hs.id
      FROM risk_points rp
      JOIN hazard_sources hs ON hs.city_code = rp.city_code AND hs.risk_point_id = rp.id
      WHERE rp.id = :riskPointId AND hs.deleted_at IS NULL) AS s
    LEFT JOIN LATERAL (
      SELECT a.id AS assessment_id, a.method_id, a.variant, a.revision, a.inputs, a.score, a.level, a.explanation,
        a.state, a.assessed_at, a.recorded_at, a.valid_until
      FROM assessments a
      WHERE a.city_code = s.city_code AND a.risk_point_id = s.point
        AND a.hazard_source_id IS NOT DISTINCT FROM s.source AND a.basis = :basis AND a.assessed_at <= :now
        AND a.state IN ('in_force', 'returned', 'system')
        AND NOT EXISTS (SELECT 1 FROM assessments later
          WHERE later.city_code = a.city_code AND later.risk_point_id = a.risk_point_id AND later.replaces = a.id
            AND later.state IN ('in_force', 'returned', 'system'))
      ORDER BY a.assessed_at DESC, a.recorded_at DESC, a.id DESC
      LIMIT 1) AS newest ON true
    ORDER BY s.kind DESC, s.id`,
    { riskPointId, basis, now: new Date(now).toISOString() },
  );
  return result.rows.map((row) => ({
    kind: row.kind,
    id: row.id,
    names: { zh: row.name_zh, en: row.name_en },
    assessment: row.assessment_id === null ? null : toAssessment(row.assessment_id, row),
  }));
}

function toAssessment(id: string, row: Row): SubjectAssessment {
  return {
    id,
    method: row.method_id,
    version: `${row.variant}@${row.revision}`,
    inputs: row.inputs,
    score: row.score,
    level: row.level,
    explanation: row.explanation,
    state: row.state,
    assessedAt: row.assessed_at.getTime(),
    recordedAt: row.recorded_at.getTime(),
    validUntil: row.valid_until?.getTime() ?? null,
  };
}
