import { faultOf, judge, problemsOf } from './import-data.ts';

const PLACE = { 经度: '125.3245', 纬度: '43.8868' };
const POINT = { 风险点名称: '罐区', ...PLACE };

describe('a word of a list', () => {
  it.each([
    ['公司', 'company'],
    ['厂级', 'company'],
    ['公司（厂）级', 'company'],
    ['企业', 'company'],
    ['车间', 'workshop'],
    ['部门级', 'workshop'],
    ['车间/部门', 'workshop'],
    ['班组级', 'team'],
    ['岗位', 'post'],
    ['Workshop', 'workshop'],
    ['岗位、班组、公司', 'company'],
  ])('%j is the control level %s', (word, level) => {
    expect(judge('risk-points', { ...POINT, 管控层级: word }).riskPoint?.values.controlLevel).toBe(
      level,
    );
  });

  it.each([
    ['设备设施', 'facility'],
    ['Public place', 'public_place'],
    ['作业活动', 'activity'],
    ['场所', 'place'],
  ])('%j is the kind %s of a risk point', (word, kind) => {
    const { values } = judge('risk-points', { ...POINT, kind: word }).riskPoint ?? {};

    expect(values).toEqual({ nameZh: '罐区', kind });
  });

  it('that is no kind is the category, or is kept beside one', () => {
    const alone = judge('risk-points', { ...POINT, kind: 'chemical park' });
    const beside = judge('risk-points', { ...POINT, kind: 'chemical park', 类别: '园区' });

    expect(alone.riskPoint?.values).toEqual({ nameZh: '罐区', category: 'chemical park' });
    expect(alone.riskPoint?.identity.category).toBe('chemical park');
    expect(beside.riskPoint?.values).toEqual({
      nameZh: '罐区',
      category: '园区',
      attributes: { kind: 'chemical park' },
    });
    expect([...alone.faults, ...beside.faults]).toEqual([]);
  });

  it.each([
    ['危化', ['hazardous-chemicals']],
    ['hazardous-chemicals', ['hazardous-chemicals']],
    ['Hazardous chemicals; Gas', ['gas', 'hazardous-chemicals']],
    ['消防/人员密集', ['fire-and-crowds']],
    ['燃气/消防/人员密集/学校', ['fire-and-crowds', 'gas', 'schools']],
    ['危险化学品，工贸|燃气', ['gas', 'hazardous-chemicals', 'industry-and-trade']],
    ['危化、危化', ['hazardous-chemicals']],
  ])('%j are the fields %j', (text, fields) => {
    expect(judge('risk-points', { ...POINT, field: text }).riskPoint?.values.fields).toEqual(
      fields,
    );
  });

  it('may be a field of the bureau’s own, and not one that it dropped', () => {
    const fields = [{ code: 'hydrogen', zh: '氢能', en: 'Hydrogen' }];

    const own = judge('risk-points', { ...POINT, field: '氢能' }, { fields });
    const dropped = judge('risk-points', { ...POINT, field: '危化' }, { fields });

    expect(own.riskPoint?.values.fields).toEqual(['hydrogen']);
    expect(faultOf(dropped, 'field').expected).toEqual({ zh: '氢能', en: 'Hydrogen' });
  });

  it('of accidents may be numbered, and is one of GB 6441 where that has it', () => {
    const { hazardSource } = judge('hazard-sources', {
      危险源名称: '储罐',
      风险点名称: '罐区',
      事故类型: '1. 中毒窒息\n2. 火灾/其他爆炸 3',
    });

    expect(hazardSource?.values.accidentTypes?.map(({ zh }) => zh)).toEqual([
      '火灾',
      '中毒和窒息',
      '其他爆炸 3',
    ]);
  });

  it('of accidents is one of at most twenty', () => {
    const many = Array.from({ length: 21 }, (_, i) => `事故${i}`).join('、');

    const row = judge('hazard-sources', { 危险源名称: '甲', 风险点名称: '乙', 事故类型: many });

    expect(problemsOf(row)).toEqual(['事故类型: 有 21 种事故类型']);
  });
});

describe('the region that a row names', () => {
  it.each([
    ['220102', '220102'],
    ['220102000000', '220102'],
    ['220102001', '220102001'],
    ['220102001000', '220102001'],
    ['220102.0', '220102'],
    ['２２０１０２', '220102'],
  ])('%j is the code %s', (text, code) => {
    expect(judge('risk-points', { ...POINT, adcode: text }).stated.code).toBe(code);
  });

  it('may be a name', () => {
    const county = judge('risk-points', { ...POINT, 行政区划: '南关区' });
    const city = judge('risk-points', { ...POINT, 行政区划: '长春市' });
    const named = judge('risk-points', { ...POINT, 行政区划: '甲区', 区县: '乙区' });

    expect(county.stated).toEqual({ code: null, city: null, county: '南关区' });
    expect(city.stated).toEqual({ code: null, city: '长春市', county: null });
    expect(named.stated).toEqual({ code: null, city: null, county: '乙区' });
  });
});
