import type { ImportKind } from '#server/domain/import/import-kind.ts';
import { IMPORT_KINDS } from '#server/domain/import/import-kind.ts';
import { mapColumns } from '#server/domain/import/map-columns.ts';
import { templateColumns, templateNotes } from '#server/domain/import/templates.ts';
import type { TemplateLanguage } from '#server/domain/import/templates.ts';
import { shippedDefinitions } from '../methods/definitions.ts';
import { evaluatorOf, tables } from './import-data.ts';

const LANGUAGES: readonly TemplateLanguage[] = ['zh', 'en'];
const ALL = IMPORT_KINDS.flatMap((kind) => LANGUAGES.map((language) => [kind, language] as const));

const columnsOf = (kind: ImportKind, language: TemplateLanguage) =>
  templateColumns(tables.columns, kind, language, { definitions: shippedDefinitions });

describe('a template', () => {
  it.each(ALL)('of %s in %s is read as what it was made from', (kind, language) => {
    const columns = columnsOf(kind, language);

    const mapping = mapColumns(
      tables.columns,
      kind,
      columns.map(({ header }) => header),
    );

    expect(mapping.faults).toEqual([]);
    expect(mapping.columns.map(({ field }) => field)).toEqual(columns.map(({ field }) => field));
  });

  it.each(ALL)('of %s in %s has two examples without a fault or a warning', (kind, language) => {
    const columns = columnsOf(kind, language);
    const evaluate = evaluatorOf(
      kind,
      columns.map(({ header }) => header),
      { reading: { crs: 'cgcs2000', swapped: false } },
    );

    for (const index of [0, 1] as const) {
      const row = evaluate(columns.map(({ examples }) => examples[index]));

      expect(row.faults).toEqual([]);
      expect(row.warnings).toEqual([]);
    }
  });

  it.each(ALL)('of %s in %s offers only words that are understood', (kind, language) => {
    const columns = columnsOf(kind, language);
    const evaluate = evaluatorOf(
      kind,
      columns.map(({ header }) => header),
    );
    const example = columns.map(({ examples }) => examples[0]);

    columns.forEach(({ values, header }, index) => {
      for (const word of values ?? []) {
        const faults = evaluate(example.with(index, word)).faults.filter(
          ({ column }) => column === header,
        );
        expect([word, faults]).toEqual([word, []]);
      }
    });
  });

  it('says what is required, what may be several, and where words are to be chosen', () => {
    const columns = columnsOf('risk-points', 'zh');
    const of = (field: string) => columns.find((column) => column.field === field);

    expect(columns.filter(({ isRequired }) => isRequired).map(({ header }) => header)).toEqual([
      '风险点名称',
      '经度',
      '纬度',
    ]);
    expect(of('controlLevel')).toMatchObject({
      values: ['公司', '车间', '班组', '岗位'],
      takesSeveral: false,
    });
    expect(of('riskPointFields')).toMatchObject({ takesSeveral: true });
    expect(of('riskPointFields')?.values).toHaveLength(22);
    expect(of('person')).toMatchObject({ values: null, note: null, examples: ['', ''] });
  });

  it('offers the methods that have a definition, and a bureau’s own fields', () => {
    const fields = [{ code: 'hydrogen', zh: '氢能', en: 'Hydrogen' }];
    const methods = columnsOf('assessments', 'zh').find(({ field }) => field === 'method');
    const own = templateColumns(tables.columns, 'enterprises', 'en', { fields });

    expect(methods?.values).toEqual(['作业条件危险性分析（LEC）', '风险矩阵（LS）']);
    expect(own.find(({ field }) => field === 'enterpriseFields')?.values).toEqual(['Hydrogen']);
    expect(
      templateColumns(tables.columns, 'assessments', 'zh').find(({ field }) => field === 'method')
        ?.values,
    ).toEqual([]);
  });

  it('says that an empty cell changes nothing and a level is not imported', () => {
    expect(templateNotes('zh')).toContain('空单元格不改动登记库中已有的内容');
    expect(templateNotes('en')).toContain(
      'A risk level follows from assessments; a column of levels is not imported',
    );
  });
});
