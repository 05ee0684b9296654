import { lifecycleNames } from '#server/domain/lifecycle.ts';
import { columnMaker, onlyInTables } from './column.ts';
import type { Column, ColumnParts } from './column.ts';
import type { AssessedRow, EnterpriseRow } from './register-rows.ts';
import { degrees, numberColumn, regionPath } from './risk-columns.ts';

export function enterpriseColumns(parts: ColumnParts): readonly Column<EnterpriseRow>[] {
  const { words } = parts;
  const { field, derived, english } = columnMaker<EnterpriseRow>(parts);
  return [
    numberColumn(parts),
    field('enterpriseCode', 14, ({ more }) => more.code),
    field('enterpriseName', 28, ({ head }) => head.names.zh),
    field('enterpriseNameEn', 24, ({ head }) => head.names.en),
    field('uscc', 22, ({ head }) => head.uscc),
    field('usccReason', 16, ({ more }) => more.usccReason),
    field('enterpriseLifecycle', 14, ({ head }) => lifecycleNames[head.lifecycle][words.language]),
    field('enterpriseFields', 20, ({ head }) => words.fields(head.fields)),
    field('enterpriseCategory', 14, ({ head }) => head.category),
    field('industry', 20, ({ head }) => head.industry),
    field('address', 32, ({ head }) => head.address),
    field('principalPost', 16, ({ head }) => head.principalPost?.zh ?? null),
    ...english(
      'Post that answers for safety (English)',
      20,
      ({ head }) => head.principalPost?.en ?? null,
    ),
    field('principalName', 14, ({ head }) => head.principalName),
    derived('riskLevel', 18, ({ head }) => words.standing({ ...head, dueAt: null })),
    derived('regions', 24, ({ head }) => regionPath(head, words)),
    field('regionCode', 14, ({ more }) => more.statedRegion),
    ...onlyInTables([
      field('lon', 14, ({ head }) => degrees(head.position[0])),
      field('lat', 14, ({ head }) => degrees(head.position[1])),
      field('crs', 10, () => 'WGS84'),
    ]),
    field('source', 16, ({ more }) => more.source),
  ];
}

export function enterpriseIdColumns(parts: ColumnParts): readonly Column<EnterpriseRow>[] {
  const { field } = columnMaker<EnterpriseRow>(parts);
  return onlyInTables([field('enterpriseId', 38, ({ head }) => head.id)]);
}

const FACTORS = ['L', 'E', 'C', 'S', 'M'] as const;

/** Assessments with their factors: an import works score and level out anew. */
export function assessmentColumns(parts: ColumnParts): readonly Column<AssessedRow>[] {
  const { words } = parts;
  const { field, derived } = columnMaker<AssessedRow>(parts);
  return [
    numberColumn(parts),
    field('enterpriseName', 28, ({ head }) => head.enterprise?.names.zh ?? null),
    field('riskPointCode', 14, ({ head }) => head.code),
    field('riskPointName', 28, ({ head }) => head.names.zh),
    field('hazardSourceName', 24, ({ assessment }) => assessment.sourceNames?.zh ?? null),
    field('method', 30, ({ assessment }) => words.value('method', assessment.method)),
    field('version', 14, ({ assessment }) => assessment.version),
    field('basis', 10, ({ assessment }) => words.value('basis', assessment.basis)),
    field('assessedAt', 26, ({ assessment }) => words.instant(assessment.assessedAt)),
    ...FACTORS.map((factor) =>
      field(`factor${factor}`, 12, ({ assessment }) => factorOf(assessment.inputs[factor])),
    ),
    derived('score', 10, ({ assessment }) => assessment.score),
    derived('level', 18, ({ assessment }) => words.level(assessment.level)),
    derived('dueAt', 14, ({ assessment }) => words.day(assessment.validUntil)),
    field('enterpriseId', 38, ({ head }) => head.enterprise?.id ?? null),
    field('riskPointId', 38, ({ head }) => head.id),
    field('hazardSourceId', 38, ({ assessment }) => assessment.sourceId),
  ];
}

function factorOf(value: unknown): string | number | null {
  return typeof value === 'number' || typeof value === 'string' ? value : null;
}
