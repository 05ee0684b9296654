import type { Knex } from 'knex';
import type { ImportKind } from '#server/domain/import/import-kind.ts';

/**
 * Rows that mean one record get one group, and each group the key by which a later file finds it again: source and
 * code where no other record of the file has them, else the base key and its place among equals. Coordinates and
 * values take no part in it.
 */
export async function groupSubjects(
  trx: Knex.Transaction,
  id: string,
  kind: ImportKind,
): Promise<void> {
  await trx.raw(GROUP, { id, kind });
}

// A list repeats its enterprise in every row and its point in every row of a hazard source.
const GROUP = `
  WITH parts AS MATERIALIZED (
    SELECT DISTINCT p.row_no FROM import_subjects p
    WHERE p.import_id = :id AND p.kind IN ('hazard_source', 'measure')),
  -- The code of an enterprise may stand in its first row only.
  coded AS MATERIALIZED (
    SELECT c.base_key, min(c.content ->> 'uscc') AS uscc FROM import_subjects c
    WHERE c.import_id = :id AND c.kind = 'enterprise' GROUP BY c.base_key
    HAVING count(DISTINCT c.content ->> 'uscc') = 1),
  grouped AS MATERIALIZED (
    SELECT s.row_no, s.slot, s.kind, s.code_key, s.base_key, CASE
      WHEN s.given_id IS NOT NULL THEN 'i|' || s.given_id
      WHEN s.kind = 'enterprise' AND :kind <> 'enterprises'
        THEN COALESCE('u|' || COALESCE(s.content ->> 'uscc', u.uscc), 'b|' || s.base_key)
      WHEN s.kind = 'risk_point' AND (:kind <> 'risk-points' OR w.row_no IS NOT NULL)
        THEN 'b|' || COALESCE(s.code_key, '') || '|' || s.base_key
      WHEN s.kind = 'measure' THEN 'b|' || s.base_key
      WHEN s.kind = 'hazard_source' AND :kind <> 'hazard-sources' THEN 'b|' || s.base_key
      ELSE 'r|' || s.row_no || '|' || s.slot END AS group_key
    FROM import_subjects s LEFT JOIN parts w ON w.row_no = s.row_no
    LEFT JOIN coded u ON s.kind = 'enterprise' AND u.base_key = s.base_key
    WHERE s.import_id = :id),
  groups AS (
    SELECT g.kind, g.group_key, min(g.row_no) AS first_row, min(g.code_key) AS code_key, min(g.base_key) AS base_key
    FROM grouped g WHERE g.kind IN ('enterprise', 'risk_point', 'hazard_source') GROUP BY g.kind, g.group_key),
  keyed AS (
    SELECT g.kind, g.group_key, CASE
      WHEN g.code_key IS NOT NULL AND count(*) OVER (PARTITION BY g.kind, g.code_key) = 1 THEN g.code_key
      ELSE g.base_key || '#' || row_number() OVER (PARTITION BY g.kind, g.base_key ORDER BY g.first_row) END AS key
    FROM groups g),
  wanted AS MATERIALIZED (
    SELECT g.row_no, g.slot, g.group_key, k.key
    FROM grouped g LEFT JOIN keyed k ON k.kind = g.kind AND k.group_key = g.group_key)
  UPDATE import_subjects s SET group_key = w.group_key, origin_key = w.key
  FROM wanted w
  WHERE s.import_id = :id AND s.row_no = w.row_no AND s.slot = w.slot
    AND (s.group_key, s.origin_key) IS DISTINCT FROM (w.group_key, w.key)`;

/**
 * The planner takes a file that it knows nothing of for one of a few rows, and compares each row of it with each. Of
 * fewer rows than this that is as quick.
 */
export async function analyseImports(trx: Knex.Transaction, id: string): Promise<void> {
  await trx.raw(
    `SELECT analyse_imports() WHERE (SELECT count(*) FROM import_results r WHERE r.import_id = ?) > ${MANY}`,
    [id],
  );
}

const MANY = 50;

/**
 * Of each group the first row that can be written leads: what it says is taken. The subjects of faulty rows lead
 * nothing. To be called when all faults are known.
 */
export async function chooseLeads(trx: Knex.Transaction, id: string): Promise<void> {
  await trx.raw(
    `WITH chosen AS (
       SELECT DISTINCT ON (c.kind, c.group_key) c.row_no, c.slot
       FROM import_subjects c
       JOIN import_results r ON r.import_id = c.import_id AND r.row_no = c.row_no
       WHERE c.import_id = :id AND r.faults || r.found_faults = '[]'
       ORDER BY c.kind, c.group_key, c.row_no, c.slot),
     leads AS MATERIALIZED (
       SELECT o.row_no, o.slot, c.row_no IS NOT NULL AS is_lead
       FROM import_subjects o LEFT JOIN chosen c ON c.row_no = o.row_no AND c.slot = o.slot
       WHERE o.import_id = :id)
     UPDATE import_subjects s SET is_lead = l.is_lead
     FROM leads l
     WHERE s.import_id = :id AND s.row_no = l.row_no AND s.slot = l.slot AND s.is_lead <> l.is_lead`,
    { id },
  );
}
