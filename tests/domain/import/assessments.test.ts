import { parseImportDate } from '#server/domain/import/import-date.ts';
import { faultOf, judge, problemsOf, TODAY } from './import-data.ts';

const LEC = {
  风险点名称: '罐区',
  危险源名称: '甲醇储罐',
  评估方法: 'LEC法',
  评估基准: '现状',
  评估日期: '2025-06-30',
  '可能性(L)': '3',
  '暴露频繁程度（E）': '6',
  后果C: '15',
  严重性: '',
  方法版本: '',
};

const assessed = (cells: Readonly<Record<string, string | null>> = {}) =>
  judge('assessments', { ...LEC, ...cells });

describe('a row of assessments', () => {
  it('gives method, basis, day and factors, and names its subject', () => {
    const row = assessed({ 企业名称: '示例化工有限公司', 风险点编号: 'A-01' });

    expect(row.faults).toEqual([]);
    expect(row.assessment).toEqual({
      method: 'lec',
      version: null,
      basis: 'current',
      inputs: { L: 3, E: 6, C: 15 },
      assessedAt: '2025-06-30',
    });
    expect(row.enterprise?.identity.name).toBe('示例化工有限公司');
    expect(row.riskPoint).toEqual({
      identity: { id: null, source: null, code: 'A-01', name: '罐区', category: null },
      values: {},
    });
    expect(row.hazardSource?.identity.name).toBe('甲醇储罐');
    expect(row.place).toBeNull();
  });

  it.each([
    ['lec', 'lec'],
    ['作业条件危险性分析', 'lec'],
    ['作业条件危险性分析法(LEC)', 'lec'],
    ['作业条件危险性评价', 'lec'],
  ])('knows the method %j as %s', (word, method) => {
    expect(assessed({ 评估方法: word }).assessment?.method).toBe(method);
  });

  it.each(['LS', '风险矩阵LS', '风险矩阵（LS）', '风险矩阵法'])(
    'knows the method %j as ls',
    (word) => {
      const cells = {
        评估方法: word,
        '可能性(L)': '3',
        '暴露频繁程度（E）': '',
        后果C: '',
        严重性: '4',
      };

      expect(assessed(cells).assessment).toMatchObject({ method: 'ls', inputs: { L: 3, S: 4 } });
    },
  );

  it.each([
    ['national', 'national'],
    ['National@1', 'national@1'],
    ['mwr-2018', 'mwr-2018'],
    ['作业条件危险性分析（LEC），水利工程施工', 'mwr-2018'],
  ])('knows the version %j as %s', (word, version) => {
    expect(assessed({ 方法版本: word }).assessment?.version).toBe(version);
  });

  it.each([
    ['固有', 'inherent'],
    ['固有风险', 'inherent'],
    ['Inherent', 'inherent'],
    ['剩余风险', 'current'],
    ['current', 'current'],
  ])('knows the basis %j as %s', (word, basis) => {
    expect(assessed({ 评估基准: word }).assessment?.basis).toBe(basis);
  });

  it.each(['3', '３', '3分', '3（可能，但不经常）', ' 3.0 '])('reads the factor %j', (text) => {
    expect(assessed({ '可能性(L)': text }).assessment?.inputs['L']).toBe(3);
  });

  it('is faulty with everything that is missing', () => {
    const row = assessed({
      风险点名称: '',
      危险源名称: '',
      评估方法: '',
      评估基准: '',
      评估日期: '',
    });

    expect(problemsOf(row)).toEqual([
      '风险点名称: 没有风险点',
      '评估方法: 没有评估方法',
      '评估基准: 没有评估基准',
      '评估日期: 没有评估日期',
    ]);
    expect(row.assessment).toBeNull();
  });

  it('is faulty where a factor is off its scale, missing, or not of the method', () => {
    const row = assessed({ '可能性(L)': '4', '暴露频繁程度（E）': '', 后果C: '很大', 严重性: '3' });

    expect(problemsOf(row, 'en')).toEqual([
      '可能性(L): L (Likelihood of the accident) is not a value of its scale',
      '暴露频繁程度（E）: E (Exposure to the dangerous environment) is missing',
      '后果C: C (Consequence of the accident) is not a value of its scale',
      '严重性: Working-conditions risk analysis (LEC), common four colours has no factor S',
    ]);
    expect(faultOf(row, '可能性(L)').expected?.zh).toBe('10、6、3、1、0.5、0.2、0.1 之一');
    expect(row.assessment).toBeNull();
  });

  it('is faulty where method, version or basis is not known', () => {
    const row = assessed({ 评估方法: 'HAZOP', 评估基准: '随意' });
    const version = assessed({ 方法版本: 'nowhere' });

    expect(problemsOf(row)).toEqual(['评估方法: 没有此评估方法', '评估基准: 无法识别的评估基准']);
    expect(faultOf(row, '评估方法').expected?.zh).toContain(
      '作业条件危险性分析（LEC）、风险矩阵（LS）',
    );
    expect(problemsOf(version)).toEqual(['方法版本: 该方法没有此版本']);
    expect(faultOf(version, '方法版本').expected?.en).toContain('national, mwr-2018');
  });

  it('is faulty before the method came into force', () => {
    expect(problemsOf(assessed({ 评估日期: '2010-01-01' }))).toEqual([
      '评估方法: 该方法在评估日期没有有效的版本',
    ]);
  });

  it('of a hazard source with its identifier needs no risk point', () => {
    const row = assessed({
      风险点名称: '',
      危险源名称: '',
      危险源系统编号: '0193a3f0-1111-7abc-8def-0123456789ab',
    });

    expect(row.faults).toEqual([]);
    expect(row.riskPoint).toBeNull();
  });
});

describe('a date', () => {
  it.each([
    ['2025-06-30', '2025-06-30'],
    ['2025/6/3', '2025-06-03'],
    ['2025.6.3', '2025-06-03'],
    ['2025年6月3日', '2025-06-03'],
    ['2025 年 6 月 3 日', '2025-06-03'],
    ['20250603', '2025-06-03'],
    ['２０２５-06-30', '2025-06-30'],
    ['2025-06-30 08:30', '2025-06-30'],
    ['2025-06-30T08:30:00', '2025-06-30'],
    ['2025/6/30 8:30:05', '2025-06-30'],
    ['2025-06-30T08:30:00+08:00', '2025-06-30T08:30:00+08:00'],
    ['2025-06-30T00:30:00.5Z', '2025-06-30T00:30:00.5Z'],
    ['2024-02-29', '2024-02-29'],
    [TODAY, TODAY],
  ])('%j is %s', (text, date) => {
    expect(parseImportDate(text, TODAY)).toMatchObject({ date });
  });

  it.each([
    '',
    '2025',
    '2025-13-01',
    '2025-02-29',
    '30.6.2025',
    '45838',
    '2025-06-31T00:00:00Z',
    '2025-06-30T25:00:00Z',
  ])('%j is none', (text) => {
    expect(parseImportDate(text, TODAY)).toMatchObject({ problem: { zh: '无法识别的日期' } });
  });

  it('in the future is a fault that names today', () => {
    expect(parseImportDate('2026-11-23', TODAY)).toEqual({
      problem: { zh: '日期在将来', en: 'The date lies in the future' },
      expected: { zh: '不晚于 2026-11-22', en: 'Not after 2026-11-22' },
    });
  });
});
