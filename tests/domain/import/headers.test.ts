import type { ImportKind } from '#server/domain/import/import-kind.ts';
import { IMPORT_KINDS } from '#server/domain/import/import-kind.ts';
import { normaliseHeader } from '#server/domain/import/header-text.ts';
import { fieldsOf, knownHeader, mainField } from '#server/domain/import/import-columns.ts';
import { tables } from './import-data.ts';

/** The field that a header means; `-` where it is known and left out, null where it is not known. */
function fieldOf(kind: ImportKind, header: string): string | null {
  const meaning = knownHeader(tables.columns, kind, header);
  if (meaning === null) return null;
  return 'field' in meaning ? meaning.field.id : '-';
}

describe('a header is compared', () => {
  it.each([
    ['经度', '经度'],
    ['  经 度\n', '经度'],
    ['经度（必填）', '经度'],
    ['经度(°)', '经度'],
    ['*企业名称', '企业名称'],
    ['企业名称：', '企业名称'],
    ['Source_ID', 'sourceid'],
    ['SOURCE-ID', 'sourceid'],
    ['ＬＯＮ', 'lon'],
    ['经度【WGS84】', '经度'],
    ['（备注）', '备注'],
    ['***', '***'],
    ['', ''],
  ])('%j as %j', (header, expected) => {
    expect(normaliseHeader(header)).toBe(expected);
  });

  it('by its beginning only, however long it is', () => {
    expect(normaliseHeader('('.repeat(100_000))).toHaveLength(120);
  });
});

const SAME_IN_ALL: readonly (readonly [string, string])[] = [
  ['source', 'source'],
  ['来源', 'source'],
  ['数据来源', 'source'],
  ['统一社会信用代码', 'uscc'],
  ['uscc', 'uscc'],
  ['企业名称', 'enterpriseName'],
  ['单位名称', 'enterpriseName'],
  ['所属企业', 'enterpriseName'],
  ['企业系统编号', 'enterpriseId'],
  ['企业编号', 'enterpriseCode'],
  ['风险等级', '-'],
  ['等级', '-'],
  ['颜色', '-'],
  ['level', '-'],
  ['Risk level', '-'],
  ['D值', '-'],
  ['风险值', '-'],
  ['score', '-'],
  ['序号', '-'],
  ['导入问题', '-'],
  ['问题说明', '-'],
  ['Problems', '-'],
];

const BY_KIND: Readonly<Record<ImportKind, readonly (readonly [string, string | null])[]>> = {
  'risk-points': [
    ['name_zh', 'riskPointName'],
    ['名称', 'riskPointName'],
    ['风险点名称', 'riskPointName'],
    ['风险点', 'riskPointName'],
    ['name_en', 'riskPointNameEn'],
    ['source_id', 'riskPointCode'],
    ['编号', 'riskPointCode'],
    ['code', 'riskPointCode'],
    ['类型', 'riskPointKind'],
    ['adcode', 'regionCode'],
    ['name', 'riskPointName'],
    ['风险点编号', 'riskPointCode'],
    ['id', 'riskPointId'],
    ['系统编号', 'riskPointId'],
    ['风险点系统编号', 'riskPointId'],
    ['危险源系统编号', 'hazardSourceId'],
    ['危险源名称', 'hazardSourceName'],
    ['风险名称', 'hazardSourceName'],
    ['状态', 'riskPointLifecycle'],
    ['生产状态', 'riskPointLifecycle'],
    ['status', 'riskPointLifecycle'],
    ['企业状态', 'enterpriseLifecycle'],
    ['类别', 'riskPointCategory'],
    ['category', 'riskPointCategory'],
    ['kind', 'riskPointKind'],
    ['风险点类型', 'riskPointKind'],
    ['监管行业领域', 'riskPointFields'],
    ['field', 'riskPointFields'],
    ['国民经济行业', 'industry'],
    ['地址', 'address'],
    ['address', 'address'],
    ['主要负责人', 'principalName'],
    ['principal', 'principalName'],
    ['安全负责岗位', 'principalPost'],
    ['信用代码存疑原因', 'usccReason'],
    ['lon', 'lon'],
    ['lng', 'lon'],
    ['longitude', 'lon'],
    ['经度', 'lon'],
    ['X坐标', 'lon'],
    ['lat', 'lat'],
    ['latitude', 'lat'],
    ['纬度', 'lat'],
    ['Y坐标', 'lat'],
    ['坐标', 'position'],
    ['经纬度', 'position'],
    ['坐标系', 'crs'],
    ['crs', 'crs'],
    ['datum', 'crs'],
    ['行政区划代码', 'regionCode'],
    ['county_adcode', 'regionCode'],
    ['市', 'city'],
    ['city', 'city'],
    ['区县', 'county'],
    ['county', 'county'],
    ['管控层级', 'controlLevel'],
    ['责任部门', 'department'],
    ['责任岗位', 'post'],
    ['责任人', 'person'],
    ['所处位置', 'location'],
    ['位置', 'location'],
    ['所处位置（场所、部位、环节）', 'location'],
    ['可能导致的事故类型', 'accidentTypes'],
    ['事故类型', 'accidentTypes'],
    ['管控措施', 'measures'],
    ['工程技术措施', 'engineering'],
    ['管理措施', 'management'],
    ['培训教育措施', 'training'],
    ['个体防护措施', 'ppe'],
    ['应急处置措施', 'emergency'],
    ['坐标 经度', 'lon'],
    ['经度/Longitude', 'lon'],
    ['管控措施 管理措施', 'management'],
    ['名称/Name_zh', 'riskPointName'],
    ['e-mail address', null],
    ['备注 名称', null],
    ['评估方法', null],
    ['capacity', null],
    ['__proto__', null],
    ['constructor', null],
  ],
  enterprises: [
    ['name_zh', 'enterpriseName'],
    ['名称', 'enterpriseName'],
    ['name_en', 'enterpriseNameEn'],
    ['source_id', 'enterpriseCode'],
    ['id', 'enterpriseId'],
    ['status', 'enterpriseLifecycle'],
    ['状态', 'enterpriseLifecycle'],
    ['category', 'enterpriseCategory'],
    ['企业类型', 'enterpriseCategory'],
    ['field', 'enterpriseFields'],
    ['industry', 'industry'],
    ['lon', 'lon'],
    ['坐标', 'position'],
    ['风险点名称', null],
    ['管控措施', null],
  ],
  'hazard-sources': [
    ['名称', 'hazardSourceName'],
    ['name_zh', 'hazardSourceName'],
    ['危险源', 'hazardSourceName'],
    ['风险点名称', 'riskPointName'],
    ['风险点编号', 'riskPointCode'],
    ['系统编号', 'hazardSourceId'],
    ['category', 'hazardSourceCategory'],
    ['危险源类型', 'hazardSourceKind'],
    ['事故类型', 'accidentTypes'],
    ['管控措施', 'measures'],
    ['经度', null],
  ],
  assessments: [
    ['名称', 'riskPointName'],
    ['危险源名称', 'hazardSourceName'],
    ['评估方法', 'method'],
    ['method', 'method'],
    ['版本', 'version'],
    ['评估基准', 'basis'],
    ['basis', 'basis'],
    ['评估日期', 'assessedAt'],
    ['assessed_at', 'assessedAt'],
    ['L', 'factorL'],
    ['可能性(L)', 'factorL'],
    ['可能性', 'factorL'],
    ['L值', 'factorL'],
    ['暴露频繁程度E', 'factorE'],
    ['暴露频繁程度（E）', 'factorE'],
    ['E', 'factorE'],
    ['后果C', 'factorC'],
    ['后果', 'factorC'],
    ['后果(S)', 'factorS'],
    ['后果严重性（S）', 'factorS'],
    ['S', 'factorS'],
    ['M', 'factorM'],
    ['D', '-'],
    ['地址', null],
  ],
};

describe('a file', () => {
  for (const kind of IMPORT_KINDS) {
    it.each([...SAME_IN_ALL, ...BY_KIND[kind]])(`of ${kind} knows %j as %j`, (header, field) => {
      expect(fieldOf(kind, header)).toBe(field);
    });
  }

  it('knows every spelling of the table with a hint, in capitals and in full width', () => {
    for (const kind of IMPORT_KINDS) {
      for (const field of fieldsOf(tables.columns, kind)) {
        for (const header of [field.names.zh, field.names.en, ...field.headers]) {
          expect([header, fieldOf(kind, ` ${header.toUpperCase()}\n`)]).toEqual([header, field.id]);
          expect([header, fieldOf(kind, `${header}（必填）`)]).toEqual([header, field.id]);
        }
      }
    }
  });

  it('has a field for the identifier, code and name of its main record', () => {
    const found = IMPORT_KINDS.map((kind) => mainField(kind, 'code'));

    expect(found).toEqual(['riskPointCode', 'enterpriseCode', 'hazardSourceCode', 'riskPointCode']);
  });
});
