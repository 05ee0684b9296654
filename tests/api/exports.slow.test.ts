import {
  download,
  downloadTable,
  EXPORT_IDS,
  fillForExport,
  ODD_NAMES,
} from '#tests/support/export-data.ts';
import { testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

let app: TestApp;

beforeAll(async () => {
  app = await testApp();
  await app.database.asOwner(fillForExport);
});
afterAll(() => app?.close());

describe('the control list 风险分级管控清单', () => {
  it('has the columns of article 11 in their order between the enterprise and the identifiers', async () => {
    const { head } = await downloadTable(app, { list: 'control-list', format: 'xlsx' });

    expect(head.headers).toEqual([
      '序号',
      '企业名称',
      '风险名称',
      '风险点',
      '所处位置（场所、部位、环节）',
      '等级',
      '可能导致的事故类型',
      '管控措施',
      '责任部门',
      '责任人',
      '管控层级',
      '责任岗位',
      '有效期至',
      '所在行政区',
      '企业系统编号',
      '风险点系统编号',
      '危险源系统编号',
    ]);
  });

  it('prints its name, the filter and the time of the data above the header', async () => {
    const { head } = await downloadTable(app, {
      list: 'control-list',
      format: 'xlsx',
      region: '990101',
      level: '1,3',
      field: 'hazardous-chemicals',
      q: '储罐',
    });

    expect(head.titles).toEqual([
      '风险分级管控清单',
      '筛选条件：行政区：示例南县（990101）；评估等级：重大风险、一般风险；监管行业领域：危化；名称或编号含：储罐；评估基准：现状风险',
      '数据时间：2026-06-15 12:00（Asia/Shanghai）',
    ]);
  });

  it('has a row for each hazard source, worst first, and one for a point with measures of its own or no source', async () => {
    const { rows, column } = await downloadTable(app, { list: 'control-list', format: 'xlsx' });

    expect(rows).toHaveLength(7);
    expect(column('序号')).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(column('风险点')).toEqual([
      '示例储罐',
      '示例储罐',
      '示例储罐',
      '示例路段',
      '示例采坑',
      ODD_NAMES.point,
      '示例旧窑',
    ]);
    expect(column('风险名称')).toEqual([
      null,
      '示例泄漏',
      '示例火灾',
      null,
      null,
      ODD_NAMES.source,
      null,
    ]);
    expect(column('等级')).toEqual([
      '重大风险（红）',
      '重大风险（红）',
      '一般风险（黄）',
      '低风险（蓝）',
      '已过期，原较大风险（橙）',
      '未评估',
      '不适用',
    ]);
  });

  it('says who controls what and how', async () => {
    const { cell } = await downloadTable(app, { list: 'control-list', format: 'xlsx' });

    expect(cell(1, '所处位置（场所、部位、环节）')).toBe('厂区东侧，1 号门');
    expect(cell(1, '可能导致的事故类型')).toBe('中毒和窒息');
    expect(cell(1, '管控措施')).toBe(
      '工程技术措施：\n1. 液位报警，联锁 2.5 m\n2. =气体检测\n（两处）\n管理措施：\n1. 每两小时巡检一次',
    );
    expect(cell(0, '管控措施')).toBe('个体防护措施：\n1. 佩戴防毒面具');
    expect([
      cell(1, '责任部门'),
      cell(1, '责任人'),
      cell(1, '管控层级'),
      cell(1, '责任岗位'),
    ]).toEqual(['储运部', '示例甲', '车间', '罐区班长']);
    expect(cell(1, '所在行政区')).toBe('示例省示例甲市示例南县');
    expect(cell(1, '危险源系统编号')).toBe(EXPORT_IDS.leak);
  });

  it('names each Chinese column and the English beside it in English', async () => {
    const { head, cell } = await downloadTable(app, {
      list: 'control-list',
      format: 'xlsx',
      language: 'en',
      region: '990101',
    });

    expect(head.titles[0]).toBe('Risk grading and control list');
    expect(head.titles[1]).toBe('Filter: region: 示例南县 (990101); basis: Current risk');
    expect(head.headers.slice(0, 12)).toEqual([
      'No.',
      'Enterprise name',
      'Enterprise name (English)',
      'Hazard source',
      'Hazard source name (English)',
      'Risk point',
      'Risk point name (English)',
      'Location in the enterprise',
      'Level',
      'Possible accident types',
      'Control measures',
      'Control measures (English)',
    ]);
    expect(cell(1, 'Level')).toBe('Major risk (red)');
    expect(cell(1, 'Hazard source name (English)')).toBe('Leak');
    expect(cell(1, 'Department')).toBe('储运部');
    expect(cell(1, 'Department (English)')).toBe('Storage and transport');
  });

  it('shows the assessed level whatever the dynamic one is', async () => {
    const { head, column } = await downloadTable(app, { list: 'control-list', format: 'csv' });

    expect(head.headers.filter((header) => header.includes('动态'))).toEqual([]);
    expect(column('等级')[0]).toBe('重大风险（红）');
  });
});

describe('the list of major risks 重大风险清单', () => {
  it('holds the risks of level 1 and nothing else of their points', async () => {
    const { head, column } = await downloadTable(app, { list: 'major-risks', format: 'xlsx' });

    expect(head.titles[0]).toBe('重大风险清单');
    expect(head.titles[1]).toBe('筛选条件：评估等级：重大风险；评估基准：现状风险');
    expect(column('风险名称')).toEqual([null, '示例泄漏']);
    expect(column('等级')).toEqual(['重大风险（红）', '重大风险（红）']);
  });

  it('is a file with a header only where there are none', async () => {
    const { bytes } = await download(app, { list: 'major-risks', format: 'csv', region: '990200' });
    const lines = String(bytes).trimEnd().split('\r\n');

    expect(lines).toHaveLength(4);
    expect(lines[3]).toMatch(/^序号,企业名称,风险名称,风险点,/);
  });
});

describe('the lists of the register', () => {
  it('hand out risk points with sources, measures, places and attributes', async () => {
    const { head, cell, rows } = await downloadTable(app, { list: 'risk-points', format: 'xlsx' });

    expect(rows).toHaveLength(7);
    expect(head.titles[2]).toBe('数据时间：2026-06-15 12:00（Asia/Shanghai）；坐标系：WGS 84');
    expect([cell(1, '经度'), cell(1, '纬度'), cell(1, '坐标系'), cell(1, '图形类型')]).toEqual([
      '125.5123456',
      '43.2512345',
      'WGS84',
      '点',
    ]);
    expect(cell(1, '工程技术措施')).toBe('1. 液位报警，联锁 2.5 m\n2. =气体检测\n（两处）');
    expect(cell(1, '风险点监管行业领域')).toBe('消防/人员密集、危化');
    expect(cell(1, '容积')).toBe('007');
    expect(cell(1, '备注')).toBe('第一行\n第二行');
    expect(cell(1, '行政区划代码')).toBe('990101');
    // An attribute called 等级 would come back as a level: it stays out.
    expect(head.headers).not.toContain('等级');
    expect(head.headers.slice(-3)).toEqual(['企业系统编号', '风险点系统编号', '危险源系统编号']);
  });

  it('leave the coordinates of lines and areas empty and say what they are', async () => {
    const { cell } = await downloadTable(app, { list: 'risk-points', format: 'csv' });

    expect([cell(3, '图形类型'), cell(3, '经度'), cell(3, '纬度'), cell(3, '坐标系')]).toEqual([
      '线',
      null,
      null,
      null,
    ]);
    expect(cell(4, '图形类型')).toBe('面');
  });

  it('hand out enterprises, hazard sources and assessments', async () => {
    const enterprises = await downloadTable(app, { list: 'enterprises', format: 'csv' });
    expect(enterprises.column('企业名称')).toEqual([ODD_NAMES.enterprise, '示例采石场']);
    expect(enterprises.column('统一社会信用代码')).toEqual(['91350100M000100Y43', null]);
    expect(enterprises.column('风险等级')).toEqual(['重大风险（红）', '已过期，原较大风险（橙）']);

    const sources = await downloadTable(app, { list: 'hazard-sources', format: 'csv' });
    expect(sources.column('危险源名称')).toEqual(['示例泄漏', '示例火灾', ODD_NAMES.source]);
    expect(sources.column('危险源等级')).toEqual(['重大风险（红）', '一般风险（黄）', '未评估']);

    const assessments = await downloadTable(app, { list: 'assessments', format: 'csv' });
    expect(assessments.column('风险点名称')).toEqual([
      '示例储罐',
      '示例储罐',
      '示例路段',
      '示例采坑',
    ]);
    // Begun at noon UTC minus twelve hours it is no whole day in Shanghai; the second is midnight there.
    expect(assessments.column('评估日期').slice(0, 2)).toEqual([
      '2026-03-01T00:00:00.000Z',
      '2026-03-02',
    ]);
    expect(assessments.column('方法版本')[0]).toBe('national@1');
    expect(assessments.column('可能性 L').slice(0, 2)).toEqual(['6', '3']);
    expect(assessments.column('分值').slice(0, 2)).toEqual(['540', '126']);
  });

  it.each([
    ['region=990200', ['示例路段', '示例采坑']],
    [`enterprise=${EXPORT_IDS.quarry}`, ['示例采坑']],
    ['bbox=126.1,43.4,126.45,43.6', ['示例路段']],
    ['level=4', ['示例路段']],
    ['dynamic=1', ['示例储罐']],
    ['state=expired,not_applicable', ['示例采坑', '示例旧窑']],
    ['field=fire-and-crowds', ['示例储罐']],
    ['q=T-0', ['示例储罐']],
  ])('are filtered as the list of risk points is: %s', async (filter, names) => {
    const query = Object.fromEntries(new URLSearchParams(filter));
    const { column } = await downloadTable(app, { list: 'risk-points', format: 'csv', ...query });

    expect([...new Set(column('风险点名称'))]).toEqual(names);
  });

  it('look at one basis only', async () => {
    const { column } = await downloadTable(app, {
      list: 'risk-points',
      format: 'csv',
      basis: 'inherent',
    });

    expect(new Set(column('风险点等级'))).toEqual(new Set(['未评估', '不适用']));
  });
});
