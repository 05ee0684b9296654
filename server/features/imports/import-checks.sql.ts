import type { Bilingual } from '#server/domain/bilingual.ts';
import type { Check, CheckedField } from './import-check.ts';
import { PLACE_CHECKS } from './import-place-checks.sql.ts';

const noRecord = (kind: string, field: CheckedField): Check => ({
  as: 'faults',
  field,
  problem: {
    zh: '登记库中没有此系统编号的记录',
    en: 'No record of the register has this identifier',
  },
  expected: {
    zh: '登记库导出文件中的系统编号，或留空',
    en: 'An identifier from an export, or nothing',
  },
  sql: `SELECT s.row_no, s.given_id::text AS value FROM import_subjects s
    WHERE s.import_id = :id AND s.kind = '${kind}' AND s.given_id IS NOT NULL AND s.target_id IS NULL`,
});

const unknownPoint: Check = {
  as: 'faults',
  kinds: ['hazard-sources', 'assessments'],
  field: 'riskPointName',
  problem: {
    zh: '登记库中找不到该风险点，或有多个同名风险点',
    en: 'The register has no such risk point, or several',
  },
  expected: {
    zh: '已登记风险点的系统编号，或企业名称加风险点编号或名称',
    en: 'The identifier of a risk point, or enterprise with code or name of the point',
  },
  sql: `SELECT s.row_no, s.name AS value FROM import_subjects s
    WHERE s.import_id = :id AND s.kind = 'risk_point' AND s.target_id IS NULL AND s.given_id IS NULL`,
};

const unknownSource: Check = {
  as: 'faults',
  kinds: ['assessments'],
  field: 'hazardSourceName',
  problem: { zh: '该风险点下找不到此危险源', en: 'The risk point has no such hazard source' },
  expected: { zh: '已登记的危险源名称', en: 'The name of a registered hazard source' },
  sql: `SELECT s.row_no, s.name AS value FROM import_subjects s
    WHERE s.import_id = :id AND s.kind = 'hazard_source' AND s.target_id IS NULL AND s.given_id IS NULL`,
};

const noPlace = (kind: 'enterprise' | 'risk_point', problem: Bilingual): Check => ({
  as: 'faults',
  kinds: ['enterprises', 'risk-points'],
  needsPlaces: true,
  field: 'place',
  problem,
  expected: { zh: '经度和纬度', en: 'Longitude and latitude' },
  sql: `SELECT s.row_no, s.name AS value FROM import_subjects s
    JOIN import_results r ON r.import_id = s.import_id AND r.row_no = s.row_no
    WHERE s.import_id = :id AND s.kind = '${kind}' AND s.target_id IS NULL AND r.place IS NULL AND r.faults = '[]'
      AND r.found_faults = '[]'`,
});

const ownerless: Check = {
  as: 'faults',
  kinds: ['risk-points'],
  field: 'riskPointKind',
  problem: {
    zh: '不属于企业的风险点只能是公共场所',
    en: 'Only a public place may be without an enterprise',
  },
  expected: {
    zh: '填写所属企业，或将类型改为“公共场所”，或留空',
    en: 'The enterprise it belongs to, or the kind Public place, or nothing',
  },
  // A record keeps its enterprise, and the kind that it has: only what the file would change is looked at.
  sql: `SELECT s.row_no, COALESCE(o.fixes ->> CAST(:column AS text), o.cells ->> CAST(:at AS int)) AS value
    FROM import_subjects s
    JOIN import_rows o ON o.import_id = s.import_id AND o.row_no = s.row_no
    LEFT JOIN import_subjects e ON e.import_id = :id AND e.row_no = s.row_no AND e.kind = 'enterprise'
    LEFT JOIN risk_points rp ON rp.id = s.target_id
    WHERE s.import_id = :id AND s.kind = 'risk_point' AND s.content ->> 'kind' <> 'public_place'
      AND e.row_no IS NULL AND rp.enterprise_id IS NULL AND s.content ->> 'kind' IS DISTINCT FROM rp.kind`,
};

const takenCode: Check = {
  as: 'faults',
  kinds: ['enterprises', 'risk-points'],
  field: 'uscc',
  problem: {
    zh: '统一社会信用代码已属于另一家企业',
    en: 'The unified code belongs to another enterprise',
  },
  expected: { zh: '每家企业一个代码', en: 'One code for one enterprise' },
  // Of the file the first that has it keeps it.
  sql: `SELECT s.row_no, s.content ->> 'uscc' AS value FROM import_subjects s
      JOIN enterprises e ON e.uscc = s.content ->> 'uscc' AND e.deleted_at IS NULL
        AND e.id IS DISTINCT FROM s.target_id
      WHERE s.import_id = :id AND s.kind = 'enterprise'
    UNION SELECT s.row_no, f.uscc FROM import_subjects s
      JOIN (SELECT DISTINCT ON (o.content ->> 'uscc') o.content ->> 'uscc' AS uscc, o.group_key FROM import_subjects o
        WHERE o.import_id = :id AND o.kind = 'enterprise' AND o.content ->> 'uscc' IS NOT NULL
        ORDER BY o.content ->> 'uscc', o.row_no) AS f ON f.uscc = s.content ->> 'uscc' AND f.group_key <> s.group_key
      WHERE s.import_id = :id AND s.kind = 'enterprise'`,
};

const otherPoint: Check = {
  as: 'faults',
  kinds: ['risk-points', 'hazard-sources'],
  field: 'riskPointName',
  problem: {
    zh: '该危险源属于另一风险点，导入不移动危险源',
    en: 'The hazard source belongs to another risk point; an import does not move it',
  },
  expected: { zh: '危险源所属的风险点', en: 'The risk point of the hazard source' },
  sql: `SELECT s.row_no, p.name AS value FROM import_subjects s
    JOIN hazard_sources hs ON hs.id = s.target_id
    JOIN import_subjects p ON p.import_id = s.import_id AND p.row_no = s.row_no AND p.kind = 'risk_point'
      AND p.target_id IS DISTINCT FROM hs.risk_point_id
    WHERE s.import_id = :id AND s.kind = 'hazard_source'`,
};

const sameRecordTwice: Check = {
  as: 'faults',
  field: null,
  problem: { zh: '与前面的行指向同一条记录', en: 'Means the same record as a row above' },
  expected: { zh: '每条记录一行', en: 'One row for each record' },
  sql: `SELECT s.row_no, s.name AS value FROM import_subjects s
    JOIN (SELECT o.kind, o.target_id, min(o.row_no) AS first_row,
        (array_agg(o.group_key ORDER BY o.row_no))[1] AS first_group
      FROM import_subjects o WHERE o.import_id = :id AND o.target_id IS NOT NULL
        AND o.kind IN ('enterprise', 'risk_point', 'hazard_source')
      GROUP BY o.kind, o.target_id HAVING count(DISTINCT o.group_key) > 1) AS t
      ON t.kind = s.kind AND t.target_id = s.target_id
    WHERE s.import_id = :id AND s.row_no > t.first_row AND s.kind = :main
      AND s.group_key <> t.first_group`,
};

// Without a source a code belongs to its enterprise: only there is it the same one.
const repeatedCode: Check = {
  as: 'warnings',
  field: 'code',
  problem: {
    zh: '编号在文件中重复，按名称识别',
    en: 'The code is repeated in the file; the name identifies the row',
  },
  expected: null,
  sql: `SELECT s.row_no, s.code AS value FROM import_subjects s
    WHERE s.import_id = :id AND s.kind = :main AND s.code_key IN (
      SELECT o.code_key FROM import_subjects o WHERE o.import_id = :id AND o.kind = :main AND o.code_key IS NOT NULL
      GROUP BY o.code_key HAVING count(DISTINCT o.group_key) > 1)
    UNION SELECT c.row_no, c.code FROM (
      SELECT o.row_no, o.code, min(o.group_key) OVER same AS first, max(o.group_key) OVER same AS last
      FROM import_subjects o
      LEFT JOIN import_subjects w ON :main = 'risk_point' AND w.import_id = :id AND w.row_no = o.row_no
        AND w.kind = 'enterprise'
      WHERE o.import_id = :id AND o.kind = :main AND o.code IS NOT NULL AND o.code_key IS NULL
      WINDOW same AS (PARTITION BY w.group_key, o.code)) AS c
    WHERE c.first <> c.last`,
};

const repeatedPlace: Check = {
  as: 'warnings',
  kinds: ['enterprises', 'risk-points'],
  field: 'place',
  problem: {
    zh: '与文件中另一条记录坐标完全相同',
    en: 'Another record of the file has the very same place',
  },
  expected: null,
  sql: `SELECT o.row_no, ST_X(o.place)::text || ', ' || ST_Y(o.place)::text AS value
    FROM (SELECT p.row_no, p.place, min(m.group_key) OVER same AS first, max(m.group_key) OVER same AS last
      FROM import_results p
      JOIN import_subjects m ON m.import_id = p.import_id AND m.row_no = p.row_no AND m.kind = :main
      WHERE p.import_id = :id AND GeometryType(p.place) = 'POINT'
      WINDOW same AS (PARTITION BY p.place)) AS o
    WHERE o.first <> o.last`,
};

const otherValues: Check = {
  as: 'warnings',
  field: null,
  problem: {
    zh: '与前面同一记录的行内容不同，以第一行为准',
    en: 'Says something else of the same record than a row above; the first row counts',
  },
  expected: null,
  sql: `SELECT DISTINCT s.row_no, s.name AS value FROM import_subjects s
    JOIN (SELECT DISTINCT ON (o.kind, o.group_key) o.kind, o.group_key, o.row_no, o.content FROM import_subjects o
      WHERE o.import_id = :id AND o.kind IN ('enterprise', 'risk_point', 'hazard_source')
      ORDER BY o.kind, o.group_key, o.row_no) AS f ON f.kind = s.kind AND f.group_key = s.group_key
    WHERE s.import_id = :id AND s.row_no > f.row_no AND NOT f.content @> s.content`,
};

const deletedBefore: Check = {
  as: 'warnings',
  field: null,
  problem: {
    zh: '该记录此前已从登记库删除，提交将重新登记',
    en: 'The record was deleted before; a commit registers it anew',
  },
  expected: null,
  sql: `SELECT s.row_no, s.name AS value FROM import_subjects s
    WHERE s.import_id = :id AND s.kind = :main AND s.target_id IS NULL AND s.origin_key IN (
      SELECT e.origin_key FROM masked.enterprises e WHERE e.deleted_at IS NOT NULL AND :main = 'enterprise'
      UNION SELECT rp.origin_key FROM masked.risk_points rp WHERE rp.deleted_at IS NOT NULL AND :main = 'risk_point'
      UNION SELECT hs.origin_key FROM masked.hazard_sources hs WHERE hs.deleted_at IS NOT NULL AND :main = 'hazard_source')`,
};

export const CHECKS: readonly Check[] = [
  noRecord('enterprise', 'enterpriseId'),
  noRecord('risk_point', 'riskPointId'),
  noRecord('hazard_source', 'hazardSourceId'),
  unknownPoint,
  unknownSource,
  noPlace('enterprise', {
    zh: '新登记的企业没有坐标',
    en: 'A new enterprise has no coordinates',
  }),
  noPlace('risk_point', {
    zh: '新登记的风险点没有坐标',
    en: 'A new risk point has no coordinates',
  }),
  ownerless,
  takenCode,
  otherPoint,
  sameRecordTwice,
  repeatedCode,
  repeatedPlace,
  otherValues,
  ...PLACE_CHECKS,
  deletedBefore,
];
