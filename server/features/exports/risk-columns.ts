import { MEASURE_KINDS } from '#server/domain/control.ts';
import { lifecycleNames } from '#server/domain/lifecycle.ts';
import { englishMeasures, measuresOfKind } from './cell-words.ts';
import type { CellWords } from './cell-words.ts';
import { columnMaker, onlyInTables } from './column.ts';
import type { Column, ColumnParts } from './column.ts';
import type { RiskRow } from './register-rows.ts';

/**
 * The control list of an enterprise: what article 11 of Jiangsu's regulation asks for, in its order and words, between
 * the number with the enterprise and what else the practice looks for. Only the assessed level is printed.
 */
export function controlColumns(parts: ColumnParts): readonly Column<RiskRow>[] {
  const { words } = parts;
  const { field, derived, named } = columnMaker<RiskRow>(parts);
  const inEnglish = (column: Column<RiskRow>) => (words.language === 'en' ? [column] : []);
  return [
    numberColumn(parts),
    field('enterpriseName', 28, ({ head }) => head.enterprise?.names.zh ?? null),
    ...inEnglish(field('enterpriseNameEn', 28, ({ head }) => head.enterprise?.names.en ?? null)),
    named({ zh: '风险名称', en: 'Hazard source' }, 24, ({ source }) => source?.names.zh ?? null),
    ...inEnglish(field('hazardSourceNameEn', 24, ({ source }) => source?.names.en ?? null)),
    named({ zh: '风险点', en: 'Risk point' }, 24, ({ head }) => head.names.zh),
    ...inEnglish(field('riskPointNameEn', 24, ({ head }) => head.names.en)),
    named(
      { zh: '所处位置（场所、部位、环节）', en: 'Location in the enterprise' },
      24,
      ({ head }) => head.location,
    ),
    derived('level', 16, (row) => words.standing(row)),
    field('accidentTypes', 20, ({ source }) => words.accidents(source?.accidentTypes ?? [])),
    field('measures', 56, ({ measures }) => words.allMeasures(measures)),
    ...measuresInEnglish(parts),
    field('department', 16, ({ head }) => head.department?.zh ?? null),
    ...englishDepartment(parts),
    field('person', 12, ({ head }) => head.person),
    field('controlLevel', 12, ({ head }) => words.value('controlLevel', head.controlLevel)),
    field('post', 16, ({ head }) => head.post?.zh ?? null),
    ...englishPost(parts),
    derived('dueAt', 14, ({ dueAt }) => words.day(dueAt)),
    derived('regions', 24, ({ head }) => regionPath(head, words)),
    ...idColumns(parts),
  ];
}

/** Everything that the register holds of risk points with their hazard sources and measures. */
export function pointColumns(parts: ColumnParts): readonly Column<RiskRow>[] {
  const { words } = parts;
  const { field, derived } = columnMaker<RiskRow>(parts);
  return [
    numberColumn(parts),
    field('enterpriseName', 28, ({ head }) => head.enterprise?.names.zh ?? null),
    field('enterpriseNameEn', 20, ({ head }) => head.enterprise?.names.en ?? null),
    field('uscc', 22, ({ more }) => more.uscc),
    field('usccReason', 16, ({ more }) => more.usccReason),
    field('riskPointCode', 14, ({ head }) => head.code),
    field('riskPointName', 28, ({ head }) => head.names.zh),
    field('riskPointNameEn', 20, ({ head }) => head.names.en),
    field('riskPointKind', 14, ({ head }) => words.value('riskPointKind', head.kind)),
    field('riskPointCategory', 14, ({ head }) => head.category),
    field('riskPointLifecycle', 14, ({ head }) => lifecycleNames[head.lifecycle][words.language]),
    field('riskPointFields', 20, ({ head }) => words.fields(head.fields)),
    field('location', 20, ({ head }) => head.location),
    derived('pointLevel', 18, ({ head }) => words.standing(head)),
    derived('dynamicLevel', 16, ({ head }) => words.level(head.dynamicLevel)),
    derived('dueAt', 14, ({ dueAt }) => words.day(dueAt)),
    field('controlLevel', 12, ({ head }) => words.value('controlLevel', head.controlLevel)),
    field('department', 16, ({ head }) => head.department?.zh ?? null),
    ...englishDepartment(parts),
    field('post', 16, ({ head }) => head.post?.zh ?? null),
    ...englishPost(parts),
    field('person', 12, ({ head }) => head.person),
    derived('regions', 24, ({ head }) => regionPath(head, words)),
    field('regionCode', 14, ({ more }) => more.statedRegion),
    ...onlyInTables(placeColumns(parts)),
    ...onlyInTables(sourceColumns(parts)),
    ...measureColumns(parts),
    field('source', 16, ({ more }) => more.source),
  ];
}

/** Hazard sources with the risk points that they are part of. */
export function sourceListColumns(parts: ColumnParts): readonly Column<RiskRow>[] {
  const { words } = parts;
  const { field, derived } = columnMaker<RiskRow>(parts);
  return [
    numberColumn(parts),
    field('enterpriseName', 28, ({ head }) => head.enterprise?.names.zh ?? null),
    field('riskPointCode', 14, ({ head }) => head.code),
    field('riskPointName', 28, ({ head }) => head.names.zh),
    ...sourceColumns(parts),
    derived('dueAt', 14, ({ dueAt }) => words.day(dueAt)),
    ...measureColumns(parts),
    field('source', 16, ({ source }) => source?.source ?? null),
  ];
}

/**
 * The identifiers by which an import finds the very records again: the last columns of a file. That of a feature is its
 * own `id`, which an import takes for the identifier of the main record.
 */
export function idColumns(parts: ColumnParts): readonly Column<RiskRow>[] {
  const { field } = columnMaker<RiskRow>(parts);
  return [
    field('enterpriseId', 38, ({ head }) => head.enterprise?.id ?? null),
    ...onlyInTables([field('riskPointId', 38, ({ head }) => head.id)]),
    field('hazardSourceId', 38, ({ source }) => source?.id ?? null),
  ];
}

/** Numbers the rows as they are written. */
export function numberColumn<R>(parts: ColumnParts): Column<R> {
  let number = 0;
  const column = columnMaker<R>(parts).derived('no', 7, () => (number += 1));
  return { ...column, isProperty: false };
}

export function regionPath(
  { regionPath: path }: Pick<RiskRow['head'], 'regionPath'>,
  words: CellWords,
): string {
  return path.map(({ names }) => words.nameIn(names)).join(words.language === 'zh' ? '' : ' / ');
}

/** Seven decimals of a degree are about a centimetre. */
export function degrees(value: number): number {
  return Math.round(value * 1e7) / 1e7;
}

const FORMS = {
  point: { zh: '点', en: 'Point' },
  line: { zh: '线', en: 'Line' },
  area: { zh: '面', en: 'Area' },
} as const;

function formOf(form: string): keyof typeof FORMS {
  if (form === 'POINT') return 'point';
  return form.endsWith('LINESTRING') ? 'line' : 'area';
}

/** A line or an area has no coordinates here: an import would take the one point for its new shape. */
function placeColumns(parts: ColumnParts): readonly Column<RiskRow>[] {
  const { words } = parts;
  const { field, derived } = columnMaker<RiskRow>(parts);
  const isPoint = ({ more }: RiskRow) => formOf(more.form) === 'point';
  return [
    derived('form', 10, ({ more }) => FORMS[formOf(more.form)][words.language]),
    field('lon', 14, (row) => (isPoint(row) ? degrees(row.head.position[0]) : null)),
    field('lat', 14, (row) => (isPoint(row) ? degrees(row.head.position[1]) : null)),
    field('crs', 10, (row) => (isPoint(row) ? 'WGS84' : null)),
  ];
}

function sourceColumns(parts: ColumnParts): readonly Column<RiskRow>[] {
  const { words } = parts;
  const { field, derived } = columnMaker<RiskRow>(parts);
  return [
    field('hazardSourceName', 24, ({ source }) => source?.names.zh ?? null),
    field('hazardSourceNameEn', 20, ({ source }) => source?.names.en ?? null),
    field('hazardSourceKind', 14, ({ source }) =>
      words.value('hazardSourceKind', source?.kind ?? null),
    ),
    field('hazardSourceCategory', 14, ({ source }) => source?.category ?? null),
    field('accidentTypes', 24, ({ source }) => words.accidents(source?.accidentTypes ?? [])),
    derived('sourceLevel', 18, (row) => (row.source === null ? null : words.standing(row))),
  ];
}

function measureColumns(parts: ColumnParts): readonly Column<RiskRow>[] {
  const { field } = columnMaker<RiskRow>(parts);
  const byKind = MEASURE_KINDS.map((kind) =>
    field(kind, 32, ({ measures }) => measuresOfKind(measures, kind)),
  );
  return [...byKind, ...measuresInEnglish(parts)];
}

function measuresInEnglish(parts: ColumnParts): readonly Column<RiskRow>[] {
  const { english } = columnMaker<RiskRow>(parts);
  return english('Control measures (English)', 56, ({ measures }) => englishMeasures(measures));
}

function englishDepartment(parts: ColumnParts): readonly Column<RiskRow>[] {
  const { english } = columnMaker<RiskRow>(parts);
  return english('Department (English)', 16, ({ head }) => head.department?.en ?? null);
}

function englishPost(parts: ColumnParts): readonly Column<RiskRow>[] {
  const { english } = columnMaker<RiskRow>(parts);
  return english('Post (English)', 16, ({ head }) => head.post?.en ?? null);
}
