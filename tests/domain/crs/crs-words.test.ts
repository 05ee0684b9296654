import { findCrsWords } from '#server/domain/crs/crs-words.ts';

describe('words that name a system', () => {
  it.each([
    ['WGS84', 'wgs84'],
    ['经度(WGS-84)', 'wgs84'],
    ['WGS 1984', 'wgs84'],
    ['urn:ogc:def:crs:OGC:1.3:CRS84', 'wgs84'],
    ['EPSG:4326', 'wgs84'],
    ['4326', 'wgs84'],
    ['CGCS2000', 'cgcs2000'],
    ['国家2000', 'cgcs2000'],
    ['2000坐标系', 'cgcs2000'],
    ['２０００国家大地坐标系', 'cgcs2000'],
    ['大地2000', 'cgcs2000'],
    ['天地图坐标', 'cgcs2000'],
    ['urn:ogc:def:crs:EPSG::4490', 'cgcs2000'],
    ['GCJ02', 'gcj02'],
    ['gcj-02 经度', 'gcj02'],
    ['火星坐标', 'gcj02'],
    ['高德经度', 'gcj02'],
    ['AMap lon', 'gcj02'],
    ['腾讯地图', 'gcj02'],
    ['BD09', 'bd09'],
    ['bd-09ll', 'bd09'],
    ['百度坐标', 'bd09'],
    ['Web墨卡托', 'webmercator'],
    ['WGS 84 / Pseudo-Mercator', 'webmercator'],
    ['sites_3857.csv', 'webmercator'],
    ['EPSG:3857', 'webmercator'],
    ['EPSG:4547', 'EPSG:4547'],
    ['epsg 4530', 'EPSG:4530'],
    ['http://www.opengis.net/def/crs/EPSG/0/4524', 'EPSG:4524'],
    ['CGCS2000 / 3-degree Gauss-Kruger CM 126E (EPSG:4551)', 'EPSG:4551'],
    ['4551', 'EPSG:4551'],
  ])('%s', (text, crs) => {
    expect(findCrsWords(['名称', text])).toMatchObject({ crs: [crs], unsupported: [] });
  });

  it.each([
    ['中央经线 126', { meridians: [126] }],
    ['中央子午线：126°', { meridians: [126] }],
    ['中央子午线为东经126°', { meridians: [126] }],
    ['CGCS2000_3_Degree_GK_CM_126E', { crs: ['cgcs2000'], meridians: [126], widths: [3] }],
    ['L0=123', { meridians: [123] }],
    ['3度带', { widths: [3] }],
    ['三度分带', { widths: [3] }],
    ['6°带', { widths: [6] }],
    ['42带', { zones: [42] }],
    ['第21带', { zones: [21] }],
    ['带号：42', { zones: [42] }],
    ['3-degree Gauss-Kruger zone 42', { widths: [3], zones: [42] }],
    ['CGCS2000 3度带 42带', { crs: ['cgcs2000'], widths: [3], zones: [42] }],
  ])('%s', (text, words) => {
    expect(findCrsWords([text])).toMatchObject(words);
  });

  it.each([
    '北京54',
    'Beijing 1954',
    '1954年北京坐标系',
    '54坐标系',
    '西安80',
    '1980西安坐标系',
    '地方坐标系',
    'WGS84 UTM 51N',
    '通用横轴墨卡托',
    'BD09MC',
    'EPSG:2414',
    'EPSG:32651',
    '中央经线 125.5',
  ])('%s cannot be converted', (text) => {
    const words = findCrsWords([text]);

    expect(words.unsupported).toHaveLength(1);
    expect(words.crs).toEqual([]);
  });

  it.each([
    '',
    '经度',
    '2000',
    '4547号',
    '风险点2000个',
    'datamap.csv',
    '60带',
    '126度',
    'abd09x',
    'zone',
  ])('%j names none', (text) => {
    expect(findCrsWords([text])).toEqual({
      crs: [],
      meridians: [],
      zones: [],
      widths: [],
      unsupported: [],
      found: [],
    });
  });

  it('gathers all texts, each name once, and takes WGS 84 and CGCS2000 for one', () => {
    expect(findCrsWords(['高德经度', '高德纬度', '百度经度']).crs).toEqual(['gcj02', 'bd09']);
    expect(findCrsWords(['WGS84', 'CGCS2000']).crs).toEqual(['wgs84']);
    expect(findCrsWords(['CGCS2000', 'EPSG:4551']).crs).toEqual(['EPSG:4551']);
    expect(findCrsWords(['高德经度', '高德纬度']).found).toEqual(['高德']);
  });

  it('reads the beginning of a long text only', () => {
    expect(findCrsWords([`${'x'.repeat(300)} WGS84`]).crs).toEqual([]);
  });
});
