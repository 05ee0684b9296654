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
  // A list repeats its enterprise in every row and its point in every row of a hazard source.
  await trx.raw(
    `UPDATE import_subjects s SET group_key = CASE
       WHEN s.given_id IS NOT NULL THEN 'i|' || s.given_id
       WHEN s.kind = 'enterprise' AND :kind <> 'enterprises'
         THEN COALESCE('u|' || (s.content ->> 'uscc'), 'b|' || s.base_key)
       WHEN s.kind = 'risk_point' AND (:kind <> 'risk-points' OR parts.has_parts)
         THEN 'b|' || COALESCE(s.code_key, '') || '|' || s.base_key
       WHEN s.kind = 'measure' THEN 'b|' || s.base_key
       WHEN s.kind = 'hazard_source' AND :kind <> 'hazard-sources' THEN 'b|' || s.base_key
       ELSE 'r|' || s.row_no || '|' || s.slot END
     FROM (
       SELECT o.row_no, o.slot, EXISTS (SELECT 1 FROM import_subjects p
           WHERE p.import_id = o.import_id AND p.row_no = o.row_no AND p.kind IN ('hazard_source', 'measure')) AS has_parts
       FROM import_subjects o WHERE o.import_id = :id) AS parts
     WHERE s.import_id = :id AND parts.row_no = s.row_no AND parts.slot = s.slot`,
    { id, kind },
  );
  await trx.raw(
    `WITH groups AS (
       SELECT s.kind, s.group_key, min(s.row_no) AS first_row, min(s.code_key) AS code_key, min(s.base_key) AS base_key
       FROM import_subjects s
       WHERE s.import_id = :id AND s.kind IN ('enterprise', 'risk_point', 'hazard_source')
       GROUP BY s.kind, s.group_key),
     keyed AS (
       SELECT g.kind, g.group_key, CASE
         WHEN g.code_key IS NOT NULL AND count(*) OVER (PARTITION BY g.kind, g.code_key) = 1 THEN g.code_key
         ELSE g.base_key || '#' || row_number() OVER (PARTITION BY g.kind, g.base_key ORDER BY g.first_row) END AS key
       FROM groups g)
     UPDATE import_subjects s SET origin_key = k.key
     FROM keyed k WHERE s.import_id = :id AND s.kind = k.kind AND s.group_key = k.group_key`,
    { id },
  );
}

/**
 * Of each group the first row that can be written leads: what it says is taken. The subjects of faulty rows lead
 * nothing. To be called when the faults are known.
 */
export async function chooseLeads(trx: Knex.Transaction, id: string): Promise<void> {
  await trx.raw(
    `UPDATE import_subjects s SET is_lead = chosen.row_no IS NOT NULL
     FROM import_subjects o
     LEFT JOIN (
       SELECT DISTINCT ON (c.kind, c.group_key) c.kind, c.group_key, c.row_no, c.slot
       FROM import_subjects c
       JOIN import_results r ON r.import_id = c.import_id AND r.row_no = c.row_no AND r.status IS DISTINCT FROM 'faulty'
       WHERE c.import_id = :id
       ORDER BY c.kind, c.group_key, c.row_no, c.slot) AS chosen
       ON chosen.kind = o.kind AND chosen.row_no = o.row_no AND chosen.slot = o.slot
     WHERE s.import_id = :id AND o.import_id = :id AND o.row_no = s.row_no AND o.slot = s.slot`,
    { id },
  );
}
