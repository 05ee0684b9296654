import type { Knex } from 'knex';
import { sameLine, sameLines } from './same-text.sql.ts';

/**
 * The present values of a record under the names that the content of a subject uses. A file may name a record that its
 * sender sees but does not work on: what is restricted of it is not compared, whatever the transaction is.
 */
const CURRENT: Readonly<Record<string, string>> = {
  enterprise: `
    SELECT e.id, jsonb_build_object('nameZh', e.name_zh, 'nameEn', e.name_en, 'uscc', e.uscc,
      'usccReason', e.uscc_reason, 'lifecycle', e.lifecycle,
      'fields', (SELECT COALESCE(jsonb_agg(f ORDER BY f), '[]') FROM unnest(e.fields) AS f),
      'category', e.category, 'industry', e.industry, 'address', e.address, 'principalPost', e.principal_post,
      'principalName', e.principal_name) AS stored, e.attributes, e.geom, e.given_region, NULL::uuid AS owner
    FROM masked.enterprises e`,
  risk_point: `
    SELECT rp.id, jsonb_build_object('nameZh', rp.name_zh, 'nameEn', rp.name_en, 'code', rp.code, 'kind', rp.kind,
      'lifecycle', rp.lifecycle,
      'fields', (SELECT COALESCE(jsonb_agg(f ORDER BY f), '[]') FROM unnest(rp.fields) AS f),
      'category', rp.category, 'controlLevel', rp.control_level, 'department', rp.department, 'post', rp.post,
      'person', rp.person, 'location', rp.location) AS stored, rp.attributes, rp.geom, rp.given_region,
      rp.enterprise_id AS owner
    FROM masked.risk_points rp`,
  hazard_source: `
    SELECT hs.id, jsonb_build_object('nameZh', hs.name_zh, 'nameEn', hs.name_en, 'kind', hs.kind,
      'category', hs.category, 'accidentTypes', hs.accident_types) AS stored, hs.attributes,
      NULL::geometry AS geom, NULL::text AS given_region, hs.risk_point_id AS owner
    FROM masked.hazard_sources hs`,
};

/** Metres within which a place is the same: a datum converted there and back moves a point by less. */
const SAME_PLACE_METRES = 0.2;
/** Degrees (about 0.2 m) by which the vertices of a shape may differ. */
const SAME_SHAPE_DEGREES = 0.000002;

/** The kinds of record that a kind of import writes, and the one whose place its rows tell. */
export type WrittenKinds = { readonly written: readonly string[]; readonly placed: string };

/**
 * Compares the leading subject of each group with its record, field by field, and says what a commit would do. Only
 * what the file names is compared: an empty cell leaves what is stored alone. Kinds
 * of record that the import does not write are only referred to.
 */
export async function compareSubjects(
  trx: Knex.Transaction,
  id: string,
  { written, placed }: WrittenKinds,
): Promise<void> {
  await trx.raw(
    `UPDATE import_subjects s SET changes = '[]', status = n.status
     FROM (SELECT o.row_no, o.slot, CASE
         WHEN o.kind <> ALL (:written) OR NOT o.is_lead OR o.target_id IS NOT NULL THEN 'unchanged' ELSE 'new' END AS status
       FROM import_subjects o WHERE o.import_id = :id) AS n
     WHERE s.import_id = :id AND s.row_no = n.row_no AND s.slot = n.slot
       AND (s.status IS DISTINCT FROM n.status OR s.changes <> '[]')`,
    { id, written: [...written] },
  );
  for (const [kind, current] of Object.entries(CURRENT)) {
    if (written.includes(kind)) await trx.raw(fieldChanges(current), { id, kind, placed });
  }
  await trx.raw(
    `UPDATE import_subjects s SET status = 'changed', changes = found.changes
     FROM (
       SELECT n.row_no, n.slot, jsonb_agg(jsonb_build_object('field', d.field, 'before', d.before, 'after', d.after)
         ORDER BY d.field) AS changes
       FROM import_subjects n
       JOIN assessments a ON a.id = n.target_id
       CROSS JOIN LATERAL (
         SELECT 'inputs' AS field, a.inputs AS before, n.content -> 'inputs' AS after
         WHERE a.inputs <> n.content -> 'inputs'
         UNION ALL
         SELECT 'version', to_jsonb(a.variant || '@' || a.revision), n.content -> 'version'
         WHERE n.content ->> 'version' NOT IN (a.variant, a.variant || '@' || a.revision)
       ) AS d
       WHERE n.import_id = :id AND n.kind = 'assessment' AND n.is_lead
       GROUP BY n.row_no, n.slot) AS found
     WHERE s.import_id = :id AND s.row_no = found.row_no AND s.slot = found.slot`,
    { id },
  );
}

const fieldChanges = (current: string): string => `
  UPDATE import_subjects s SET status = 'changed', changes = found.changes
  FROM (
    SELECT n.row_no, n.slot, jsonb_agg(jsonb_build_object('field', d.field, 'before', d.before, 'after', d.after)
      ORDER BY d.field) AS changes
    FROM import_subjects n
    JOIN import_results r ON r.import_id = n.import_id AND r.row_no = n.row_no
    JOIN (${current}) AS c ON c.id = n.target_id
    CROSS JOIN LATERAL (
      SELECT v.key AS field, c.stored -> v.key AS before, v.value AS after
      FROM jsonb_each(n.content - 'attributes') AS v WHERE NOT same_value(c.stored -> v.key, v.value)
        AND NOT ${sameLine('c.stored ->> v.key', "v.value #>> '{}'")}
        AND NOT ${sameLine("c.stored -> v.key ->> 'zh'", "v.value ->> 'zh'")}
      UNION ALL
      SELECT 'attributes.' || v.key, c.attributes -> v.key, v.value
      FROM jsonb_each(COALESCE(n.content -> 'attributes', '{}')) AS v
      WHERE (c.attributes -> v.key) IS DISTINCT FROM v.value
        AND NOT ${sameLines('c.attributes ->> v.key', "v.value #>> '{}'")}
      UNION ALL
      SELECT 'place', ST_AsGeoJSON(c.geom, 7)::jsonb, ST_AsGeoJSON(r.place, 7)::jsonb
      WHERE c.geom IS NOT NULL AND r.place IS NOT NULL AND :kind = :placed AND (
        GeometryType(c.geom) <> GeometryType(r.place)
        OR CASE WHEN GeometryType(c.geom) = 'POINT' THEN ST_DistanceSphere(c.geom, r.place) > ${SAME_PLACE_METRES}
          ELSE ST_HausdorffDistance(c.geom, r.place) > ${SAME_SHAPE_DEGREES} END)
      UNION ALL
      SELECT 'regionCode', to_jsonb(c.given_region), to_jsonb(r.given_region)
      WHERE r.given_region IS NOT NULL AND :kind = :placed
        AND c.given_region IS DISTINCT FROM r.given_region
      UNION ALL
      SELECT 'enterprise', to_jsonb(c.owner), to_jsonb(p.name)
      FROM import_subjects p
      WHERE p.import_id = n.import_id AND p.row_no = n.row_no AND n.kind = 'risk_point' AND p.kind = 'enterprise'
        AND p.target_id IS DISTINCT FROM c.owner
    ) AS d
    WHERE n.import_id = :id AND n.kind = :kind AND n.is_lead
    GROUP BY n.row_no, n.slot) AS found
  WHERE s.import_id = :id AND s.row_no = found.row_no AND s.slot = found.slot`;
