import type { ImportKind } from '#server/domain/import/import-kind.ts';
import { mapColumns } from '#server/domain/import/map-columns.ts';
import type { OwnMapping } from '#server/domain/import/map-columns.ts';
import { tables } from './import-data.ts';

function mapped(kind: ImportKind, headers: readonly string[], own?: OwnMapping) {
  return mapColumns(tables.columns, kind, headers, own);
}

/** What each column is taken for: the field, or the use. */
function uses(kind: ImportKind, headers: readonly string[], own?: OwnMapping): readonly string[] {
  return mapped(kind, headers, own).columns.map(({ use, field }) => field ?? use);
}

describe('the columns of a file', () => {
  it('are taken for fields, attributes or nothing', () => {
    const headers = ['序号', '企业名称', '名称', '经度', '纬度', '风险等级', 'url', ''];

    expect(uses('risk-points', headers)).toEqual([
      'ignored',
      'enterpriseName',
      'riskPointName',
      'lon',
      'lat',
      'ignored',
      'attribute',
      'ignored',
    ]);
  });

  it('mean the main record of the kind where they do not say which', () => {
    const headers = ['id', '编号', '名称', '状态', '类别'];

    expect(uses('enterprises', headers)).toEqual([
      'enterpriseId',
      'enterpriseCode',
      'enterpriseName',
      'enterpriseLifecycle',
      'enterpriseCategory',
    ]);
    expect(uses('risk-points', headers)).toEqual([
      'riskPointId',
      'riskPointCode',
      'riskPointName',
      'riskPointLifecycle',
      'riskPointCategory',
    ]);
  });

  it('never give a level, and say why', () => {
    const { columns } = mapped('risk-points', ['名称', '风险等级', 'level', '颜色', 'D值']);

    expect(columns.slice(1).map(({ use }) => use)).toEqual(Array(4).fill('ignored'));
    expect(columns[1]?.note).toEqual({
      zh: '等级由评估得出，从不导入',
      en: 'A level follows from assessments and is never imported',
    });
  });

  it('keep a level column out even where a person maps it to nothing', () => {
    expect(uses('risk-points', ['名称', '风险等级'], { 风险等级: null })).toEqual([
      'riskPointName',
      'ignored',
    ]);
  });

  it('of a statutory list tell the risk from the risk point', () => {
    const list = ['风险名称', '风险点', '所处位置', '等级', '可能导致的事故类型', '管控措施'];

    expect(uses('risk-points', list)).toEqual([
      'hazardSourceName',
      'riskPointName',
      'location',
      'ignored',
      'accidentTypes',
      'measures',
    ]);
  });

  it('may stand in for what no other column fills', () => {
    expect(uses('risk-points', ['风险名称', 'lon', 'lat'])).toEqual([
      'riskPointName',
      'lon',
      'lat',
    ]);
    expect(uses('risk-points', ['name', 'type'])).toEqual(['riskPointName', 'riskPointCategory']);
    expect(uses('risk-points', ['name_zh', 'name'])).toEqual(['riskPointName', 'riskPointNameEn']);
    expect(uses('risk-points', ['name_zh', 'county_adcode', 'adcode'])).toEqual([
      'riskPointName',
      'regionCode',
      'attribute',
    ]);
    expect(mapped('risk-points', ['name']).columns[0]?.note?.zh).toBe('作为“风险点名称”读取');
  });

  it('about a record that the file never names go elsewhere', () => {
    const { columns } = mapped('risk-points', ['名称', '地址', '主要负责人', '事故类型']);

    expect(columns.map(({ use, field }) => field ?? use)).toEqual([
      'riskPointName',
      'location',
      'attribute',
      'attribute',
    ]);
    expect(columns[1]?.note?.zh).toBe('文件没有企业名称列，作为“所处位置”读取');
    expect(columns[2]?.note?.en).toBe('The file names no enterprise; kept as an attribute');
    expect(columns[3]?.note?.zh).toBe('文件没有危险源名称列，作为属性保留');
    expect(uses('risk-points', ['名称', '位置', '地址'])).toEqual([
      'riskPointName',
      'location',
      'attribute',
    ]);
  });

  it('of factors are attributes outside a file of assessments, with a note', () => {
    const { columns, notes } = mapped('risk-points', ['名称', 'L', 'E', 'C', 'D']);

    expect(columns.map(({ use }) => use)).toEqual([
      'field',
      'attribute',
      'attribute',
      'attribute',
      'ignored',
    ]);
    expect(notes.some(({ zh }) => zh.includes('把同一文件再按“评估”导入一次'))).toBe(true);
    expect(mapped('risk-points', ['名称', 'L']).notes).toHaveLength(1);
  });

  it('beyond fifty are not kept', () => {
    const headers = ['名称', ...Array.from({ length: 51 }, (_, i) => `列${i}`)];

    const { columns } = mapped('enterprises', headers);

    expect(columns.filter(({ use }) => use === 'attribute')).toHaveLength(50);
    expect(columns.at(-1)).toMatchObject({ use: 'ignored', header: '列50' });
  });

  it('are not kept where there is nothing to keep them', () => {
    const headers = ['风险点', '评估方法', '评估基准', '评估日期', 'L', 'S', '备注'];

    const { columns, faults } = mapped('assessments', headers);

    expect(faults).toEqual([]);
    expect(columns.at(-1)).toMatchObject({ use: 'ignored' });
    expect(columns.at(-1)?.note?.en).toContain('no further attributes');
  });

  it('say that empty cells change nothing, and warn of marks of secrecy', () => {
    const { notes } = mapped('enterprises', ['名称', '秘密等级']);

    expect(notes.map(({ zh }) => zh)).toEqual([
      '列标题“秘密等级”含“秘密”字样：本系统不得存放国家秘密，请先核对',
      '空单元格不改动登记库中已有的内容',
    ]);
  });

  it('may have any name', () => {
    const headers = ['名称', '__proto__', 'constructor', 'toString', 'hasOwnProperty'];

    expect(uses('enterprises', headers)).toEqual([
      'enterpriseName',
      ...Array<string>(4).fill('attribute'),
    ]);
  });
});

describe("a person's own mapping", () => {
  it('goes before the table', () => {
    const own = { 甲: 'riskPointName', 名称: null, 乙: 'lon' };

    expect(uses('risk-points', ['甲', '名称', '乙', '纬度'], own)).toEqual([
      'riskPointName',
      'attribute',
      'lon',
      'lat',
    ]);
  });

  it('keeps an attribute from standing in', () => {
    expect(uses('risk-points', ['风险点名称', '编号'], { 编号: null })).toEqual([
      'riskPointName',
      'attribute',
    ]);
  });

  it('is refused where it names a column or a field that is not there', () => {
    const own = { 没有: 'lon', 名称: 'nothing', 经度: 'method' };

    expect(mapped('risk-points', ['名称', '经度'], own).faults).toEqual([
      {
        zh: '列对应关系中的“没有”在文件中没有',
        en: 'The mapping names “没有”, which is no column of the file',
      },
      {
        zh: '列“名称”对应的字段“nothing”在此类导入中不存在',
        en: 'The field “nothing”, to which “名称” is mapped, does not exist in this kind of import',
      },
      {
        zh: '列“经度”对应的字段“method”在此类导入中不存在',
        en: 'The field “method”, to which “经度” is mapped, does not exist in this kind of import',
      },
    ]);
  });
});

describe('a file is refused', () => {
  it.each<[ImportKind, readonly string[], readonly string[]]>([
    ['risk-points', ['经度', '纬度'], ['文件没有“风险点名称”列，请添加该列或指定对应的列']],
    ['enterprises', ['风险点名称'], ['文件没有“企业名称”列，请添加该列或指定对应的列']],
    [
      'hazard-sources',
      ['备注'],
      [
        '文件没有“危险源名称”列，请添加该列或指定对应的列',
        '文件没有所属风险点的名称、编号或系统编号列，请添加该列或指定对应的列',
      ],
    ],
    [
      'assessments',
      [],
      [
        '文件没有被评估的风险点（名称、编号或系统编号）列，请添加该列或指定对应的列',
        '文件没有“评估方法”列，请添加该列或指定对应的列',
        '文件没有“评估基准”（固有或现状）列，请添加该列或指定对应的列',
        '文件没有“评估日期”列，请添加该列或指定对应的列',
        '文件没有评估因子（L、E、C、S、M）列，请添加该列或指定对应的列',
      ],
    ],
  ])('of %s with the columns %j', (kind, headers, faults) => {
    expect(mapped(kind, headers).faults.map(({ zh }) => zh)).toEqual(faults);
  });

  it('where two columns are the same field', () => {
    expect(mapped('risk-points', ['名称', '经度', 'lon']).faults).toEqual([
      {
        zh: '“经度”与“lon”都对应“经度”，请只保留一列，其余改为属性',
        en: '“经度” and “lon” both stand for “Longitude”; keep one and make the others attributes',
      },
    ]);
  });
});
