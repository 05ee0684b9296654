import type { Bilingual } from '../bilingual.ts';
import { FIELDS } from '../fields.ts';
import type { SupervisedField } from '../fields.ts';
import type { MethodDefinition } from '../methods/method.ts';

import type { ColumnTable, ImportField } from './column-table.ts';
import { fieldsOf } from './import-columns.ts';
import type { ImportKind } from './import-kind.ts';
import { EMPTY_CELLS } from './mapping-texts.ts';
import { completeUscc } from '../identifiers/uscc.ts';

export type TemplateLanguage = 'zh' | 'en';

/** A column of an empty spreadsheet to fill in. */
export type TemplateColumn = {
  readonly field: string;
  readonly header: string;
  readonly isRequired: boolean;
  /** What the two example rows have there; empty where the field is left out. */
  readonly examples: readonly [string, string];
  /** The words to choose from; null where any text goes. */
  readonly values: readonly string[] | null;
  /** Whether one cell may hold several of the values. */
  readonly takesSeveral: boolean;
  readonly note: string | null;
};

/** Lists of the register that a template offers. */
export type TemplateLists = {
  readonly fields?: readonly SupervisedField[];
  readonly definitions?: readonly MethodDefinition[];
};

/** Columns of the template of a kind of file in one language; a file with these headers and examples is read without a fault. */
export function templateColumns(
  table: ColumnTable,
  kind: ImportKind,
  language: TemplateLanguage,
  lists: TemplateLists = {},
): readonly TemplateColumn[] {
  return fieldsOf(table, kind)
    .filter(({ inTemplates }) => inTemplates.includes(kind))
    .map((field) => ({
      field: field.id,
      header: field.names[language],
      isRequired: field.requiredIn.includes(kind),
      examples: [exampleOf(field, 0, language), exampleOf(field, 1, language)],
      values: valuesOf(table, field, lists)?.map((names) => names[language]) ?? null,
      takesSeveral: field.values === 'field' || field.values === 'accidentType',
      note: field.note?.[language] ?? null,
    }));
}

/** What holds for the whole template. */
export function templateNotes(language: TemplateLanguage): readonly string[] {
  return [EXAMPLE_ROWS, EMPTY_CELLS, OTHER_COLUMNS, NO_LEVEL].map((note) => note[language]);
}

const EXAMPLE_ROWS: Bilingual = {
  zh: '示例行为虚构，填写前请删除',
  en: 'The example rows are invented; delete them before you fill in your own',
};

const OTHER_COLUMNS: Bilingual = {
  zh: '可以删除不用的列，也可以添加其他列；其他列作为属性保留',
  en: 'Columns may be left out, and others added; those are kept as attributes',
};

const NO_LEVEL: Bilingual = {
  zh: '风险等级由评估得出，填写了也不会导入',
  en: 'A risk level follows from assessments; a column of levels is not imported',
};

/** The examples of a credit code lack their check characters, so that nobody takes them for a real one. */
function exampleOf(field: ImportField, index: 0 | 1, language: TemplateLanguage): string {
  const example = field.examples[index][language];
  return field.id === 'uscc' && example.length === 16 ? completeUscc(example) : example;
}

function valuesOf(
  table: ColumnTable,
  { values }: ImportField,
  { fields = FIELDS, definitions = [] }: TemplateLists,
): readonly Bilingual[] | null {
  if (values === null) return null;
  if (values === 'field') return fields;
  const entries = table.values.get(values) ?? [];
  if (values !== 'method') return entries.map(({ names }) => names);
  const offered = new Set(definitions.map(({ method }) => method));
  return entries.filter(({ code }) => offered.has(code)).map(({ names }) => names);
}
