import { evaluatorOf, faultOf, judge, problemsOf } from './import-data.ts';

const PLACE = { 经度: '125.3245', 纬度: '43.8868' };
const POINT = { 风险点名称: '罐区', ...PLACE };

describe('a cell', () => {
  it('longer than its field takes is a fault', () => {
    const row = judge('risk-points', { ...POINT, 风险点名称: '甲'.repeat(201) });

    expect(faultOf(row, '风险点名称')).toMatchObject({
      problem: { zh: '有 201 个字符，过长' },
      expected: { zh: '不超过 200 个字符', en: 'At most 200 characters' },
      value: `${'甲'.repeat(200)}…`,
    });
  });

  it('of another column longer than 2,000 characters is a fault', () => {
    const row = judge('risk-points', { ...POINT, 备注: 'x'.repeat(2001) });

    expect(problemsOf(row)).toEqual(['备注: 有 2001 个字符，过长']);
  });

  it.each(['A\u0000B', 'A\u0007B', 'A\u202EB', 'A\uD800B'])(
    'with a character that cannot be stored or seen is a fault: %j',
    (text) => {
      const row = judge('risk-points', { ...POINT, 责任人: text, 备注: text });

      expect(problemsOf(row)).toEqual([
        '责任人: 含有控制字符或不可见的方向符号',
        '备注: 含有控制字符或不可见的方向符号',
      ]);
      expect(faultOf(row, '备注').value).toBe('A\uFFFDB');
      expect(JSON.stringify(row)).not.toMatch(/\\u0000|\\ud800/);
    },
  );

  it('may hold any letter and sign, also of the rarer planes', () => {
    const row = judge('risk-points', { ...POINT, 责任人: '𠮷野\u200B家', 备注: '①\n② ≥ 5 m³ 😀' });

    expect(row.faults).toEqual([]);
    expect(row.riskPoint?.values).toMatchObject({
      person: '𠮷野家',
      attributes: { 备注: '①\n② ≥ 5 m³ 😀' },
    });
  });

  it('beyond the header is a fault when it has content', () => {
    const evaluate = (more: readonly (string | null)[]) =>
      evaluatorWith(['罐区', '125.3245', '43.8868', ...more]);

    expect(evaluate([null, ' ']).faults).toEqual([]);
    expect(problemsOf(evaluate([null, '甲', '乙']))).toEqual([': 比标题行多出 2 个有内容的单元格']);
  });

  it('with a mark of secrecy or unreadable characters is a warning', () => {
    const row = judge('risk-points', { ...POINT, 备注: '机密★', 责任人: '张\uFFFD' });

    expect(row.faults).toEqual([]);
    expect(row.warnings.map(({ column, problem }) => [column, problem.zh])).toEqual([
      ['备注', '含“机密”字样：本系统不得存放国家秘密'],
      ['责任人', '含有无法解码的字符，文件可能以其他编码保存'],
    ]);
  });

  it('about a record that the row does not name is kept as an attribute, with a warning', () => {
    const row = judge('risk-points', {
      ...POINT,
      企业名称: '',
      地址: '示例路 1 号',
      主要负责人: '某某',
      危险源名称: '',
      事故类型: '火灾',
    });

    expect(row.riskPoint?.values).toEqual({
      nameZh: '罐区',
      location: '示例路 1 号',
      attributes: { 主要负责人: '某某', 事故类型: '火灾' },
    });
    expect(row.warnings.map(({ column, problem }) => [column, problem.zh])).toEqual([
      ['主要负责人', '这一行没有企业，内容作为属性保留'],
      ['事故类型', '这一行没有危险源，内容作为属性保留'],
    ]);
  });

  it('of a column with any name is an attribute that harms nothing', () => {
    const row = judge('enterprises', {
      名称: '甲',
      ...PLACE,
      ['__proto__']: 'x',
      constructor: 'y',
      toString: 'z',
    });

    expect(JSON.stringify(row.enterprise?.values.attributes)).toBe(
      '{"proto":"x","constructor":"y","toString":"z"}',
    );
  });

  it('of two columns with one name are two attributes', () => {
    const row = evaluatorWith(['罐区', '125.3245', '43.8868', '甲', '乙'], ['备注', '备注']);

    expect(row.riskPoint?.values.attributes).toEqual({ 备注: '甲', '备注 (2)': '乙' });
  });
});

/** A row of 风险点名称, 经度, 纬度 and more, cell by cell. */
function evaluatorWith(cells: readonly (string | null)[], more: readonly string[] = []) {
  return evaluatorOf('risk-points', ['风险点名称', '经度', '纬度', ...more])(cells);
}
