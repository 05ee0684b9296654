import iconv from 'iconv-lite';
import { download, EXPORT_IDS, fillForExport, ODD_NAMES } from '#tests/support/export-data.ts';
import { testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

let app: TestApp;

beforeAll(async () => {
  app = await testApp();
  await app.database.asOwner(fillForExport);
});
afterAll(() => app?.close());

async function faultsOf(query: string): Promise<readonly { parameter: string; detail: string }[]> {
  const response = await app.agent.get(`/api/v1/exports?${query}`).expect(400);
  return (response.body as { errors: { parameter: string; detail: string }[] }).errors;
}

describe('a CSV of the exports', () => {
  it('escapes what a spreadsheet would take for a formula and quotes what would break a record', async () => {
    const { bytes } = await download(app, { list: 'control-list', format: 'csv' });
    const text = String(bytes);

    expect(text).toContain(`"'=示例""化工""有限公司"`);
    expect(text).toContain(`"'+示例，锅炉;房"`);
    expect(text).toContain(`"''=示例\t吊装, ""起重"""`);
    expect(text).toContain('"工程技术措施：\n1. 液位报警，联锁 2.5 m\n2. =气体检测\n（两处）');
  });

  it.each([
    [{}, 'utf-8', '\uFEFF风险分级管控清单\r\n'],
    [{ encoding: 'utf-8' }, 'utf-8', '风险分级管控清单\r\n'],
    [{ encoding: 'gb18030' }, 'gb18030', '风险分级管控清单\r\n'],
  ])('comes in the encoding that was asked for: %j', async (choice, charset, beginning) => {
    const { bytes, response } = await download(app, {
      list: 'control-list',
      format: 'csv',
      ...choice,
    });

    expect(response.headers['content-type']).toBe(`text/csv; charset=${charset}`);
    const text = iconv.decode(bytes, charset, { stripBOM: false });
    expect(text.slice(0, beginning.length)).toBe(beginning);
    expect(text).toContain('储运部');
  });

  it.each([
    ['comma', ','],
    ['semicolon', ';'],
    ['tab', '\t'],
  ])('is parted by a %s when asked to', async (delimiter, sign) => {
    const { bytes } = await download(app, { list: 'control-list', format: 'csv', delimiter });

    expect(String(bytes)).toContain(['\n序号', '企业名称', '风险名称', '风险点'].join(sign));
  });
});

describe('GeoJSON of the exports', () => {
  type Collection = {
    readonly title: string;
    readonly filter: string;
    readonly dataTime: string;
    readonly rows: number;
    readonly changedWhileWritten: boolean;
    readonly features: readonly {
      readonly id: string;
      readonly geometry: { readonly type: string; readonly coordinates: unknown };
      readonly properties: Readonly<Record<string, unknown>>;
    }[];
  };

  async function collection(query: Readonly<Record<string, string>>): Promise<Collection> {
    const { bytes, response } = await download(app, { format: 'geojson', ...query });
    expect(response.headers['content-type']).toBe('application/geo+json');
    return JSON.parse(String(bytes)) as Collection;
  }

  it('has a feature for each risk point with its own shape and what the list is', async () => {
    const { features, ...told } = await collection({ list: 'risk-points' });

    expect(told).toEqual({
      type: 'FeatureCollection',
      title: '风险点清单',
      filter: '全部；评估基准：现状风险',
      dataTime: '2026-06-15T04:00:00.000Z',
      rows: 5,
      changedWhileWritten: false,
    });
    expect(features.map(({ id }) => id)).toEqual([
      EXPORT_IDS.tank,
      EXPORT_IDS.road,
      EXPORT_IDS.pit,
      EXPORT_IDS.boiler,
      EXPORT_IDS.shut,
    ]);
    expect(features[0]?.geometry).toEqual({
      type: 'Point',
      coordinates: [125.5123456, 43.2512345],
    });
    expect(features[1]?.geometry.type).toBe('LineString');
    expect(features[2]?.geometry.type).toBe('Polygon');
    expect(features[0]?.properties).toMatchObject({
      风险点名称: '示例储罐',
      风险点等级: '重大风险（红）',
      个体防护措施: '1. 佩戴防毒面具',
      企业系统编号: EXPORT_IDS.works,
    });
    // What a feature says by its geometry and its id.
    const names = Object.keys(features[0]?.properties ?? {});
    expect(names.filter((name) => ['经度', '坐标系', '风险点系统编号'].includes(name))).toEqual([]);
  });

  it('has the enterprises as points', async () => {
    const { features } = await collection({ list: 'enterprises', language: 'en', level: '1' });

    expect(features).toHaveLength(1);
    expect(features[0]?.geometry).toEqual({ type: 'Point', coordinates: [125.5, 43.25] });
    expect(features[0]?.properties['Enterprise name']).toBe(ODD_NAMES.enterprise);
  });
});

describe('the answer of the exports', () => {
  it('is a file with a name that says list, region and day, and is never stored', async () => {
    const { response } = await download(app, {
      list: 'control-list',
      format: 'xlsx',
      region: '990100',
    });

    expect(response.headers['content-type']).toBe(
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    );
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['content-disposition']).toBe(
      `attachment; filename="_________990100_2026-06-15.xlsx"; filename*=UTF-8''${encodeURIComponent('风险分级管控清单_990100_2026-06-15.xlsx')}`,
    );
  });

  it('is in the language of the request unless one is named', async () => {
    const { headers } = await app.agent
      .head('/api/v1/exports?list=major-risks&format=csv')
      .set('Accept-Language', 'en')
      .expect(200);

    expect(headers['content-disposition']).toContain('filename="major-risks_2026-06-15.csv"');
  });

  it.each([
    ['region=999999', '没有找到行政区“999999”。', 'No region "999999".'],
    [
      'enterprise=01900000-0000-7000-8000-000000000000',
      '没有找到企业“01900000-0000-7000-8000-000000000000”。',
      'No enterprise "01900000-0000-7000-8000-000000000000".',
    ],
  ])('is 404 for %s, which is not there', async (filter, zh, en) => {
    for (const format of ['csv', 'xlsx', 'geojson']) {
      const url = `/api/v1/exports?list=risk-points&format=${format}&${filter}`;
      const { body } = await app.agent.get(url).expect(404);
      expect(body).toMatchObject({ title: '未找到', detail: zh });
      const english = await app.agent.get(url).set('Accept-Language', 'en').expect(404);
      expect(english.body).toMatchObject({ title: 'Not found', detail: en });
    }
  });

  it('answers HEAD with the headers alone', async () => {
    const response = await app.agent
      .head('/api/v1/exports?list=assessments&format=csv&encoding=gb18030')
      .expect(200);

    expect(response.headers['content-type']).toBe('text/csv; charset=gb18030');
    expect(response.text ?? '').toBe('');
  });

  it.each([
    ['format=csv', ['list']],
    ['list=control-list', ['format']],
    ['list=everything&format=pdf', ['list', 'format']],
    ['list=control-list&format=xlsx&limit=5', ['limit']],
    ['list=control-list&format=geojson', ['format']],
    ['list=assessments&format=geojson', ['format']],
    ['list=control-list&format=xlsx&encoding=utf-8&delimiter=tab', ['encoding', 'delimiter']],
    ['list=risk-points&format=csv&encoding=utf-7', ['encoding']],
    ['list=major-risks&format=csv&level=2', ['level']],
    [
      `list=enterprises&format=csv&enterprise=${EXPORT_IDS.works}&dynamic=1`,
      ['enterprise', 'dynamic'],
    ],
    ['list=risk-points&format=csv&crs=gcj02', ['crs']],
    ['list=risk-points&format=csv&region=22', ['region']],
  ])('refuses %s', async (query, parameters) => {
    const faults = await faultsOf(query);

    expect(faults.map(({ parameter }) => parameter)).toEqual(parameters);
  });
});
