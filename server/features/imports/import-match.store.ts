import type { Knex } from 'knex';
import type { ImportKind } from '#server/domain/import/import-kind.ts';
import { sameMeasure } from './same-text.sql.ts';

/**
 * Finds the record of the register that each subject of the file means, from the surest sign to the weakest: its own
 * identifier, the unified code, the key of an earlier import, the code or name within its owner. What is found twice
 * is not taken. Deleted records are not found.
 */
export async function matchSubjects(
  trx: Knex.Transaction,
  id: string,
  kind: ImportKind,
): Promise<void> {
  await trx.raw(
    `UPDATE import_subjects s SET target_id = NULL, parent_id = NULL WHERE s.import_id = ?
       AND (s.target_id IS NOT NULL OR s.parent_id IS NOT NULL)`,
    [id],
  );
  for (const sql of ENTERPRISES) await trx.raw(sql, { id });
  if (kind !== 'enterprises') await trx.raw(ENTERPRISE_BY_NAME, { id });
  await trx.raw(PARENTS.enterprise, { id });
  for (const sql of RISK_POINTS) await trx.raw(sql, { id });
  if (kind === 'hazard-sources' || kind === 'assessments') {
    for (const sql of NAMED_POINTS) await trx.raw(sql, { id });
  }
  await trx.raw(PARENTS.riskPoint, { id });
  for (const sql of HAZARD_SOURCES) await trx.raw(sql, { id });
  await trx.raw(PARENTS.hazardSource, { id });
  for (const sql of MEASURES) await trx.raw(sql, { id });
  await trx.raw(ASSESSMENTS, { id });
}

const byId = (kind: string, table: string): string =>
  `UPDATE import_subjects s SET target_id = t.id FROM ${table} t
   WHERE s.import_id = :id AND s.kind = '${kind}' AND s.given_id IS NOT NULL AND t.id = s.given_id AND t.deleted_at IS NULL`;

/**
 * Only where its sender may know where a record came from: the index finds it, the masked view confirms it. In two
 * steps: a join by the masked column is taken for one row, and the file is then read through once for each record.
 */
const byOrigin = (kind: string, table: string): string =>
  `WITH found AS MATERIALIZED (
     SELECT o.city_code, o.id, o.origin_key FROM ${table} o
     WHERE o.deleted_at IS NULL AND o.origin_key IN (SELECT n.origin_key FROM import_subjects n
       WHERE n.import_id = :id AND n.kind = '${kind}' AND n.target_id IS NULL AND n.given_id IS NULL)),
   told AS MATERIALIZED (
     SELECT f.origin_key, min(f.id::text)::uuid AS id FROM found f
     JOIN masked.${table} m ON m.city_code = f.city_code AND m.id = f.id
     WHERE m.origin_key = f.origin_key GROUP BY f.origin_key)
   UPDATE import_subjects s SET target_id = t.id FROM told t
   WHERE s.import_id = :id AND s.kind = '${kind}' AND s.target_id IS NULL AND s.given_id IS NULL
     AND t.origin_key = s.origin_key`;

const ENTERPRISES: readonly string[] = [
  byId('enterprise', 'enterprises'),
  `UPDATE import_subjects s SET target_id = e.id FROM enterprises e
   WHERE s.import_id = :id AND s.kind = 'enterprise' AND s.target_id IS NULL AND s.given_id IS NULL
     AND e.uscc = s.content ->> 'uscc' AND e.deleted_at IS NULL`,
  byOrigin('enterprise', 'enterprises'),
];

const ENTERPRISE_BY_NAME = `
  UPDATE import_subjects s SET target_id = t.id
  FROM (SELECT e.name_zh, min(e.id::text)::uuid AS id FROM enterprises e
    JOIN import_subjects n ON n.import_id = :id AND n.kind = 'enterprise' AND n.name = e.name_zh AND n.target_id IS NULL
    WHERE e.deleted_at IS NULL GROUP BY e.name_zh HAVING count(DISTINCT e.id) = 1) AS t
  WHERE s.import_id = :id AND s.kind = 'enterprise' AND s.target_id IS NULL AND s.given_id IS NULL
    AND t.name_zh = s.name`;

/** Within its enterprise, or among those without one. */
const RISK_POINTS: readonly string[] = [
  byId('risk_point', 'risk_points'),
  byOrigin('risk_point', 'risk_points'),
  `UPDATE import_subjects s SET target_id = t.id
   FROM (SELECT rp.enterprise_id, rp.code, min(rp.id::text)::uuid AS id FROM risk_points rp
     JOIN import_subjects n ON n.import_id = :id AND n.kind = 'risk_point' AND n.code = rp.code
       AND n.parent_id = rp.enterprise_id AND n.target_id IS NULL
     WHERE rp.deleted_at IS NULL GROUP BY rp.enterprise_id, rp.code HAVING count(DISTINCT rp.id) = 1) AS t
   WHERE s.import_id = :id AND s.kind = 'risk_point' AND s.target_id IS NULL AND s.given_id IS NULL
     AND t.enterprise_id = s.parent_id AND t.code = s.code`,
  // One that was entered by hand and has neither code nor origin.
  `UPDATE import_subjects s SET target_id = t.id
   FROM (SELECT rp.enterprise_id, rp.name_zh, min(rp.id::text)::uuid AS id FROM risk_points rp
     JOIN import_subjects n ON n.import_id = :id AND n.kind = 'risk_point' AND n.name = rp.name_zh
       AND n.parent_id = rp.enterprise_id AND n.target_id IS NULL
     WHERE rp.deleted_at IS NULL AND rp.origin_key IS NULL AND (rp.code IS NULL OR n.code IS NULL)
     GROUP BY rp.enterprise_id, rp.name_zh HAVING count(DISTINCT rp.id) = 1) AS t
   WHERE s.import_id = :id AND s.kind = 'risk_point' AND s.target_id IS NULL AND s.given_id IS NULL
     AND t.enterprise_id = s.parent_id AND t.name_zh = s.name`,
];

/** Where a row only refers to a point, its code or name is enough when just one point has it. */
const NAMED_POINTS: readonly string[] = ['code', 'name'].map(
  (sign) => `
  UPDATE import_subjects s SET target_id = t.id
  FROM (SELECT rp.${sign === 'code' ? 'code' : 'name_zh'} AS sign, n.parent_id, min(rp.id::text)::uuid AS id
    FROM risk_points rp
    JOIN import_subjects n ON n.import_id = :id AND n.kind = 'risk_point' AND n.target_id IS NULL
      AND n.${sign} = rp.${sign === 'code' ? 'code' : 'name_zh'}
      AND (n.parent_id IS NULL OR n.parent_id = rp.enterprise_id)
    WHERE rp.deleted_at IS NULL GROUP BY 1, 2 HAVING count(DISTINCT rp.id) = 1) AS t
  WHERE s.import_id = :id AND s.kind = 'risk_point' AND s.target_id IS NULL AND s.given_id IS NULL
    AND t.sign = s.${sign} AND t.parent_id IS NOT DISTINCT FROM s.parent_id`,
);

const parentOf = (children: readonly string[], parent: string): string =>
  `UPDATE import_subjects s SET parent_id = p.target_id
   FROM import_subjects p
   WHERE s.import_id = :id AND p.import_id = :id AND p.row_no = s.row_no AND p.kind = '${parent}'
     AND s.kind IN (${children.map((kind) => `'${kind}'`).join(', ')}) AND p.target_id IS NOT NULL`;

const PARENTS = {
  enterprise: parentOf(['risk_point'], 'enterprise'),
  riskPoint: parentOf(['hazard_source', 'measure', 'assessment'], 'risk_point'),
  /** Of a measure and an assessment the nearest: the source where the row has one. */
  hazardSource: `
    UPDATE import_subjects s SET parent_id = p.target_id
    FROM import_subjects p
    WHERE s.import_id = :id AND p.import_id = :id AND p.row_no = s.row_no AND p.kind = 'hazard_source'
      AND s.kind IN ('measure', 'assessment')`,
};

const HAZARD_SOURCES: readonly string[] = [
  byId('hazard_source', 'hazard_sources'),
  byOrigin('hazard_source', 'hazard_sources'),
  `UPDATE import_subjects s SET target_id = t.id
   FROM (SELECT hs.risk_point_id, hs.name_zh, min(hs.id::text)::uuid AS id FROM hazard_sources hs
     JOIN import_subjects n ON n.import_id = :id AND n.kind = 'hazard_source' AND n.name = hs.name_zh
       AND n.parent_id = hs.risk_point_id AND n.target_id IS NULL
     WHERE hs.deleted_at IS NULL
     GROUP BY hs.risk_point_id, hs.name_zh HAVING count(DISTINCT hs.id) = 1) AS t
   WHERE s.import_id = :id AND s.kind = 'hazard_source' AND s.target_id IS NULL AND s.given_id IS NULL
     AND t.risk_point_id = s.parent_id AND t.name_zh = s.name`,
];

/** A measure is its own text: another text is another measure. Of a hazard source, or of a risk point itself. */
const MEASURES: readonly string[] = [
  'cm.hazard_source_id = s.parent_id',
  'cm.risk_point_id = s.parent_id AND cm.hazard_source_id IS NULL',
].map(
  (ofParent) => `
  UPDATE import_subjects s SET target_id = cm.id FROM control_measures cm
  WHERE s.import_id = :id AND s.kind = 'measure' AND cm.deleted_at IS NULL AND ${ofParent}
    AND cm.kind = s.content ->> 'kind'
    AND (cm.text_zh = s.content ->> 'textZh' OR ${sameMeasure('cm.text_zh', "s.content ->> 'textZh'")})`,
);

/** The newest of the same subject, method, basis and day that no correction stands in for. */
const ASSESSMENTS = `
  UPDATE import_subjects s SET target_id = t.id
  FROM (
    SELECT DISTINCT ON (n.row_no, n.slot) n.row_no, n.slot, a.id
    FROM import_subjects n
    JOIN assessments a ON n.parent_id = COALESCE(a.hazard_source_id, a.risk_point_id)
      AND a.method_id = n.content ->> 'method' AND a.basis = n.content ->> 'basis'
      AND a.assessed_at = (n.content ->> 'assessedAt')::timestamptz
    WHERE n.import_id = :id AND n.kind = 'assessment'
      AND NOT EXISTS (SELECT 1 FROM assessments later WHERE later.replaces = a.id AND later.city_code = a.city_code)
    ORDER BY n.row_no, n.slot, a.recorded_at DESC, a.id DESC) AS t
  WHERE s.import_id = :id AND s.row_no = t.row_no AND s.slot = t.slot`;
