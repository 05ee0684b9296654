import type { Knex } from 'knex';
import { lockCreditCodes } from '#server/db/credit-code-lock.ts';
import type { AssessmentValues } from '#server/domain/import/evaluated-row.ts';
import {
  ADOPT,
  HAND_DOWN,
  HAS_MOVED,
  INSERT_ENTERPRISES,
  INSERT_MEASURES,
  INSERT_POINTS,
  INSERT_SOURCES,
  LIFECYCLES,
  MOVE_TO_OWNER,
  UPDATE_ENTERPRISES,
  UPDATE_POINTS,
  UPDATE_SOURCES,
} from './import-commit.sql.ts';

/** One import is written at a time: two files that hold the same new record would both add it. */
export async function lockCommits(trx: Knex.Transaction): Promise<void> {
  await trx.raw("SELECT pg_advisory_xact_lock(hashtextextended('imports', 0))");
}

/** Nobody else gives one of the credit codes of the import to an enterprise meanwhile. */
export async function lockCodes(trx: Knex.Transaction, id: string): Promise<void> {
  const { rows } = await trx.raw<{ rows: { uscc: string }[] }>(
    `SELECT DISTINCT s.content ->> 'uscc' AS uscc FROM import_subjects s
     WHERE s.import_id = ? AND s.kind = 'enterprise' AND s.content ->> 'uscc' IS NOT NULL`,
    [id],
  );
  if (rows.length > 0)
    await lockCreditCodes(
      trx,
      rows.map(({ uscc }) => uscc),
    );
}

const TABLES = {
  enterprise: 'enterprises',
  risk_point: 'risk_points',
  hazard_source: 'hazard_sources',
} as const;

/** Locks every record that the import would change, so that nobody edits it between the comparison and the write. */
export async function lockTargets(trx: Knex.Transaction, id: string): Promise<void> {
  for (const [kind, table] of Object.entries(TABLES)) {
    await trx.raw(
      `SELECT 1 FROM ${table} t WHERE t.id IN (SELECT s.target_id FROM import_subjects s
         WHERE s.import_id = ? AND s.kind = ?) ORDER BY t.id FOR UPDATE`,
      [id, kind],
    );
  }
}

export type Written = {
  readonly enterprises: readonly string[];
  readonly points: readonly string[];
  /** Of these the place or the stated region changed. */
  readonly movedEnterprises: readonly string[];
  readonly movedPoints: readonly string[];
};

/** Writes the compared subjects into the register, but assessments. `now`: epoch milliseconds. */
export async function writeSubjects(
  trx: Knex.Transaction,
  id: string,
  now: number,
): Promise<Written> {
  const at = new Date(now).toISOString();
  const handDown = (kind: string, children: readonly string[]) =>
    trx.raw(HAND_DOWN, { id, kind, children: [...children] });
  await trx.raw(INSERT_ENTERPRISES, { id });
  await trx.raw(UPDATE_ENTERPRISES, { id });
  await trx.raw(ADOPT, { id, kind: 'enterprise' });
  await handDown('enterprise', ['risk_point']);
  await trx.raw(INSERT_POINTS, { id, now: at });
  await trx.raw(UPDATE_POINTS, { id });
  await trx.raw(MOVE_TO_OWNER, { id });
  await trx.raw(ADOPT, { id, kind: 'risk_point' });
  await trx.raw(LIFECYCLES, { id, now: at });
  await handDown('risk_point', ['hazard_source', 'measure', 'assessment']);
  await trx.raw(INSERT_SOURCES, { id });
  await trx.raw(UPDATE_SOURCES, { id });
  await trx.raw(ADOPT, { id, kind: 'hazard_source' });
  await handDown('hazard_source', ['measure', 'assessment']);
  await trx.raw(INSERT_MEASURES, { id });
  return {
    enterprises: await touched(trx, id, 'enterprise', ''),
    points: await touched(trx, id, 'risk_point', ''),
    movedEnterprises: await touched(trx, id, 'enterprise', `AND (${HAS_MOVED})`),
    movedPoints: await touched(trx, id, 'risk_point', `AND (${HAS_MOVED})`),
  };
}

async function touched(
  trx: Knex.Transaction,
  id: string,
  kind: string,
  condition: string,
): Promise<readonly string[]> {
  const result = await trx.raw<{ rows: { id: string }[] }>(
    `SELECT s.target_id AS id FROM import_subjects s WHERE s.import_id = ? AND s.kind = ? AND s.is_lead
       AND s.status IN ('new', 'changed') AND s.target_id IS NOT NULL ${condition} ORDER BY 1`,
    [id, kind],
  );
  return result.rows.map((row) => row.id);
}

/** After many rows were written: what follows from them is worked out by statements that need to be planned well. */
export async function analyseRegister(trx: Knex.Transaction): Promise<void> {
  await trx.raw('SELECT analyse_register()');
}

/** Gives rows that an edit moved into another city the key of that city. */
export async function moveRows(
  trx: Knex.Transaction,
  { movedEnterprises, movedPoints }: Pick<Written, 'movedEnterprises' | 'movedPoints'>,
): Promise<void> {
  if (movedEnterprises.length + movedPoints.length === 0) return;
  await trx.raw('SELECT move_rows(?::uuid[], ?::uuid[])', [
    [...movedEnterprises],
    [...movedPoints],
  ]);
}

export type AssessmentToWrite = AssessmentValues & {
  readonly id: string;
  readonly row: number;
  readonly cityCode: string;
  readonly riskPointId: string;
  readonly hazardSourceId: string | null;
  readonly replaces: string | null;
};

/** Assessments of an import that are new or correct an earlier one, in batches by row. */
export async function nextAssessments(
  trx: Knex.Transaction,
  id: string,
  after: number,
  limit: number,
): Promise<readonly AssessmentToWrite[]> {
  const result = await trx.raw<{ rows: (AssessmentToWrite & { content: AssessmentValues })[] }>(
    `WITH next AS MATERIALIZED (
       SELECT s.new_id, s.row_no, s.content, s.target_id, s.parent_id FROM import_subjects s
       WHERE s.import_id = ? AND s.kind = 'assessment' AND s.is_lead AND s.status IN ('new', 'changed')
         AND s.row_no > ? ORDER BY s.row_no LIMIT ?)
     SELECT n.new_id AS id, n.row_no AS row, n.content, rp.city_code AS "cityCode", rp.id AS "riskPointId",
       hs.id AS "hazardSourceId", n.target_id AS replaces
     FROM next n
     LEFT JOIN hazard_sources hs ON hs.id = n.parent_id
     JOIN risk_points rp ON rp.id = COALESCE(hs.risk_point_id, n.parent_id)
     ORDER BY n.row_no`,
    [id, after, limit],
  );
  return result.rows.map(({ content, ...row }) => ({ ...content, ...row }));
}

/** A point that was assessed on a day existed on that day, in the first state that is known of it. */
export async function existSinceAssessed(trx: Knex.Transaction, id: string): Promise<void> {
  await trx.raw(
    `WITH subjects AS MATERIALIZED (
       SELECT s.parent_id, min((s.content ->> 'assessedAt')::timestamptz) AS first FROM import_subjects s
       WHERE s.import_id = ? AND s.kind = 'assessment' AND s.is_lead AND s.status IN ('new', 'changed')
       GROUP BY s.parent_id),
     assessed AS (
       SELECT rp.city_code, rp.id, min(s.first) AS first
       FROM subjects s
       LEFT JOIN hazard_sources hs ON hs.id = s.parent_id
       JOIN risk_points rp ON rp.id = COALESCE(hs.risk_point_id, s.parent_id)
       GROUP BY rp.city_code, rp.id),
     earlier AS (
       UPDATE risk_points t SET exists_from = a.first FROM assessed a
       WHERE t.city_code = a.city_code AND t.id = a.id AND a.first < t.exists_from
       RETURNING t.city_code, t.id, t.exists_from)
     INSERT INTO lifecycle_changes (city_code, risk_point_id, at, lifecycle)
     SELECT e.city_code, e.id, e.exists_from, f.lifecycle
     FROM earlier e CROSS JOIN LATERAL (SELECT c.lifecycle FROM lifecycle_changes c
       WHERE c.city_code = e.city_code AND c.risk_point_id = e.id ORDER BY c.at LIMIT 1) AS f
     ON CONFLICT (city_code, risk_point_id, at) DO NOTHING`,
    [id],
  );
}
