import { csvText } from '#tests/support/csv-text.ts';
import { importApp } from '#tests/support/import-app.ts';
import { sendImport } from '#tests/support/import-file.ts';
import type { TestApp } from '#tests/support/test-app.ts';

let app: TestApp;

beforeAll(async () => {
  app = await importApp();
});
afterAll(() => app?.close());

const POINTS = { kind: 'risk-points' };
const HEADERS = '风险点名称 | 经度 | 纬度';
const SAID = `${HEADERS} | 坐标系`;
const IN_DEGREES = ['甲 | 125.2 | 43.2', '乙 | 125.3 | 43.3', '丙 | 125.4 | 43.4'];

describe('a file whose rows are of two readings', () => {
  it.each([
    [
      'metres among degrees',
      csvText(HEADERS, ...IN_DEGREES, '丁 | 435200.5 | 4785200.5'),
      [[5, '435200.5, 4785200.5', '这一行像是米，文件其余各行是度']],
      /^坐标单位或形式不一致/,
    ],
    [
      'latitude first among longitude first',
      csvText(HEADERS, ...IN_DEGREES, '丁 | 43.4 | 125.4'),
      [[5, '43.4, 125.4', '这一行的两列与文件其余各行颠倒']],
      /纬度（北坐标）在前/,
    ],
    [
      'a row that states another system',
      csvText(SAID, ...IN_DEGREES.map((row) => `${row} | WGS84`), '丁 | 125.4 | 43.4 | BD-09'),
      [[5, '125.4, 43.4', '这一行注明“BD-09”，文件按 WGS 84 经纬度 读取']],
      /BD-09/,
    ],
  ])('is read by one, and the other rows are faults: %s', async (_, file, faults, note) => {
    const report = await sendImport(app, file, { ...POINTS, crs: 'wgs84' });

    expect(report.crs?.decided).toMatchObject({ crs: 'wgs84', swapped: false });
    expect(report).toMatchObject({ state: 'ready', rows: 4, new: 3, faulty: 1 });
    expect(report.faults.map(({ row, value, problem }) => [row, value, problem.zh])).toEqual(
      faults,
    );
    // Told of the file as a whole too, before anybody looks at its rows.
    expect(report.notes.map(({ zh }) => zh)).toContainEqual(expect.stringMatching(note));
  });

  it('is read by the zone of most rows, and one of another zone is a fault', async () => {
    const rows = ['甲 | 42435200.5 | 4785200.5', '乙 | 42435300.5 | 4785300.5'];

    const report = await sendImport(
      app,
      csvText(HEADERS, ...rows, '丙 | 41635300.5 | 4785300.5'),
      POINTS,
    );

    // Zone 42 of 3° has the meridian 126°.
    expect(report.crs?.decided?.names.zh).toMatch(/第 42 带（中央经线 126°/);
    expect(report.faults.map(({ row, problem }) => [row, problem.zh])).toEqual([
      [4, '东坐标的带号 41 与文件其余各行不同'],
    ]);
  });

  it('waits for a word where its rows state systems that contradict each other', async () => {
    const systems = ['WGS84', 'GCJ-02', 'BD-09'];
    const rows = IN_DEGREES.map((row, index) => `${row} | ${systems[index]}`);

    const report = await sendImport(app, csvText(SAID, ...rows), POINTS);

    expect(report).toMatchObject({ state: 'rejected', crs: { decided: null } });
    expect(report.problem?.zh).toBe('文件中的说明互相矛盾：“WGS84”“GCJ-02”“BD-09”');
    expect(report.crs?.candidates.map(({ crs }) => crs)).toEqual(['wgs84', 'gcj02', 'bd09']);
    await app.agent.post(`/api/v1/imports/${report.id}/commit`).send({}).expect(409);

    const { body } = await app.agent
      .patch(`/api/v1/imports/${report.id}`)
      .send({ crs: 'gcj02' })
      .expect(200);

    // The word counts for the file; the rows that state another system are faults, not moved along.
    expect(body).toMatchObject({ state: 'ready', new: 1, faulty: 2 });
  });
});
