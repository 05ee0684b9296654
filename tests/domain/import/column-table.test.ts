import {
  controlLevelNames,
  MEASURE_KINDS,
  measureKindNames,
  CONTROL_LEVELS,
} from '#server/domain/control.ts';
import { RuleViolationError } from '#server/domain/errors.ts';
import { FIELDS } from '#server/domain/fields.ts';
import { evaluatorTables } from '#server/domain/import/evaluator-tables.ts';
import { parseColumnTable } from '#server/domain/import/parse-column-table.ts';
import { LIFECYCLES, lifecycleNames } from '#server/domain/lifecycle.ts';
import { shippedTable, tables } from './import-data.ts';

const FIELD = {
  id: 'a',
  subject: 'enterprise',
  names: { zh: '甲', en: 'A' },
  headers: ['alpha'],
  kinds: ['enterprises'],
  most: 10,
  examples: [
    { zh: '一', en: 'one' },
    { zh: '', en: '' },
  ],
};

const IGNORED = { headers: ['level'], note: { zh: '不', en: 'no' } };

function faultsOf(json: unknown): readonly string[] {
  try {
    parseColumnTable(json);
    return [];
  } catch (error) {
    if (!(error instanceof RuleViolationError)) throw error;
    return error.faults.map(({ pointer, detail }) => `${pointer} ${detail.en}`);
  }
}

const faultsWith = (field: object, values: object = {}) =>
  faultsOf({ fields: [{ ...FIELD, ...field }], ignored: [IGNORED], values });

describe('a table of columns', () => {
  it('takes what it needs and leaves out what is not there', () => {
    const { fields } = parseColumnTable({ fields: [FIELD], ignored: [IGNORED], values: {} });

    expect(fields).toEqual([
      {
        ...FIELD,
        mainHeaders: [],
        standIns: [],
        mainStandIns: [],
        requiredIn: [],
        inTemplates: [],
        values: null,
        note: null,
        otherwise: null,
      },
    ]);
  });

  it.each<[string, object, readonly string[]]>([
    [
      'an unknown kind',
      { kinds: ['points'] },
      [
        '/fields/0/kinds must be a list of risk-points, enterprises, hazard-sources, assessments, each once',
      ],
    ],
    ['headers that are no texts', { headers: [1] }, ['/fields/0/headers must be a list of texts']],
    [
      'a list that is not there',
      { values: 'x' },
      ['/fields/0/values There is no list of values "x"'],
    ],
    [
      'a field that is not there',
      { otherwise: 'x' },
      ['/fields/0/otherwise There is no field "x"'],
    ],
    [
      'an unknown subject',
      { subject: 'x' },
      [
        '/fields/0/subject must be row or enterprise or risk_point or hazard_source or measure or place or assessment',
      ],
    ],
    [
      'a header that is ignored too',
      { headers: ['Level'] },
      ['/ignored/0/headers The header "level" stands for two things in a file of enterprises'],
    ],
    [
      'no examples',
      { examples: [] },
      ['/fields/0/examples must be a list with at least one entry'],
    ],
    ['no limit', { most: 0 }, ['/fields/0/most must be a whole number from 1']],
  ])('is refused for %s', (_, field, faults) => {
    expect(faultsWith(field)).toEqual(faults);
  });

  it('is refused where two fields share an id or a header', () => {
    const other = { ...FIELD, names: { zh: '乙', en: 'B' }, mainHeaders: ['A'] };

    expect(faultsOf({ fields: [FIELD, other], ignored: [IGNORED], values: {} })).toEqual([
      '/fields Two fields have the same id',
      '/fields/1/headers The header "alpha" stands for two things in a file of enterprises',
      '/fields/1/headers The header "A" stands for two things in a file of enterprises',
    ]);
  });

  it('is refused where a list has one word for two values', () => {
    const words = (code: string) => ({ code, names: { zh: code, en: code }, words: ['same'] });

    expect(faultsWith({}, { list: [words('a'), words('b')] })).toEqual([
      '/values/list/1 The word "same" stands for two values',
    ]);
  });

  it('is refused for what is no table at all', () => {
    expect(faultsOf(null)).toContain(' must be an object');
    expect(() => evaluatorTables({}, shippedTable('import-lifecycles'))).toThrow(
      RuleViolationError,
    );
  });
});

describe('the lists of the shipped table', () => {
  const listed = (name: string) =>
    (tables.columns.values.get(name) ?? []).map(({ code, names }) => [code, names.zh, names.en]);

  it('have the codes and names of the register', () => {
    expect(listed('field')).toEqual(FIELDS.map(({ code, zh, en }) => [code, zh, en]));
    expect(listed('controlLevel')).toEqual(
      CONTROL_LEVELS.map((code) => [code, controlLevelNames[code].zh, controlLevelNames[code].en]),
    );
    expect(listed('measureKind')).toEqual(
      MEASURE_KINDS.map((code) => [code, measureKindNames[code].zh, measureKindNames[code].en]),
    );
    expect(listed('lifecycle')).toEqual(
      LIFECYCLES.map((code) => [code, lifecycleNames[code].zh, lifecycleNames[code].en]),
    );
  });

  it('have the twenty types of accident of GB 6441', () => {
    expect(listed('accidentType')).toHaveLength(20);
    expect(listed('accidentType')[18]).toEqual(['19', '中毒和窒息', 'Poisoning and suffocation']);
  });
});
