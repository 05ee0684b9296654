import type { Knex } from 'knex';
import type { Basis, Level } from '#server/domain/level.ts';
import type { Names } from '#server/domain/names.ts';
import { STANDS } from './point-rows.store.ts';

/** A signed assessment that no correction stands in for. */
export type AssessmentRow = {
  readonly pointId: string;
  readonly sourceId: string | null;
  readonly sourceNames: Names | null;
  readonly method: string;
  /** variant@revision */
  readonly version: string;
  readonly basis: Basis;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly score: number;
  readonly level: Level | null;
  readonly assessedAt: Date;
  readonly validUntil: Date | null;
};

/** The assessments of some points and of their sources, subject by subject, the newest first. */
export async function readAssessments(
  trx: Knex.Transaction,
  pointIds: readonly string[],
  basis: Basis,
): Promise<readonly AssessmentRow[]> {
  const result = await trx.raw<{ rows: AssessmentRow[] }>(
    `SELECT a.risk_point_id AS "pointId", a.hazard_source_id AS "sourceId",
      CASE WHEN hs.id IS NOT NULL THEN jsonb_build_object('zh', hs.name_zh, 'en', hs.name_en) END AS "sourceNames",
      a.method_id AS method, a.variant || '@' || a.revision AS version, a.basis, a.inputs, a.score, a.level,
      a.assessed_at AS "assessedAt", a.valid_until AS "validUntil"
    FROM risk_points rp
    JOIN assessments a ON a.city_code = rp.city_code AND a.risk_point_id = rp.id
    LEFT JOIN hazard_sources hs ON hs.city_code = a.city_code AND hs.id = a.hazard_source_id
    WHERE rp.id = ANY (?::uuid[]) AND a.basis = ? AND hs.deleted_at IS NULL AND ${STANDS}
    ORDER BY a.hazard_source_id NULLS FIRST, a.assessed_at DESC, a.recorded_at DESC, a.id DESC`,
    [[...pointIds], basis],
  );
  return result.rows;
}
