import type { Knex } from 'knex';
import type { RowFault } from '#server/domain/import/evaluated-row.ts';
import { countMissing } from './import-rows.store.ts';
import type { MissingRecord } from './import-rows.store.ts';
import { NO_TALLY } from './imports.store.ts';
import type { ImportOutcome, Tally } from './imports.store.ts';

/** Faults and warnings that a report carries itself; the rest is in its rows. */
const TOLD = 200;

/**
 * What a commit would do with each row: of its main record first, then of what hangs on it. The lead of a group is
 * found by a window: which rows lead was just worked out, and a join would be planned as if hardly any did.
 */
export async function markRows(trx: Knex.Transaction, id: string, main: string): Promise<void> {
  await trx.raw(
    `WITH led AS (
       SELECT s.row_no, s.kind, s.status,
         max(s.status) FILTER (WHERE s.is_lead) OVER (PARTITION BY s.kind, s.group_key) AS lead_status
       FROM import_subjects s WHERE s.import_id = :id),
     judged AS MATERIALIZED (
       SELECT l.row_no, bool_or(l.kind = :main AND COALESCE(l.lead_status, l.status) = 'new') AS is_new,
         bool_or(l.status IN ('new', 'changed')) AS is_changed
       FROM led l GROUP BY l.row_no),
     marked AS MATERIALIZED (
       SELECT r.row_no, CASE WHEN r.faults || r.found_faults <> '[]' THEN 'faulty' WHEN j.is_new THEN 'new'
         WHEN j.is_changed THEN 'changed' ELSE 'unchanged' END AS status
       FROM import_results r LEFT JOIN judged j ON j.row_no = r.row_no WHERE r.import_id = :id)
     UPDATE import_results r SET status = m.status
     FROM marked m WHERE r.import_id = :id AND r.row_no = m.row_no AND r.status IS DISTINCT FROM m.status`,
    { id, main },
  );
}

/** Hash of what a commit would write: two comparisons that come to the same have the same. */
export async function outcomeDigest(trx: Knex.Transaction, id: string): Promise<string> {
  const result = await trx.raw<{ rows: [{ digest: string }] }>(
    `SELECT md5(COALESCE(string_agg(concat_ws('|', s.row_no, s.slot, s.status, s.target_id, s.parent_id, s.changes),
       E'\\n' ORDER BY s.row_no, s.slot), '')) AS digest
     FROM import_subjects s WHERE s.import_id = ? AND s.is_lead`,
    [id],
  );
  return result.rows[0].digest;
}

type Counted = {
  rows: number;
  new: number;
  changed: number;
  unchanged: number;
  faulty: number;
  warned: number;
  fault_count: number;
  warning_count: number;
};

const EFFECTS = {
  enterprise: 'enterprises',
  risk_point: 'riskPoints',
  hazard_source: 'hazardSources',
  measure: 'measures',
  assessment: 'assessments',
} as const;

export async function readOutcome(
  trx: Knex.Transaction,
  id: string,
  main: MissingRecord['subject'] | null,
): Promise<ImportOutcome> {
  const counted = await trx.raw<{ rows: [Counted] }>(
    `SELECT count(*)::int AS rows, count(*) FILTER (WHERE r.status = 'new')::int AS new,
       count(*) FILTER (WHERE r.status = 'changed')::int AS changed,
       count(*) FILTER (WHERE r.status = 'unchanged')::int AS unchanged,
       count(*) FILTER (WHERE r.status = 'faulty')::int AS faulty,
       count(*) FILTER (WHERE r.warnings || r.found_warnings <> '[]')::int AS warned,
       COALESCE(sum(jsonb_array_length(r.faults || r.found_faults)), 0)::int AS fault_count,
       COALESCE(sum(jsonb_array_length(r.warnings || r.found_warnings)), 0)::int AS warning_count
     FROM import_results r WHERE r.import_id = ?`,
    [id],
  );
  const [{ fault_count, warning_count, ...counts }] = counted.rows;
  return {
    ...counts,
    missing: main === null ? 0 : await countMissing(trx, id, main),
    faultCount: fault_count,
    warningCount: warning_count,
    faults: await firstOf(trx, id, 'faults'),
    warnings: await firstOf(trx, id, 'warnings'),
    withoutEnterprise: await countWithoutEnterprise(trx, id),
    effects: await effectsOf(trx, id),
  };
}

async function firstOf(
  trx: Knex.Transaction,
  id: string,
  what: 'faults' | 'warnings',
): Promise<readonly RowFault[]> {
  const result = await trx.raw<{ rows: { fault: RowFault }[] }>(
    `SELECT f.fault FROM import_results r
     CROSS JOIN LATERAL jsonb_array_elements(r.${what} || r.found_${what}) WITH ORDINALITY AS f(fault, nth)
     WHERE r.import_id = ? AND r.${what} || r.found_${what} <> '[]' ORDER BY r.row_no, f.nth LIMIT ${TOLD}`,
    [id],
  );
  return result.rows.map(({ fault }) => fault);
}

/** New risk points whose row names no enterprise. */
async function countWithoutEnterprise(trx: Knex.Transaction, id: string): Promise<number> {
  const result = await trx.raw<{ rows: [{ n: number }] }>(
    `SELECT count(*)::int AS n FROM import_subjects s
     LEFT JOIN import_subjects e ON e.import_id = :id AND e.row_no = s.row_no AND e.kind = 'enterprise'
     WHERE s.import_id = :id AND s.kind = 'risk_point' AND s.is_lead AND s.status = 'new' AND e.row_no IS NULL`,
    { id },
  );
  return result.rows[0].n;
}

async function effectsOf(trx: Knex.Transaction, id: string): Promise<ImportOutcome['effects']> {
  const result = await trx.raw<{
    rows: { kind: keyof typeof EFFECTS; status: keyof Tally; n: number }[];
  }>(
    `SELECT s.kind, s.status, count(*)::int AS n FROM import_subjects s
     WHERE s.import_id = ? AND s.is_lead GROUP BY s.kind, s.status`,
    [id],
  );
  const of = (kind: keyof typeof EFFECTS): Tally =>
    result.rows
      .filter((row) => row.kind === kind)
      .reduce((tally, row) => ({ ...tally, [row.status]: row.n }), NO_TALLY);
  return {
    enterprises: of('enterprise'),
    riskPoints: of('risk_point'),
    hazardSources: of('hazard_source'),
    measures: of('measure'),
    assessments: of('assessment'),
  };
}
