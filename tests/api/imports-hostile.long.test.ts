import { bookEntries, makeBook, makeZip, textRow } from '#tests/unit/imports-reading/make-zip.ts';
import { XLSX_TYPE } from '#tests/support/import-file.ts';
import { testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const GEOJSON_TYPE = 'application/geo+json';
/** The stated limit is one second; a busy machine gets more. */
const GUARD_MS = 60_000;
const MEGABYTE = 1024 * 1024;

let app: TestApp;

beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app?.close());

const send = (file: string | Buffer, mediaType: string, language = 'en') =>
  app.agent
    .post('/api/v1/imports')
    .query({ kind: 'risk-points', crs: 'wgs84' })
    .set('Content-Type', mediaType)
    .set('Accept-Language', language)
    // As it is: bytes of a JSON type would be sent as a list of numbers.
    .serialize((bytes) => bytes as string)
    .send(file);

/** Files and rows that the database holds of imports. */
async function left(): Promise<Readonly<Record<string, number>>> {
  const tables = ['imports', 'import_rows', 'import_results', 'import_subjects', 'risk_points'];
  return app.database.asOwner(async (trx) => {
    const counts: [string, number][] = [];
    for (const table of tables) {
      const [row] = await trx(table).count<{ n: string }[]>({ n: '*' });
      counts.push([table, Number(row?.n)]);
    }
    return Object.fromEntries(counts);
  });
}

const PROBLEM = {
  413: /payload-too-large$/,
  415: /unsupported-media-type$/,
  422: /invalid-body$/,
} as const;

const NOTHING = {
  imports: 0,
  import_rows: 0,
  import_results: 0,
  import_subjects: 0,
  risk_points: 0,
};

const HEADER = textRow(1, ['code', 'name_zh', 'lon', 'lat']);
const bomb = makeBook({ rows: textRow(1, ['code', 'a'.repeat(40 * MEGABYTE)]) });
const nested = makeZip([
  { name: 'inner.zip', data: makeZip([{ name: 'a.csv', data: 'a,b\n1,2' }]) },
]);
const slip = makeZip([
  ...bookEntries({ rows: HEADER }),
  { name: '../../../../etc/cron.d/x', data: 'x' },
]);
const doctype = (prologue: string): Buffer =>
  makeBook({ prologue, rows: textRow(1, ['&a9;', 'b']) });
const entities = Array.from(
  { length: 9 },
  (_, at) => `<!ENTITY a${at + 1} "${`&a${at};`.repeat(10)}">`,
).join('');
const deep = `${'['.repeat(100_000)}1,2${']'.repeat(100_000)}`;
const feature = (geometry: string): string =>
  `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name_zh":"a"},"geometry":${geometry}}]}`;
const NOISE = Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919 + 131) % 256));
const ring = '[126.1,43.1],'.repeat(60_000);

describe('a hostile file is refused through the API, and nothing of it stays', () => {
  it.each<readonly [string, () => Buffer | string, string, keyof typeof PROBLEM, RegExp]>([
    ['a zip bomb', () => bomb, XLSX_TYPE, 413, /compressed more than 100:1/],
    ['an archive inside an archive', () => nested, XLSX_TYPE, 422, /another archive or document/],
    ['an entry that climbs out of its folder', () => slip, XLSX_TYPE, 422, /unsafe file name/],
    [
      'entities that expand',
      () => doctype(`<!DOCTYPE w [<!ENTITY a0 "lol">${entities}]>`),
      XLSX_TYPE,
      422,
      /DOCTYPE/,
    ],
    [
      'an entity that reads a file',
      () => doctype('<!DOCTYPE w [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>'),
      XLSX_TYPE,
      422,
      /DOCTYPE/,
    ],
    [
      '10,000 columns',
      () => `${'c,'.repeat(10_000)}\n1,2`,
      'text/csv',
      413,
      /Row 1 has more than 300 columns/,
    ],
    [
      'a quote that never ends',
      () => `code,name_zh\n1,"${'b,c\n'.repeat(5 * MEGABYTE)}`,
      'text/csv',
      413,
      /a quote may not be closed/,
    ],
    ['NUL bytes', () => Buffer.alloc(10_000), 'text/csv', 422, /control character U\+0000/],
    ['an empty file', () => '', 'text/csv', 422, /is empty/],
    ['no rows', () => '\n\n  \n', 'text/csv', 422, /no rows with content/],
    ['noise', () => NOISE, 'application/octet-stream', 422, /neither UTF-8 nor GB18030/],
    [
      'deep nesting',
      () => feature(`{"type":"Polygon","coordinates":${deep}}`),
      GEOJSON_TYPE,
      422,
      /nested more than 64 deep/,
    ],
    [
      'a huge geometry',
      () => feature(`{"type":"LineString","coordinates":[${ring.slice(0, -1)}]}`),
      GEOJSON_TYPE,
      413,
      /more than 50000 vertices/,
    ],
    [
      'numbers that are none',
      () => feature('{"type":"Point","coordinates":[NaN,43]}'),
      GEOJSON_TYPE,
      422,
      /NaN, Infinity/,
    ],
    [
      'endless numbers',
      () => feature('{"type":"Point","coordinates":[1,-Infinity]}'),
      GEOJSON_TYPE,
      422,
      /NaN, Infinity/,
    ],
    [
      'a number beyond all',
      () => feature('{"type":"Point","coordinates":[1e999,43]}'),
      GEOJSON_TYPE,
      422,
      /coordinates of feature 1 are wrong: each position is 2 to 4 finite numbers/,
    ],
    [
      'a column called __proto__',
      () => 'name_zh,lon,lat,__proto__\na,126.1,43.1,x',
      'text/csv',
      422,
      /^Refused: row 1 names a column "__proto__", which is reserved/,
    ],
    [
      'a column called constructor',
      () => makeBook({ rows: textRow(1, ['name_zh', 'lon', 'constructor']) }),
      XLSX_TYPE,
      422,
      /^Refused: row 1 names a column "constructor", which is reserved/,
    ],
    [
      'a property called __proto__',
      () => feature('null').replace('"name_zh"', '"__proto__"'),
      GEOJSON_TYPE,
      422,
      /^Refused: feature 1 has a property "__proto__", which is reserved/,
    ],
    [
      'a property called prototype',
      () => feature('null').replace('"name_zh"', '"prototype"'),
      GEOJSON_TYPE,
      422,
      /^Refused: feature 1 has a property "prototype", which is reserved/,
    ],
    [
      'noise that is called a workbook',
      () => NOISE,
      XLSX_TYPE,
      415,
      /^The file is not XLSX: it does not begin as a ZIP container \(PK\), and its content is of no other format/,
    ],
    [
      'noise that is called GeoJSON',
      () => NOISE,
      GEOJSON_TYPE,
      415,
      /^The file is not GeoJSON: it does not begin as a JSON object \(\{\), and its content is of no other format/,
    ],
    ['a web page', () => '<!doctype html><html></html>', 'text/csv', 415, /web page/],
    [
      'a workbook that is called CSV',
      () => makeBook({ rows: HEADER }),
      'text/csv',
      415,
      /not CSV: it is not rows parted by delimiters. It looks like XLSX/,
    ],
  ])('%s', async (_, file, mediaType, status, reason) => {
    const body = file();
    const began = performance.now();

    const response = await send(body, mediaType);

    expect([response.status, response.body.detail]).toEqual([
      status,
      expect.stringMatching(reason),
    ]);
    expect(response.body.type).toMatch(PROBLEM[status]);
    expect(performance.now() - began).toBeLessThan(GUARD_MS);
    expect(await left()).toEqual(NOTHING);
  });

  it('which names the column, and the row that it stands in', async () => {
    const { body } = await send('name_zh,lon,lat,__proto__\na,1,2,x', 'text/csv', 'zh-CN');

    const detail =
      '文件被拒绝：第 1 行的列名“__proto__”是保留名称，不能用作列名。请改名或删去这一列。';
    expect(body).toMatchObject({ title: '请求内容不合规范', detail });
    expect(body.errors).toEqual([{ pointer: '/1/__proto__', detail }]);
  });

  it('in the language of the request', async () => {
    expect((await send('', 'text/csv', 'zh-CN')).body.detail).toBe('文件是空的，没有任何行。');
    expect((await send('', 'text/csv', 'en')).body.detail).toMatch(/file is empty/);
  });

  it('when it is over the limit of bytes, before it was sent whole', async () => {
    const began = performance.now();

    const response = await app.agent
      .post('/api/v1/imports')
      .query({ kind: 'risk-points' })
      .set('Content-Type', 'text/csv')
      .set('Content-Length', '200000000')
      .send('a,b');

    expect(response.status).toBe(413);
    expect(response.body.type).toMatch(PROBLEM[413]);
    expect(response.body.detail).toMatch(/超过上限 100 MB/);
    expect(performance.now() - began).toBeLessThan(GUARD_MS);
    expect(await left()).toEqual(NOTHING);
  });

  it('when it is of a type that is not read, or packed for the way', async () => {
    expect((await send('a,b', 'application/json')).status).toBe(415);
    const packed = await send('a,b', 'text/csv').set('Content-Encoding', 'gzip');
    expect(packed.status).toBe(415);
    expect(await left()).toEqual(NOTHING);
  });
});

describe('an odd file that can be read', () => {
  it('tells its rows apart: names of members of all objects, endless numbers and far places are faults or text', async () => {
    const rows = [
      'name_zh,lon,lat,toString,valueOf,hasOwnProperty',
      '"a",NaN,43,x,y,z',
      '"b",Infinity,-Infinity,,,',
      '"c",1e400,43,,,',
      '"d",0,0,,,',
      '"=HYPERLINK(""http://example.org"")",126.1,43.1,,,',
    ];

    const response = await send(rows.join('\n'), 'text/csv');

    expect(response.status).toBe(201);
    expect(response.body).toMatchObject({ state: 'ready', rows: 5, new: 1, faulty: 4 });
    const { body } = await app.agent
      .get(`/api/v1/imports/${response.body.id}/rows?status=faulty`)
      .expect(200);
    const told = (body.items as { row: number; faults: { problem: { zh: string } }[] }[]).map(
      ({ row, faults }) => [row, faults.map(({ problem }) => problem.zh).join('；')],
    );
    expect(told).toEqual([
      [2, '坐标不是有限的数值'],
      [3, '坐标不是有限的数值；坐标不是有限的数值'],
      [4, '科学计数法（如 4.25E+07）会丢失位数，请写出全部数字'],
      [5, '坐标为 0，通常表示没有填写'],
    ]);
    await app.agent.delete(`/api/v1/imports/${response.body.id}`).expect(200);
  });
});
