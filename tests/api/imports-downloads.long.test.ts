import iconv from 'iconv-lite';
import { csvText } from '#tests/support/csv-text.ts';
import { importApp } from '#tests/support/import-app.ts';
import { commitImport, sendImport, XLSX_TYPE } from '#tests/support/import-file.ts';
import { asXlsx, readTextTable } from '#tests/support/saved-again.ts';
import type { TestApp } from '#tests/support/test-app.ts';
import { unzipped } from '#tests/support/unzipped.ts';
import { readBytes } from '#tests/unit/imports-reading/read-bytes.ts';

const POINTS = { kind: 'risk-points', crs: 'wgs84' };
const GEOJSON_TYPE = 'application/geo+json';
const KINDS = ['risk-points', 'enterprises', 'hazard-sources', 'assessments'] as const;

let app: TestApp;

beforeAll(async () => {
  app = await importApp();
});
afterAll(() => app?.close());

type File = { readonly bytes: Buffer; readonly type: string; readonly name: string };

async function download(address: string): Promise<File> {
  const { body, headers } = await app.agent
    .get(address)
    .buffer(true)
    .parse((response, done) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => done(null, Buffer.concat(pieces)));
    })
    .expect(200);
  const name = /filename\*=UTF-8''(?<name>.*)$/.exec(headers['content-disposition'] ?? '');
  return {
    bytes: body as Buffer,
    type: headers['content-type'] ?? '',
    name: decodeURIComponent(name?.groups?.['name'] ?? ''),
  };
}

const faultyRows = ({ id }: { readonly id: string }, language = 'zh') =>
  download(`/api/v1/imports/${id}/faulty-rows?language=${language}`);

const namesInRegister = async (q: string): Promise<readonly string[]> => {
  const { body } = await app.agent.get('/api/v1/risk-points').query({ q }).expect(200);
  return (body as { items: { names: { zh: string } }[] }).items.map(({ names }) => names.zh).sort();
};

const isHeader = (cell: string) => ['风险点名称', '经度', '纬度', '状态', '备注'].includes(cell);

/** Two rows are sound; the second lacks a latitude and the fourth has a status that there is not. */
const rowsOf = (name: string): string =>
  csvText(
    '风险点名称 | 经度 | 纬度 | 状态 | 备注',
    `${name}一 | 125.21 | 43.21 | 在产 | 甲`,
    `${name}二 | 125.22 |  | 在产 | =1+1`,
    `${name}三 | 125.23 | 43.23 | 在产 | 丙`,
    `${name}四 | 125.24 | 43.24 | 半停 | 丁，"戊"`,
  );

describe('the faulty rows of a CSV', () => {
  it.each([
    ['UTF-8', 'utf-8', '氨罐', (text: string) => Buffer.from(text)],
    ['UTF-8 with a mark', 'utf-8', '氯罐', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['GB18030', 'gb18030', '储罐', (text: string) => iconv.encode(text, 'gb18030')],
  ])(
    'in %s come in it, and are written when they were corrected',
    async (_, charset, name, encoded) => {
      const query = { ...POINTS, fileName: '风险点.csv' };
      const report = await sendImport(app, encoded(rowsOf(name)), query);
      expect(report).toMatchObject({ state: 'ready', rows: 4, new: 2, faulty: 2 });
      const committed = await commitImport(app, report, true);
      expect(committed).toMatchObject({ state: 'committed' });

      const file = await faultyRows(report);

      expect([file.type, file.name]).toEqual([`text/csv; charset=${charset}`, '风险点_有误行.csv']);
      const text = iconv.decode(file.bytes, charset, { stripBOM: false });
      expect(text.startsWith('\uFEFF')).toBe(_ === 'UTF-8 with a mark');
      const table = readTextTable(text);
      expect(table.headers).toEqual(['风险点名称', '经度', '纬度', '状态', '备注', '问题说明']);
      expect(table.rows.map((row) => Object.values(row).slice(0, 5))).toEqual([
        [`${name}二`, '125.22', '', '在产', "'=1+1"],
        [`${name}四`, '125.24', '43.24', '半停', '丁，"戊"'],
      ]);
      expect(table.rows[0]?.['问题说明']).toMatch(/^纬度：.*纬度/);
      expect(table.rows[1]?.['问题说明']).toMatch(/^状态：无法识别的状态（未建、/);

      const corrected = text.replace('125.22,,', '125.22,43.22,').replace('半停', '停产');
      const again = await sendImport(app, iconv.encode(corrected, charset), query);
      expect(again).toMatchObject({ state: 'ready', rows: 2, new: 2, faulty: 0 });
      expect(again.columns.at(-1)).toMatchObject({ header: '问题说明', use: 'ignored' });
      await commitImport(app, again);
      expect(await namesInRegister(name)).toEqual(['一', '三', '二', '四'].map((n) => name + n));
    },
  );

  it('keep the delimiter and what stood above the header, and have one column of reasons however often they come back', async () => {
    const text = [
      '风险点清单;;',
      '填报单位：应急局；坐标系：WGS84;;',
      '风险点名称;经度;纬度',
      '塔一;125.31;',
    ].join('\n');
    const report = await sendImport(app, text, POINTS);
    expect(report).toMatchObject({ rows: 1, faulty: 1 });

    const first = String((await faultyRows(report)).bytes);
    expect(first.split('\r\n').slice(0, 3)).toEqual([
      '风险点清单',
      '"填报单位：应急局；坐标系：WGS84"'.replaceAll('"', ''),
      '风险点名称;经度;纬度;问题说明',
    ]);
    const again = await sendImport(app, first, POINTS);
    expect(again).toMatchObject({ rows: 1, faulty: 1, format: { delimiter: ';' } });
    const second = String((await faultyRows(again, 'en')).bytes);
    expect(second.split('\r\n')[2]).toBe('风险点名称;经度;纬度;Problems');
    expect(second.split('\r\n')[3]).toMatch(/^塔一;125\.31;;.*latitude is missing/);
  });
});

it('the faulty rows of an XLSX come on a sheet of the same name, and are written when they were corrected', async () => {
  const book = await asXlsx(
    readTextTable(rowsOf('球罐')),
    { name: '登记 一', titles: ['某县风险点清单'] },
    [],
  );
  const report = await sendImport(app, book, { ...POINTS, fileName: '清单.xlsx' }, XLSX_TYPE);
  expect(report).toMatchObject({ state: 'ready', rows: 4, new: 2, faulty: 2 });

  const file = await faultyRows(report, 'en');

  expect([file.type, file.name]).toEqual([XLSX_TYPE, '清单_faulty-rows.xlsx']);
  const { head, rows } = await readBytes(file.bytes, XLSX_TYPE, { isHeader });
  expect(head).toMatchObject({
    format: { kind: 'xlsx', sheet: '登记 一' },
    titles: ['某县风险点清单'],
    headers: ['风险点名称', '经度', '纬度', '状态', '备注', 'Problems'],
  });
  expect(rows.map(({ cells }) => cells.slice(0, 5))).toEqual([
    ['球罐二', '125.22', null, '在产', '=1+1'],
    ['球罐四', '125.24', '43.24', '半停', '丁，"戊"'],
  ]);
  expect(rows.map(({ cells }) => cells[5])).toEqual([
    expect.stringMatching(/^纬度: The latitude is missing/),
    expect.stringMatching(/^状态: .*status/),
  ]);

  const corrected = rows.map(({ cells: [name = '', lon, lat, , remark, reason] }) =>
    Object.fromEntries(
      head.headers.map((header, at) => [
        header,
        [name, lon, lat ?? '43.22', '停产', remark, reason][at] ?? '',
      ]),
    ),
  );
  const table = { headers: head.headers, rows: corrected };
  const again = await sendImport(app, await asXlsx(table), POINTS, XLSX_TYPE);
  expect(again).toMatchObject({ state: 'ready', new: 2, faulty: 0 });
  await commitImport(app, again);
  expect(await namesInRegister('球罐')).toEqual(['球罐二', '球罐四']);
});

it('the faulty features of GeoJSON keep their shapes and coordinate system, and are written when they were corrected', async () => {
  const feature = (name: string, status: string, lon: number) => ({
    type: 'Feature',
    properties: { 风险点名称: name, 状态: status, __proto__: null },
    geometry: { type: 'Point', coordinates: [lon, 43.3] },
  });
  const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4490' } };
  const features = [feature('气柜一', '在产', 125.31), feature('气柜二', '半停', 125.32)];
  const sent = JSON.stringify({ type: 'FeatureCollection', crs, features });
  const query = { kind: 'risk-points', crs: 'auto', fileName: '气柜.geojson' };
  const report = await sendImport(app, sent, query, GEOJSON_TYPE);
  expect(report).toMatchObject({ state: 'ready', rows: 2, new: 1, faulty: 1 });

  const file = await faultyRows(report);

  expect([file.type, file.name]).toEqual([GEOJSON_TYPE, '气柜_有误行.geojson']);
  const collection = JSON.parse(String(file.bytes));
  expect(collection).toEqual({
    type: 'FeatureCollection',
    crs,
    features: [
      {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [125.32, 43.3] },
        properties: {
          风险点名称: '气柜二',
          状态: '半停',
          问题说明: expect.stringMatching(/^状态：无法识别的状态（未建、/),
        },
      },
    ],
  });

  const corrected = String(file.bytes).replace('"状态":"半停"', '"状态":"停产"');
  const again = await sendImport(app, corrected, query, GEOJSON_TYPE);
  expect(again).toMatchObject({ state: 'ready', new: 1, faulty: 0 });
  expect(again.crs?.decided?.crs).toBe(report.crs?.decided?.crs);
  await commitImport(app, again);
  expect(await namesInRegister('气柜')).toEqual(['气柜二']);
});

describe('the faulty rows', () => {
  it('of a file without any are a header alone', async () => {
    const report = await sendImport(app, rowsOf('槽').split('\n').slice(0, 2).join('\n'), POINTS);
    expect(report).toMatchObject({ faulty: 0, rows: 1 });

    const text = String((await faultyRows(report)).bytes);

    expect(text).toBe('风险点名称,经度,纬度,状态,备注,问题说明\r\n');
  });

  it('have what was corrected here', async () => {
    const report = await sendImport(app, rowsOf('釜'), POINTS);
    await app.agent
      .patch(`/api/v1/imports/${report.id}/rows/5`)
      .send({ cells: { 状态: '全停' } })
      .expect(200);

    const { rows } = readTextTable(String((await faultyRows(report)).bytes));

    expect(rows.map((row) => row['状态'])).toEqual(['在产', '全停']);
  });

  it('of an import that there is not are not found', async () => {
    await app.agent
      .get('/api/v1/imports/018f0000-0000-7000-8000-00000000ffff/faulty-rows')
      .expect(404);
  });
});

describe('a template', () => {
  const cases = KINDS.flatMap((kind) => [[kind, 'zh'] as const, [kind, 'en'] as const]);
  const REQUIRED = {
    'risk-points': ['风险点名称', 'Risk point name'],
    enterprises: ['企业名称', 'Enterprise name'],
    'hazard-sources': ['危险源名称', 'Hazard source name'],
    assessments: ['风险点名称', 'Risk point name'],
  } as const;

  it.each(cases)(
    'of %s in %s is understood by an import of it, as XLSX and as CSV',
    async (kind, language) => {
      const address = `/api/v1/import-templates/${kind}?language=${language}`;
      const book = await download(address);
      const text = await download(`${address}&format=csv`);
      expect([book.type, text.type]).toEqual([XLSX_TYPE, 'text/csv; charset=utf-8']);
      expect([book.name, text.name].map((name) => name.split('.').at(-1))).toEqual(['xlsx', 'csv']);

      const reports = [
        await sendImport(app, book.bytes, { kind, crs: 'wgs84' }, XLSX_TYPE),
        await sendImport(app, text.bytes, { kind, crs: 'wgs84' }),
      ];

      const { headers } = readTextTable(String(text.bytes));
      expect(headers).toContain(REQUIRED[kind][language === 'zh' ? 0 : 1]);
      for (const report of reports) {
        expect(report.columns.map(({ header }) => header)).toEqual(headers);
        expect(report.columns.filter(({ use }) => use !== 'field')).toEqual([]);
        expect(report).toMatchObject({ state: 'ready', rows: 2 });
      }
      expect(reports[0]?.faults).toEqual(reports[1]?.faults);
    },
  );

  it.each(cases)(
    'of %s in %s offers the words of its lists in their cells, and says what is to be filled in',
    async (kind, language) => {
      const { bytes } = await download(`/api/v1/import-templates/${kind}?language=${language}`);
      const parts = await unzipped(bytes);
      const main = parts.get('xl/worksheets/sheet1.xml') ?? '';
      const names = language === 'zh' ? ['填写说明', '可选值'] : ['Notes', 'Values'];
      for (const name of names) expect(parts.get('xl/workbook.xml')).toContain(`name="${name}"`);
      const lists = await readBytes(bytes, XLSX_TYPE, { isHeader, sheet: names[1] ?? '' });

      const { headers } = (await readBytes(bytes, XLSX_TYPE, { isHeader })).head;
      expect(headers).toEqual(expect.arrayContaining(lists.head.headers));
      expect(main.match(/<dataValidation /g)).toHaveLength(lists.head.headers.length);
      expect(main.split('<formula1>')[1]?.slice(0, 20)).toContain(`'${names[1]}'!$A$2`);
      expect(lists.rows.length).toBeGreaterThan(1);
      expect(parts.get('xl/worksheets/sheet2.xml')).toMatch(
        language === 'zh' ? /示例行为虚构/ : /example rows are invented/,
      );
    },
  );
});
