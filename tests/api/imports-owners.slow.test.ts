import type { ImportReport } from '#server/features/imports/import-report.contract.ts';
import { csvText } from '#tests/support/csv-text.ts';
import { download } from '#tests/support/export-data.ts';
import { importApp } from '#tests/support/import-app.ts';
import { commitImport, sendImport } from '#tests/support/import-file.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const POINTS = { kind: 'risk-points', crs: 'wgs84' };

let app: TestApp;

beforeAll(async () => {
  app = await importApp();
});
afterAll(() => app?.close());

/** Kinds of the risk points by name. */
async function kinds(...names: readonly string[]): Promise<readonly (readonly string[])[]> {
  const { rows } = await app.database.asOwner((trx) =>
    trx.raw<{ rows: { name_zh: string; kind: string }[] }>(
      'SELECT name_zh, kind FROM risk_points WHERE name_zh = ANY (?) ORDER BY name_zh COLLATE "C"',
      [[...names]],
    ),
  );
  return rows.map(({ name_zh, kind }) => [name_zh, kind]);
}

const reread = async ({ id }: ImportReport): Promise<ImportReport> =>
  (await app.agent.get(`/api/v1/imports/${id}`).expect(200)).body as ImportReport;

describe('risk points of a file that names an enterprise for some of them', () => {
  const list = csvText(
    '风险点名称 | 企业名称 | 风险点类型 | 经度 | 纬度',
    '甲广场 | | | 125.3 | 43.2',
    '乙公园 | | 公共场所 | 125.31 | 43.2',
    '丙罐区 | | 设备设施 | 125.32 | 43.2',
    '丁车间 | 示例丁有限公司 | | 125.33 | 43.2',
    '戊门厅 | 示例丁有限公司 | 公共场所 | 125.33 | 43.2',
    '己作业 | | 作业活动 | 不详 | 43.2',
  );
  const problem = {
    zh: '不属于企业的风险点只能是公共场所',
    en: 'Only a public place may be without an enterprise',
  };

  it('are those of public places where they have none; another kind without one is a fault', async () => {
    const report = await sendImport(app, list, POINTS);

    expect(report).toMatchObject({ state: 'ready', rows: 6, new: 4, faulty: 2, faultCount: 3 });
    expect(report.faults.filter(({ column }) => column === '风险点类型')).toEqual([
      {
        ...{ row: 4, column: '风险点类型', value: '设备设施', problem },
        expected: {
          zh: '填写所属企业，或将类型改为“公共场所”，或留空',
          en: 'The enterprise it belongs to, or the kind Public place, or nothing',
        },
      },
      expect.objectContaining({ row: 7, value: '作业活动', problem }),
    ]);
    // The same row's longitude is told at the same time.
    expect(report.faults.map(({ row, column }) => [row, column])).toContainEqual([7, '经度']);
    expect(report.warnings.filter(({ row }) => row === 2 || row === 3)).toEqual([]);
    expect(report.withoutEnterprise).toBe(2);

    const row = `/api/v1/imports/${report.id}/rows`;
    await app.agent
      .patch(`${row}/4`)
      .send({ cells: { 风险点类型: '部位' } })
      .expect(200);
    expect((await reread(report)).faults[0]).toMatchObject({ row: 4, value: '部位', problem });
    await app.agent
      .patch(`${row}/4`)
      .send({ cells: { 风险点类型: null } })
      .expect(200);
    expect(await reread(report)).toMatchObject({ new: 5, faulty: 1, withoutEnterprise: 3 });

    const written = await commitImport(app, report, true);
    expect(written).toMatchObject({ state: 'committed', withoutEnterprise: 3 });
    expect(await kinds('甲广场', '乙公园', '丙罐区', '丁车间', '戊门厅', '己作业')).toEqual([
      ['丁车间', 'facility'],
      ['丙罐区', 'public_place'],
      ['乙公园', 'public_place'],
      ['戊门厅', 'public_place'],
      ['甲广场', 'public_place'],
    ]);
  });

  it('are not counted when they are known already', async () => {
    const again = await sendImport(app, csvText(...SQUARES), POINTS);
    expect(again).toMatchObject({ new: 1, unchanged: 1, withoutEnterprise: 1, faulty: 0 });
  });
});

const SQUARES = [
  '风险点名称 | 经度 | 纬度',
  '甲广场 | 125.3 | 43.2',
  '庚广场 | 125.35 | 43.2',
] as const;

describe('risk points that were stored as facilities without an enterprise', () => {
  const [headers, , square] = SQUARES;

  beforeAll(async () => {
    await commitImport(app, await sendImport(app, csvText(headers, square), POINTS));
    await app.database.asOwner((trx) =>
      trx.raw("UPDATE risk_points SET kind = 'facility' WHERE name_zh = '庚广场'"),
    );
  });

  it('stay as they are while no file says otherwise', async () => {
    const report = await sendImport(app, csvText(headers, square), POINTS);

    expect(report).toMatchObject({ changed: 0, unchanged: 1, faulty: 0, withoutEnterprise: 0 });
  });

  it('come back from an export unchanged', async () => {
    const { bytes } = await download(app, { list: 'risk-points', format: 'csv' });

    const report = await sendImport(app, bytes, { kind: 'risk-points' });

    expect(report).toMatchObject({ new: 0, changed: 0, faulty: 0, withoutEnterprise: 0 });
    expect(report.unchanged).toBe(report.rows);
  });

  it('become public places where a file says so, and no other kind', async () => {
    const named = (kind: string) =>
      sendImport(app, csvText(`${headers} | 风险点类型`, `${square} | ${kind}`), POINTS);

    expect(await named('作业活动')).toMatchObject({ faulty: 1, faultCount: 1 });
    const report = await named('公共场所');
    expect(report).toMatchObject({ changed: 1, faulty: 0 });
    await commitImport(app, report);
    expect(await kinds('庚广场')).toEqual([['庚广场', 'public_place']]);
  });
});
