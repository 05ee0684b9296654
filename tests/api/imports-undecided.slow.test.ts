import { csvText } from '#tests/support/csv-text.ts';
import { importApp } from '#tests/support/import-app.ts';
import { commitImport, sendImport } from '#tests/support/import-file.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const WGS84 = { kind: 'risk-points', crs: 'wgs84' };
const HEADERS = '数据来源 | 风险点编号 | 企业名称 | 风险点名称 | 经度 | 纬度';

let app: TestApp;
beforeAll(async () => {
  app = await importApp();
});
afterAll(() => app?.close());

const place = { 经度: '125.4', 纬度: '43.3' };

const correct = (id: string, row: number, cells: Readonly<Record<string, string>>) =>
  app.agent.patch(`/api/v1/imports/${id}/rows/${row}`).send({ cells }).expect(200);

const reportOf = async (id: string) =>
  (await app.agent.get(`/api/v1/imports/${id}`).expect(200)).body;

const positionOf = async (q: string) => {
  const { body } = await app.agent.get('/api/v1/risk-points').query({ q }).expect(200);
  return body.items.map(({ position }: { position: unknown }) => position);
};

describe('a file without one usable coordinate', () => {
  it('is read once a coordinate is corrected: the point moves there', async () => {
    const sent = (x: string, y: string) =>
      csvText(HEADERS, `甲册 | 1 | 丢失企 | 丢失甲 | ${x} | ${y}`);
    await commitImport(app, await sendImport(app, sent('125.2', '43.2'), WGS84));
    const report = await sendImport(app, sent('', ''), WGS84);

    expect((await correct(report.id, 2, place)).body).toMatchObject({
      status: 'changed',
      position: [125.4, 43.3],
    });
    await commitImport(app, report);
    expect(await positionOf('丢失甲')).toEqual([[125.4, 43.3]]);
  });

  it.each([
    ['empty cells', '', ''],
    ['words', '不详', '不详'],
    ['zeros', '0', '0'],
  ])('of which a row has %s is faulty until that row is corrected', async (what, x, y) => {
    const file = csvText(HEADERS, `乙册 | ${what} | | ${what}点 | ${x} | ${y}`);
    const report = await sendImport(app, file, WGS84);
    expect(report.state === 'rejected' || report.faulty === 1).toBe(true);

    const fixed = await correct(report.id, 2, place);
    expect(fixed.body).toMatchObject({ status: 'new', faults: [] });
    expect(await commitImport(app, report)).toMatchObject({ state: 'committed', new: 1 });
    expect(await positionOf(`${what}点`)).toEqual([[125.4, 43.3]]);
  });

  it('takes corrections of several rows at once', async () => {
    const rows = [1, 2, 3, 4].map((n) => `丙册 | ${n} | | 同时${n} | |`);
    const report = await sendImport(app, csvText(HEADERS, ...rows), WGS84);

    await correct(report.id, 2, place);
    await Promise.all([3, 4, 5].map((row) => correct(report.id, row, place)));

    expect(await reportOf(report.id)).toMatchObject({ state: 'ready', new: 4, faulty: 0 });
  });
});

it('does not blame the rows for coordinates that nobody knows how to read', async () => {
  const report = await sendImport(
    app,
    csvText(HEADERS, '丁册 | 1 | 未定企 | 未定点 | 125.2 | 43.2'),
    { kind: 'risk-points' },
  );

  expect(report).toMatchObject({ state: 'rejected', faults: [] });
});

it('names the chosen region where a place lies outside it, and knows no unknown one', async () => {
  const file = csvText(HEADERS, '戊册 | 1 | | 区外点 | 125.2 | 43.2');
  const report = await sendImport(app, file, { ...WGS84, region: '990200' });
  expect(report.warnings).toMatchObject([
    { row: 2, value: '990200', problem: { zh: '位置不在该行所填、或本次导入所选的行政区内' } },
  ]);

  const unknown = await app.agent
    .post('/api/v1/imports')
    .query({ ...WGS84, region: '999999' })
    .set('Content-Type', 'text/csv')
    .send(file);
  expect(unknown.status).toBe(422);
  expect(unknown.body.errors).toEqual([
    { pointer: '/region', detail: '没有代码为“999999”的行政区。' },
  ]);
});
