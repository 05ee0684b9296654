import type { ImportKind } from '#server/domain/import/import-kind.ts';
import type { Check, CheckedField } from './import-check.ts';

const outside: Check = {
  as: 'warnings',
  kinds: ['enterprises', 'risk-points'],
  field: 'place',
  problem: { zh: '位置不在任何已知行政区内', en: 'The place lies outside every known region' },
  expected: {
    zh: '请核对坐标、经纬度顺序和坐标系',
    en: 'Check the coordinates, their order and their datum',
  },
  sql: `SELECT r.row_no, ST_X(ST_PointOnSurface(r.place))::text || ', ' || ST_Y(ST_PointOnSurface(r.place))::text AS value
    FROM import_results r LEFT JOIN regions g ON g.code = r.region
    WHERE r.import_id = :id AND r.place IS NOT NULL AND COALESCE(g.city_code, '000000') = '000000'`,
};

const notMine: Check = {
  as: 'faults',
  kinds: ['enterprises', 'risk-points'],
  needsPlaces: true,
  field: 'place',
  problem: {
    zh: '超出您可以更改的行政区、行业领域或企业范围',
    en: 'Lies outside the regions, fields or enterprise that you may change',
  },
  expected: { zh: '您的授权范围内的记录', en: 'A record within what you were granted' },
  sql: `SELECT DISTINCT r.row_no, g.names ->> 'zh' AS value
    FROM import_results r
    JOIN import_subjects s ON s.import_id = r.import_id AND s.row_no = r.row_no AND s.kind = :main
    LEFT JOIN regions g ON g.code = r.region
    WHERE r.import_id = :id AND r.place IS NOT NULL AND NOT (SELECT scope_all('risk.write'))
      AND NOT in_write_scope(COALESCE(g.city_code, '000000'), r.region, jurisdiction_at(ST_PointOnSurface(r.place)),
        ARRAY(SELECT jsonb_array_elements_text(CASE jsonb_typeof(s.content -> 'fields') WHEN 'array'
          THEN s.content -> 'fields' ELSE '[]' END)),
        CASE s.kind WHEN 'enterprise' THEN COALESCE(s.target_id, s.new_id) ELSE s.parent_id END)`,
};

/** The record itself, wherever the row says it is: one may be seen with it and changed by others only. */
const recordNotMine = (kinds: readonly ImportKind[], field: CheckedField): Check => ({
  as: 'faults',
  kinds,
  field,
  problem: notMine.problem,
  expected: notMine.expected,
  sql:
    field === 'enterpriseId'
      ? `SELECT s.row_no, s.name AS value FROM import_subjects s JOIN enterprises e ON e.id = s.target_id
    WHERE s.import_id = :id AND s.kind = 'enterprise' AND NOT (SELECT scope_all('risk.write'))
      AND NOT in_write_scope(e.city_code, e.region, e.jurisdiction_id, e.fields, e.id)`
      : `SELECT s.row_no, s.name AS value FROM import_subjects s JOIN risk_points p ON p.id = s.target_id
    WHERE s.import_id = :id AND s.kind = 'risk_point' AND NOT (SELECT scope_all('risk.write'))
      AND NOT in_write_scope(p.city_code, p.region, p.jurisdiction_id, p.fields, p.enterprise_id)`,
});

const outsideStated: Check = {
  as: 'warnings',
  kinds: ['enterprises', 'risk-points'],
  field: 'stated',
  problem: {
    zh: '位置不在该行所填、或本次导入所选的行政区内',
    en: 'The place lies outside the region that the row, or the import, names',
  },
  expected: { zh: '位置所在的行政区', en: 'The region that holds the place' },
  sql: `SELECT r.row_no, COALESCE(r.stated ->> 'code', NULLIF(concat_ws(' ', r.stated ->> 'city', r.stated ->> 'county'), ''),
      :region) AS value
    FROM import_results r JOIN regions g ON g.code = r.region
    WHERE r.import_id = :id AND COALESCE(r.given_region, :region) IS NOT NULL
      AND NOT COALESCE(r.given_region, :region) = ANY (g.path)`,
};

/** About where the rows of a file lie. */
export const PLACE_CHECKS: readonly Check[] = [
  outside,
  notMine,
  recordNotMine(['enterprises'], 'enterpriseId'),
  recordNotMine(['risk-points', 'hazard-sources', 'assessments'], 'riskPointId'),
  outsideStated,
];
