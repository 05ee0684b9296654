/** Where a record came from; of one that has a place also what stood in the file and how it was converted. */
const origin = (place: 'with place' | 'without place'): string =>
  `jsonb_strip_nulls(jsonb_build_object('source', s.source, 'code', s.code, 'import', s.import_id, 'row', s.row_no)
    || ${place === 'with place' ? "COALESCE(r.original, '{}')" : "'{}'"})`;

const texts = (path: string): string =>
  `COALESCE(ARRAY(SELECT jsonb_array_elements_text(s.content -> '${path}')), '{}')`;

export const INSERT_ENTERPRISES = `
  INSERT INTO enterprises (id, name_zh, name_en, uscc, uscc_reason, lifecycle, fields, category, industry, address,
    principal_post, principal_name, given_region, geom, attributes, origin, origin_key)
  SELECT s.new_id, COALESCE(s.content ->> 'nameZh', s.name), s.content ->> 'nameEn', s.content ->> 'uscc',
    s.content ->> 'usccReason', COALESCE(s.content ->> 'lifecycle', 'running'), ${texts('fields')},
    s.content ->> 'category', s.content ->> 'industry', s.content ->> 'address', s.content -> 'principalPost',
    s.content ->> 'principalName', r.given_region,
    CASE WHEN GeometryType(r.place) = 'POINT' THEN r.place ELSE ST_PointOnSurface(r.place) END,
    COALESCE(s.content -> 'attributes', '{}'), ${origin('with place')}, s.origin_key
  FROM import_subjects s JOIN import_results r ON r.import_id = s.import_id AND r.row_no = s.row_no
  WHERE s.import_id = :id AND s.kind = 'enterprise' AND s.is_lead AND s.status = 'new'
  ORDER BY s.row_no`;

/** A point without an enterprise is one of a public place: another kind is refused by the checks. */
export const INSERT_POINTS = `
  INSERT INTO risk_points (id, enterprise_id, enterprise_city_code, code, name_zh, name_en, kind, lifecycle, fields,
    category, control_level, department, post, person, location, given_region, geom, exists_from, attributes, origin,
    origin_key)
  SELECT s.new_id, e.id, e.city_code, s.content ->> 'code', COALESCE(s.content ->> 'nameZh', s.name),
    s.content ->> 'nameEn',
    COALESCE(s.content ->> 'kind', CASE WHEN e.id IS NULL THEN 'public_place' ELSE 'facility' END),
    COALESCE(s.content ->> 'lifecycle', 'running'), ${texts('fields')},
    s.content ->> 'category', s.content ->> 'controlLevel', s.content -> 'department', s.content -> 'post',
    s.content ->> 'person', s.content ->> 'location', r.given_region, r.place, CAST(:now AS timestamptz),
    COALESCE(s.content -> 'attributes', '{}'), ${origin('with place')}, s.origin_key
  FROM import_subjects s JOIN import_results r ON r.import_id = s.import_id AND r.row_no = s.row_no
  LEFT JOIN enterprises e ON e.id = s.parent_id
  WHERE s.import_id = :id AND s.kind = 'risk_point' AND s.is_lead AND s.status = 'new'
  ORDER BY s.row_no`;

export const INSERT_SOURCES = `
  INSERT INTO hazard_sources (city_code, id, risk_point_id, name_zh, name_en, kind, category, accident_types,
    attributes, origin, origin_key)
  SELECT rp.city_code, s.new_id, rp.id, COALESCE(s.content ->> 'nameZh', s.name), s.content ->> 'nameEn',
    COALESCE(s.content ->> 'kind', 'activity'), s.content ->> 'category',
    COALESCE(s.content -> 'accidentTypes', '[]'), COALESCE(s.content -> 'attributes', '{}'),
    ${origin('without place')}, s.origin_key
  FROM import_subjects s JOIN risk_points rp ON rp.id = s.parent_id
  WHERE s.import_id = :id AND s.kind = 'hazard_source' AND s.is_lead AND s.status = 'new'
  ORDER BY s.row_no`;

export const INSERT_MEASURES = `
  INSERT INTO control_measures (city_code, id, risk_point_id, hazard_source_id, kind, text_zh, text_en)
  SELECT rp.city_code, s.new_id, rp.id, hs.id, s.content ->> 'kind', s.content ->> 'textZh', s.content ->> 'textEn'
  FROM import_subjects s
  LEFT JOIN hazard_sources hs ON hs.id = s.parent_id
  JOIN risk_points rp ON rp.id = COALESCE(hs.risk_point_id, s.parent_id)
  WHERE s.import_id = :id AND s.kind = 'measure' AND s.is_lead AND s.status = 'new'
  ORDER BY s.row_no, s.slot`;

/** Records that were made: their children in other rows find them. */
export const ADOPT = `
  UPDATE import_subjects s SET target_id = l.new_id
  FROM import_subjects l
  WHERE s.import_id = :id AND s.kind = :kind AND s.target_id IS NULL
    AND l.import_id = :id AND l.kind = s.kind AND l.group_key = s.group_key AND l.is_lead AND l.status = 'new'`;

export const HAND_DOWN = `
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
export const HAS_MOVED = `s.changes @> '[{"field": "place"}]' OR s.changes @> '[{"field": "regionCode"}]'`;

const common = (
  place: 'with place' | 'without place',
): string => `version = t.version + 1, updated_at = now(), name_zh = ${given('nameZh', 'name_zh')},
  name_en = ${given('nameEn', 'name_en')}, category = ${given('category', 'category')},
  attributes = t.attributes || COALESCE(s.content -> 'attributes', '{}'),
  origin = COALESCE(t.origin, '{}') || ${origin(place)}, origin_key = COALESCE(t.origin_key, s.origin_key)`;

const fromChanged = (kind: string): string => `
  FROM import_subjects s JOIN import_results r ON r.import_id = s.import_id AND r.row_no = s.row_no
  WHERE s.import_id = :id AND s.kind = '${kind}' AND s.is_lead AND s.status = 'changed' AND t.id = s.target_id`;

export const UPDATE_ENTERPRISES = `
  UPDATE enterprises t SET ${common('with place')}, uscc = ${given('uscc', 'uscc')},
    uscc_reason = CASE WHEN s.content ->> 'uscc' IS NULL THEN t.uscc_reason ELSE s.content ->> 'usccReason' END,
    lifecycle = ${given('lifecycle', 'lifecycle')}, fields = ${givenList('fields', 'fields')},
    industry = ${given('industry', 'industry')}, address = ${given('address', 'address')},
    principal_post = ${givenJson('principalPost', 'principal_post')},
    principal_name = ${given('principalName', 'principal_name')},
    given_region = CASE WHEN ${HAS_MOVED} THEN COALESCE(r.given_region, t.given_region) ELSE t.given_region END,
    geom = CASE WHEN s.changes @> '[{"field": "place"}]' THEN
      CASE WHEN GeometryType(r.place) = 'POINT' THEN r.place ELSE ST_PointOnSurface(r.place) END ELSE t.geom END
  ${fromChanged('enterprise')}`;

export const UPDATE_POINTS = `
  UPDATE risk_points t SET ${common('with place')}, code = ${given('code', 'code')}, kind = ${given('kind', 'kind')},
    lifecycle = ${given('lifecycle', 'lifecycle')}, fields = ${givenList('fields', 'fields')},
    control_level = ${given('controlLevel', 'control_level')}, department = ${givenJson('department', 'department')},
    post = ${givenJson('post', 'post')}, person = ${given('person', 'person')},
    location = ${given('location', 'location')},
    given_region = CASE WHEN ${HAS_MOVED} THEN COALESCE(r.given_region, t.given_region) ELSE t.given_region END,
    geom = CASE WHEN s.changes @> '[{"field": "place"}]' THEN r.place ELSE t.geom END
  ${fromChanged('risk_point')}`;

export const MOVE_TO_OWNER = `
  UPDATE risk_points t SET enterprise_id = e.id, enterprise_city_code = e.city_code
  FROM import_subjects s JOIN enterprises e ON e.id = s.parent_id
  WHERE s.import_id = :id AND s.kind = 'risk_point' AND s.is_lead AND s.status = 'changed' AND t.id = s.target_id
    AND s.changes @> '[{"field": "enterprise"}]'`;

export const UPDATE_SOURCES = `
  UPDATE hazard_sources t SET ${common('without place')},
    kind = ${given('kind', 'kind')}, accident_types = COALESCE(s.content -> 'accidentTypes', t.accident_types)
  ${fromChanged('hazard_source')}`;

/** A lifecycle that a file gives holds from now on; the first one from the beginning of the point. */
export const LIFECYCLES = `
  INSERT INTO lifecycle_changes (city_code, risk_point_id, at, lifecycle)
  SELECT rp.city_code, rp.id, CASE s.status WHEN 'new' THEN rp.exists_from
    ELSE GREATEST(CAST(:now AS timestamptz), c.last + interval '1 millisecond') END, rp.lifecycle
  FROM import_subjects s JOIN risk_points rp ON rp.id = s.target_id
  CROSS JOIN LATERAL (SELECT max(lc.at) AS last FROM lifecycle_changes lc
    WHERE lc.city_code = rp.city_code AND lc.risk_point_id = rp.id) AS c
  WHERE s.import_id = :id AND s.kind = 'risk_point' AND s.is_lead
    AND (s.status = 'new' AND rp.lifecycle <> 'running' OR s.changes @> '[{"field": "lifecycle"}]')`;
