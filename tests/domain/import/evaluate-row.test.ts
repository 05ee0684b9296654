import { completeUscc } from '#server/domain/identifiers/uscc.ts';
import { faultOf, judge, problemsOf } from './import-data.ts';

const PLACE = { 经度: '125.3245', 纬度: '43.8868' };
const POINT = { 风险点名称: '罐区', ...PLACE };
const UUID = '0193A3F0-1111-7ABC-8DEF-0123456789AB';
const USCC = completeUscc('91220199EXAMPLE0');

describe('a row', () => {
  it('of a customary list gives the enterprise, the risk point, the hazard source and its measures', () => {
    const row = judge('risk-points', {
      企业名称: '示例化工有限公司',
      统一社会信用代码: USCC.toLowerCase(),
      地址: '示例路 1 号',
      主要负责人: '某某',
      安全负责岗位: '安全总监',
      国民经济行业: '2614',
      风险点名称: '原料罐区',
      风险点编号: 'A-01',
      风险点类型: '设施',
      状态: '停产',
      监管行业领域: '危化、消防/人员密集',
      类别: '储罐区',
      管控层级: '公司级',
      责任部门: '储运部',
      责任岗位: '班长',
      责任人: '某人',
      位置: '厂区东侧',
      危险源名称: '甲醇储罐',
      危险源类型: '设备设施',
      事故类型: '火灾、中毒和窒息；泄漏',
      工程技术措施: '1. 液位报警\n2. 可燃气体报警',
      应急处置措施: '演练',
      数据来源: '企业申报',
      容量: '500 m³',
      ...PLACE,
    });

    expect(row.faults).toEqual([]);
    expect(row.warnings).toEqual([]);
    expect(row.enterprise).toEqual({
      identity: {
        id: null,
        source: '企业申报',
        code: null,
        name: '示例化工有限公司',
        category: null,
      },
      values: {
        nameZh: '示例化工有限公司',
        uscc: USCC,
        industry: '2614',
        address: '示例路 1 号',
        principalName: '某某',
        principalPost: { zh: '安全总监', en: null },
      },
    });
    expect(row.riskPoint).toEqual({
      identity: {
        id: null,
        source: '企业申报',
        code: 'A-01',
        name: '原料罐区',
        category: '储罐区',
      },
      values: {
        nameZh: '原料罐区',
        code: 'A-01',
        kind: 'facility',
        lifecycle: 'suspended',
        fields: ['fire-and-crowds', 'hazardous-chemicals'],
        category: '储罐区',
        controlLevel: 'company',
        department: { zh: '储运部', en: null },
        post: { zh: '班长', en: null },
        person: '某人',
        location: '厂区东侧',
        attributes: { 容量: '500 m³' },
      },
    });
    expect(row.hazardSource).toEqual({
      identity: { id: null, source: '企业申报', code: null, name: '甲醇储罐', category: null },
      values: {
        nameZh: '甲醇储罐',
        kind: 'equipment',
        accidentTypes: [
          { zh: '火灾', en: 'Fire' },
          { zh: '中毒和窒息', en: 'Poisoning and suffocation' },
          { zh: '泄漏', en: '泄漏' },
        ],
      },
    });
    expect(row.measures).toEqual([
      { kind: 'engineering', textZh: '液位报警', textEn: null },
      { kind: 'engineering', textZh: '可燃气体报警', textEn: null },
      { kind: 'emergency', textZh: '演练', textEn: null },
    ]);
    expect(row.assessment).toBeNull();
  });

  it('says nothing of what its cells leave empty', () => {
    const row = judge('risk-points', {
      ...POINT,
      企业名称: null,
      状态: '/',
      类别: ' ',
      责任人: '无',
      管控层级: '—',
      管控措施: '无',
      备注: '',
    });

    expect(row.riskPoint?.values).toEqual({ nameZh: '罐区' });
    expect(row.enterprise).toBeNull();
    expect(row.hazardSource).toBeNull();
    expect(row.measures).toEqual([]);
    expect(row.faults).toEqual([]);
  });

  it('tells every fault at once, with column, value and what is expected', () => {
    const row = judge('risk-points', {
      企业名称: '示例',
      统一社会信用代码: '91220199EXAMPLE000',
      风险点名称: null,
      状态: '不明',
      监管行业领域: '危化；魔法',
      管控层级: '省级',
      行政区划代码: '22010',
      经度: '125.3',
      纬度: null,
    });

    expect(problemsOf(row)).toEqual([
      expect.stringContaining('统一社会信用代码: 统一社会信用代码有误：第 17 位'),
      '风险点名称: 没有风险点名称',
      '状态: 无法识别的状态',
      '监管行业领域: 没有名为“魔法”的监管行业领域',
      '管控层级: 无法识别的管控层级',
      '行政区划代码: 不是行政区划代码',
      '纬度: 缺少纬度',
    ]);
    expect(faultOf(row, '管控层级')).toEqual({
      row: 2,
      column: '管控层级',
      value: '省级',
      problem: { zh: '无法识别的管控层级', en: 'A control level that is not known' },
      expected: { zh: '公司、车间、班组、岗位', en: 'Company, Workshop, Team, Post' },
    });
    expect(faultOf(row, '状态').expected?.zh).toContain('未建、在建、在产、停产、长期停产、关闭');
  });
});

describe('a name', () => {
  it('in Chinese goes before the English one, which stands in for it', () => {
    const both = judge('enterprises', { name_zh: '钢厂', name_en: 'Steel works', ...PLACE });
    const english = judge('enterprises', { name_zh: '', name_en: 'Steel works', ...PLACE });

    expect(both.enterprise?.identity.name).toBe('钢厂');
    expect(english.enterprise?.identity.name).toBe('Steel works');
    // A Chinese name that the register has meanwhile stays.
    expect(english.enterprise?.values).toEqual({ nameEn: 'Steel works' });
    expect(english.faults).toEqual([]);
  });

  it.each([
    ['enterprises', '企业名称', '没有企业名称'],
    ['risk-points', '风险点名称', '没有风险点名称'],
    ['hazard-sources', '危险源名称', '没有危险源名称'],
  ] as const)('is needed in a file of %s', (kind, column, problem) => {
    const row = judge(kind, {
      [column]: '',
      风险点名称: kind === 'hazard-sources' ? '罐区' : '',
      ...PLACE,
    });

    expect(row.faults.map((fault) => fault.problem.zh)).toContain(problem);
  });

  it('is not needed beside an identifier', () => {
    const row = judge('risk-points', { 系统编号: UUID, 名称: '', 状态: '停产' });

    expect(row.faults).toEqual([]);
    expect(row.riskPoint).toEqual({
      identity: { id: UUID.toLowerCase(), source: null, code: null, name: '', category: null },
      values: { lifecycle: 'suspended' },
    });
  });

  it('of an enterprise is needed beside its code', () => {
    const row = judge('risk-points', { ...POINT, 统一社会信用代码: USCC });

    expect(problemsOf(row)).toEqual([': 没有企业名称']);
  });

  it('that was broken over two lines is one again', () => {
    const row = judge('enterprises', {
      名称: '长春\n 示例公司',
      name_en: 'Example\nCompany',
      ...PLACE,
    });

    expect(row.enterprise?.values).toEqual({ nameZh: '长春示例公司', nameEn: 'Example Company' });
  });
});

describe('an identifier', () => {
  it('is a UUID of the register, and a row with it may leave its place out', () => {
    const row = judge('enterprises', { 企业系统编号: UUID, 名称: '甲' });

    expect(row.enterprise?.identity.id).toBe(UUID.toLowerCase());
    expect(row.faults).toEqual([]);
  });

  it('of another system in a column called id is the code', () => {
    const row = judge('risk-points', { id: '17', ...POINT });

    expect(row.riskPoint?.identity).toMatchObject({ id: null, code: '17' });
    expect(row.riskPoint?.values.code).toBe('17');
    expect(row.faults).toEqual([]);
  });

  it.each([{ 系统编号: '17' }, { id: '17', source_id: 'A' }])(
    'of another form is a fault: %j',
    (cells) => {
      const row = judge('risk-points', { ...cells, ...POINT });

      expect(row.faults.map(({ problem }) => problem.zh)).toEqual(['不是登记库的系统编号']);
      expect(row.riskPoint?.identity.id).toBeNull();
    },
  );

  it('has the source of the row, or else of the file', () => {
    const own = judge('risk-points', { ...POINT, 来源: '甲' }, { source: '乙' });
    const file = judge('risk-points', { ...POINT, 来源: '' }, { source: '乙' });

    expect(own.riskPoint?.identity.source).toBe('甲');
    expect(file.riskPoint?.identity.source).toBe('乙');
  });
});

describe('a hazard source', () => {
  it('belongs to a risk point, by name, code or identifier', () => {
    const named = judge('hazard-sources', {
      危险源名称: '储罐',
      风险点名称: '罐区',
      企业名称: '甲',
    });
    const coded = judge('hazard-sources', { 危险源名称: '储罐', 风险点编号: 'A-1' });
    const none = judge('hazard-sources', { 危险源名称: '储罐', 风险点名称: '' });
    const own = judge('hazard-sources', { 系统编号: UUID, 风险点名称: '', 类别: '储罐' });

    expect(named.riskPoint).toEqual({
      identity: { id: null, source: null, code: null, name: '罐区', category: null },
      values: {},
    });
    expect(coded.riskPoint?.identity).toMatchObject({ code: 'A-1', name: '' });
    expect(problemsOf(none)).toEqual(['风险点名称: 没有风险点']);
    expect(own.faults).toEqual([]);
    expect(own.hazardSource?.values).toEqual({ category: '储罐' });
  });

  it('needs no place, and a place is kept as attributes', () => {
    const row = judge('hazard-sources', { 危险源名称: '储罐', 风险点名称: '罐区', ...PLACE });

    expect(row.place).toBeNull();
    expect(row.hazardSource?.values.attributes).toEqual(PLACE);
  });
});

describe('measures', () => {
  it('of one kind and of all kinds are each taken once', () => {
    const { measures } = judge('risk-points', {
      ...POINT,
      管控措施: '工程技术措施：报警；管理措施：巡检',
      管理措施: '巡检\n检修',
    });

    expect(measures).toEqual([
      { kind: 'engineering', textZh: '报警', textEn: null },
      { kind: 'management', textZh: '巡检', textEn: null },
      { kind: 'management', textZh: '检修', textEn: null },
    ]);
  });

  it('are at most a hundred in a cell, of 2,000 characters each', () => {
    const many = Array.from({ length: 101 }, (_, i) => `措施${i}`).join('\n');

    expect(problemsOf(judge('risk-points', { ...POINT, 管理措施: many }))).toEqual([
      '管理措施: 有 101 条措施',
    ]);
    expect(problemsOf(judge('risk-points', { ...POINT, 管理措施: '长'.repeat(2001) }))).toEqual([
      '管理措施: 一条措施过长',
    ]);
  });
});
