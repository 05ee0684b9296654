import { csvText } from '#tests/support/csv-text.ts';
import { importApp } from '#tests/support/import-app.ts';
import { commitImport, sendImport } from '#tests/support/import-file.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const ASSESSMENTS = { kind: 'assessments' };
const HEADERS =
  '企业名称 | 风险点名称 | 危险源名称 | 评估方法 | 评估基准 | 评估日期 | L | E | C | 风险等级';

let app: TestApp;

/** A works of two points, one with a hazard source; the works itself lies in city 990100. */
beforeEach(async () => {
  app = await importApp();
  const list = csvText(
    '企业名称 | 风险点名称 | 危险源名称 | 状态 | 经度 | 纬度',
    '示例甲厂 | 储罐 | 泄漏 | 在产 | 125.2 | 43.2',
    '示例甲厂 | 锅炉 | | 在产 | 125.21 | 43.2',
  );
  const points = await sendImport(app, list, { kind: 'risk-points', crs: 'wgs84' });
  await commitImport(app, points);
});
afterEach(() => app?.close());

// LEC: 6 × 6 × 15 = 540 ≥ 320 is level 1, 1 × 6 × 7 = 42 < 70 is level 4, 3 × 6 × 7 = 126 is level 3.
const FILE = csvText(
  HEADERS,
  '示例甲厂 | 储罐 | 泄漏 | LEC | 现状 | 2026-03-01 | 6 | 6 | 15 | 低',
  '示例甲厂 | 储罐 | | LEC | 固有 | 2026-03-01 | 6 | 6 | 15 | 低',
  '示例甲厂 | 锅炉 | | LEC | 现状 | 2026-03-01 | 1 | 6 | 7 | 低',
);

async function pointsByName(basis = 'current') {
  const { body } = await app.agent.get('/api/v1/risk-points').query({ basis }).expect(200);
  const items = body.items as { id: string; names: { zh: string }; state: string; level: number }[];
  return Object.fromEntries(items.map((item) => [item.names.zh, item]));
}

const historyOf = async (id: string | undefined) =>
  (await app.agent.get(`/api/v1/risk-points/${id}/assessments`).expect(200)).body.items as {
    id: string;
    state: string;
    level: number;
    inputs: Record<string, number>;
  }[];

const tile = async () =>
  (await app.agent.get('/tiles/risk-points/4/13/5.mvt').expect(200)).headers['etag'];

describe('assessments in bulk', () => {
  it('give levels by the method, never by a column of levels; map and counts follow', async () => {
    const tileBefore = await tile();
    const report = await sendImport(app, FILE, ASSESSMENTS);
    expect(report).toMatchObject({
      state: 'ready',
      rows: 3,
      new: 3,
      faulty: 0,
      effects: { assessments: { new: 3 }, riskPoints: { new: 0, changed: 0 } },
    });
    expect(report.columns.at(-1)).toMatchObject({ header: '风险等级', use: 'ignored' });

    await commitImport(app, report);

    expect(await pointsByName()).toMatchObject({
      储罐: { state: 'assessed', level: 1 },
      锅炉: { state: 'assessed', level: 4 },
    });
    expect((await pointsByName('inherent'))['储罐']).toMatchObject({ level: 1 });
    const { body } = await app.agent.get('/api/v1/regions/990101/summary').expect(200);
    expect(body).toMatchObject({ n1: 1, n4: 1, nNotAssessed: 0, s1: 1 });
    expect(await tile()).not.toBe(tileBefore);
  });

  it('change nothing when the same file comes again', async () => {
    await commitImport(app, await sendImport(app, FILE, ASSESSMENTS));
    const [before] = await historyOf((await pointsByName())['锅炉']?.id);

    const again = await sendImport(app, FILE, ASSESSMENTS);

    expect(again).toMatchObject({ new: 0, changed: 0, unchanged: 3 });
    await commitImport(app, again);
    expect(await historyOf((await pointsByName())['锅炉']?.id)).toEqual([before]);
  });

  it('of other values on the same day correct the earlier one, which stays on record', async () => {
    await commitImport(app, await sendImport(app, FILE, ASSESSMENTS));

    const corrected = await sendImport(
      app,
      FILE.replace('"1","6","7"', '"3","6","7"'),
      ASSESSMENTS,
    );
    expect(corrected).toMatchObject({ new: 0, changed: 1, unchanged: 2 });
    const { body } = await app.agent
      .get(`/api/v1/imports/${corrected.id}/rows`)
      .query({ status: 'changed' })
      .expect(200);
    expect(body.items[0].changes).toEqual([
      {
        subject: 'assessment',
        id: expect.any(String),
        field: 'inputs',
        before: { L: 1, E: 6, C: 7 },
        after: { L: 3, E: 6, C: 7 },
      },
    ]);
    await commitImport(app, corrected);

    const boiler = (await pointsByName())['锅炉'];
    expect(boiler).toMatchObject({ state: 'assessed', level: 3 });
    const history = await historyOf(boiler?.id);
    expect(history.map(({ level }) => level).toSorted((a, b) => a - b)).toEqual([3, 4]);
    const third = await sendImport(app, FILE.replace('"1","6","7"', '"3","6","7"'), ASSESSMENTS);
    expect(third).toMatchObject({ new: 0, changed: 0, unchanged: 3 });
  });

  it('of another version of the method on the same day correct the earlier one too', async () => {
    const byVersion = (version: string) =>
      csvText(
        '企业名称 | 风险点名称 | 评估方法 | 方法版本 | 评估基准 | 评估日期 | L | E | C',
        `示例甲厂 | 锅炉 | LEC | ${version} | 现状 | 2026-03-01 | 3 | 6 | 7`,
      );
    await commitImport(app, await sendImport(app, byVersion('national'), ASSESSMENTS));
    expect(await sendImport(app, byVersion('national'), ASSESSMENTS)).toMatchObject({
      unchanged: 1,
    });

    const report = await sendImport(app, byVersion('shandong'), ASSESSMENTS);

    expect(report).toMatchObject({ changed: 1, new: 0 });
    await commitImport(app, report);
    expect(await sendImport(app, byVersion('shandong'), ASSESSMENTS)).toMatchObject({
      unchanged: 1,
    });
    expect(await historyOf((await pointsByName())['锅炉']?.id)).toHaveLength(2);
  });

  it('of a point that was registered later say that it existed on that day', async () => {
    await commitImport(app, await sendImport(app, FILE, ASSESSMENTS));

    const boiler = (await pointsByName())['锅炉'];
    const { body } = await app.agent.get(`/api/v1/risk-points/${boiler?.id}`).expect(200);

    // The day begins in Shanghai, eight hours ahead of UTC.
    expect(body.existsFrom).toBe('2026-02-28T16:00:00.000Z');
  });

  it('tell every fault of a row at once, and which point is meant by none', async () => {
    const report = await sendImport(
      app,
      csvText(
        HEADERS,
        '示例甲厂 | 储罐 | 泄漏 | LEC | 现状 | 2027-03-01 | 4 | 6 | 15 |',
        '示例甲厂 | 没有的点 | | LEC | 现状 | 2026-03-01 | 6 | 6 | 15 |',
        '示例甲厂 | 锅炉 | 没有的源 | LEC | 现状 | 2026-03-01 | 6 | 6 | 15 |',
        '示例甲厂 | 锅炉 | | 拍脑袋 | 大概 | 昨天 | 6 | 6 | 15 |',
      ),
      ASSESSMENTS,
    );

    expect(report).toMatchObject({ rows: 4, faulty: 4, new: 0 });
    expect(report.faults.map(({ row, column }) => `${row} ${column}`).sort()).toEqual([
      '2 L',
      '2 评估日期',
      '3 风险点名称',
      '4 危险源名称',
      '5 评估基准',
      '5 评估方法',
      '5 评估日期',
    ]);
  });
});
