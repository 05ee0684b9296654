import type { Knex } from 'knex';
import { lockCreditCodes } from '#server/db/credit-code-lock.ts';
import type { AssessmentValues } from '#server/domain/import/evaluated-row.ts';

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

/** Where a record came from; of one that has a place also what stood in the file and how it was converted. */
const origin = (place: 'with place' | 'without place'): string =>
  `jsonb_strip_nulls(jsonb_build_object('source', s.source, 'code', s.code, 'import', s.import_id, 'row', s.row_no)
    || ${place === 'with place' ? "COALESCE(r.original, '{}')" : "'{}'"})`;

const texts = (path: string): string =>
  `COALESCE(ARRAY(SELECT jsonb_array_elements_text(s.content -> '${path}')), '{}')`;

const INSERT_ENTERPRISES = `
  INSERT INTO enterprises (id, name_zh, name_en, uscc, uscc_reason, lifecycle, fields, category, industry, address,
    principal_post, principal_name, given_region, geom, attributes, origin, origin_key)
  SELECT s.new_id, COALESCE(s.content ->> 'nameZh', s.name), s.content ->> 'nameEn', s.content ->> 'uscc', s.content ->> 'usccReason',
    COALESCE(s.content ->> 'lifecycle', 'running'), ${texts('fields')}, s.content ->> 'category',
    s.content ->> 'industry', s.content ->> 'address', s.content -> 'principalPost', s.content ->> 'principalName',
    r.given_region, CASE WHEN GeometryType(r.place) = 'POINT' THEN r.place ELSE ST_PointOnSurface(r.place) END,
    COALESCE(s.content -> 'attributes', '{}'), ${origin('with place')}, s.origin_key
  FROM import_subjects s JOIN import_results r ON r.import_id = s.import_id AND r.row_no = s.row_no
  WHERE s.import_id = :id AND s.kind = 'enterprise' AND s.is_lead AND s.status = 'new'
  ORDER BY s.row_no`;

/** A point without an enterprise is one of a public place: another kind is refused by the checks. */
const INSERT_POINTS = `
  INSERT INTO risk_points (id, enterprise_id, enterprise_city_code, code, name_zh, name_en, kind, lifecycle, fields,
    category, control_level, department, post, person, location, given_region, geom, exists_from, attributes, origin,
    origin_key)
  SELECT s.new_id, e.id, e.city_code, s.content ->> 'code', COALESCE(s.content ->> 'nameZh', s.name), s.content ->> 'nameEn',
    COALESCE(s.content ->> 'kind', CASE WHEN e.id IS NULL THEN 'public_place' ELSE 'facility' END), COALESCE(s.content ->> 'lifecycle', 'running'), ${texts('fields')},
    s.content ->> 'category', s.content ->> 'controlLevel', s.content -> 'department', s.content -> 'post',
    s.content ->> 'person', s.content ->> 'location', r.given_region, r.place, CAST(:now AS timestamptz),
    COALESCE(s.content -> 'attributes', '{}'), ${origin('with place')}, s.origin_key
  FROM import_subjects s JOIN import_results r ON r.import_id = s.import_id AND r.row_no = s.row_no
  LEFT JOIN enterprises e ON e.id = s.parent_id
  WHERE s.import_id = :id AND s.kind = 'risk_point' AND s.is_lead AND s.status = 'new'
  ORDER BY s.row_no`;

const INSERT_SOURCES = `
  INSERT INTO hazard_sources (city_code, id, risk_point_id, name_zh, name_en, kind, category, accident_types,
    attributes, origin, origin_key)
  SELECT rp.city_code, s.new_id, rp.id, COALESCE(s.content ->> 'nameZh', s.name), s.content ->> 'nameEn',
    COALESCE(s.content ->> 'kind', 'activity'), s.content ->> 'category',
    COALESCE(s.content -> 'accidentTypes', '[]'), COALESCE(s.content -> 'attributes', '{}'),
    ${origin('without place')}, s.origin_key
  FROM import_subjects s JOIN risk_points rp ON rp.id = s.parent_id
  WHERE s.import_id = :id AND s.kind = 'hazard_source' AND s.is_lead AND s.status = 'new'
  ORDER BY s.row_no`;

const INSERT_MEASURES = `
  INSERT INTO control_measures (city_code, id, risk_point_id, hazard_source_id, kind, text_zh, text_en)
  SELECT rp.city_code, s.new_id, rp.id, hs.id, s.content ->> 'kind', s.content ->> 'textZh', s.content ->> 'textEn'
  FROM import_subjects s
  LEFT JOIN hazard_sources hs ON hs.id = s.parent_id
  JOIN risk_points rp ON rp.id = COALESCE(hs.risk_point_id, s.parent_id)
  WHERE s.import_id = :id AND s.kind = 'measure' AND s.is_lead AND s.status = 'new'
  ORDER BY s.row_no, s.slot`;

/** Records that were made: their children in other rows find them. */
const ADOPT = `
  UPDATE import_subjects s SET target_id = l.new_id
  FROM import_subjects l
  WHERE s.import_id = :id AND s.kind = :kind AND s.target_id IS NULL
    AND l.import_id = :id AND l.kind = s.kind AND l.group_key = s.group_key AND l.is_lead AND l.status = 'new'`;

const HAND_DOWN = `
  UPDATE import_subjects s SET parent_id = p.target_id FROM import_subjects p
  WHERE s.import_id = :id AND p.import_id = :id AND p.row_no = s.row_no AND p.kind = :kind
    AND s.kind = ANY (:children) AND p.target_id IS NOT NULL`;

/** Every part of a record that a file may say; what it does not say keeps its value. */
const given = (key: string, column: string): string =>
  `COALESCE(s.content ->> '${key}', t.${column})`;
const givenJson = (key: string, column: string): string =>
  `CASE WHEN s.content ->> '${key}' IS NULL THEN t.${column}
    ELSE COALESCE(t.${column}, '{}') || jsonb_strip_nulls(s.content -> '${key}') END`;
const givenList = (key: string, column: string): string =>
  `CASE WHEN s.content ->> '${key}' IS NULL THEN t.${column} ELSE ${texts(key)} END`;
const HAS_MOVED = `s.changes @> '[{"field": "place"}]' OR s.changes @> '[{"field": "regionCode"}]'`;

const common = (
  place: 'with place' | 'without place',
): string => `version = t.version + 1, updated_at = now(), name_zh = ${given('nameZh', 'name_zh')},
  name_en = ${given('nameEn', 'name_en')}, category = ${given('category', 'category')},
  attributes = t.attributes || COALESCE(s.content -> 'attributes', '{}'),
  origin = COALESCE(t.origin, '{}') || ${origin(place)}, origin_key = COALESCE(t.origin_key, s.origin_key)`;

const FROM_CHANGED = (kind: string): string => `
  FROM import_subjects s JOIN import_results r ON r.import_id = s.import_id AND r.row_no = s.row_no
  WHERE s.import_id = :id AND s.kind = '${kind}' AND s.is_lead AND s.status = 'changed' AND t.id = s.target_id`;

const UPDATE_ENTERPRISES = `
  UPDATE enterprises t SET ${common('with place')}, uscc = ${given('uscc', 'uscc')},
    uscc_reason = CASE WHEN s.content ->> 'uscc' IS NULL THEN t.uscc_reason ELSE s.content ->> 'usccReason' END,
    lifecycle = ${given('lifecycle', 'lifecycle')}, fields = ${givenList('fields', 'fields')},
    industry = ${given('industry', 'industry')}, address = ${given('address', 'address')},
    principal_post = ${givenJson('principalPost', 'principal_post')},
    principal_name = ${given('principalName', 'principal_name')},
    given_region = CASE WHEN ${HAS_MOVED} THEN COALESCE(r.given_region, t.given_region) ELSE t.given_region END,
    geom = CASE WHEN s.changes @> '[{"field": "place"}]' THEN
      CASE WHEN GeometryType(r.place) = 'POINT' THEN r.place ELSE ST_PointOnSurface(r.place) END ELSE t.geom END
  ${FROM_CHANGED('enterprise')}`;

const UPDATE_POINTS = `
  UPDATE risk_points t SET ${common('with place')}, code = ${given('code', 'code')}, kind = ${given('kind', 'kind')},
    lifecycle = ${given('lifecycle', 'lifecycle')}, fields = ${givenList('fields', 'fields')},
    control_level = ${given('controlLevel', 'control_level')}, department = ${givenJson('department', 'department')},
    post = ${givenJson('post', 'post')}, person = ${given('person', 'person')},
    location = ${given('location', 'location')},
    given_region = CASE WHEN ${HAS_MOVED} THEN COALESCE(r.given_region, t.given_region) ELSE t.given_region END,
    geom = CASE WHEN s.changes @> '[{"field": "place"}]' THEN r.place ELSE t.geom END
  ${FROM_CHANGED('risk_point')}`;

const MOVE_TO_OWNER = `
  UPDATE risk_points t SET enterprise_id = e.id, enterprise_city_code = e.city_code
  FROM import_subjects s JOIN enterprises e ON e.id = s.parent_id
  WHERE s.import_id = :id AND s.kind = 'risk_point' AND s.is_lead AND s.status = 'changed' AND t.id = s.target_id
    AND s.changes @> '[{"field": "enterprise"}]'`;

const UPDATE_SOURCES = `
  UPDATE hazard_sources t SET ${common('without place')},
    kind = ${given('kind', 'kind')}, accident_types = COALESCE(s.content -> 'accidentTypes', t.accident_types)
  ${FROM_CHANGED('hazard_source')}`;

/** A lifecycle that a file gives holds from now on; the first one from the beginning of the point. */
const LIFECYCLES = `
  INSERT INTO lifecycle_changes (city_code, risk_point_id, at, lifecycle)
  SELECT rp.city_code, rp.id, CASE s.status WHEN 'new' THEN rp.exists_from
    ELSE GREATEST(CAST(:now AS timestamptz), c.last + interval '1 millisecond') END, rp.lifecycle
  FROM import_subjects s JOIN risk_points rp ON rp.id = s.target_id
  CROSS JOIN LATERAL (SELECT max(lc.at) AS last FROM lifecycle_changes lc
    WHERE lc.city_code = rp.city_code AND lc.risk_point_id = rp.id) AS c
  WHERE s.import_id = :id AND s.kind = 'risk_point' AND s.is_lead
    AND (s.status = 'new' AND rp.lifecycle <> 'running' OR s.changes @> '[{"field": "lifecycle"}]')`;

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
