import { importApp } from '#tests/support/import-app.ts';
import { commitImport, sendImport } from '#tests/support/import-file.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const POINTS = { kind: 'risk-points', crs: 'wgs84' };
const HEADERS =
  '企业名称,风险点编号,风险点名称,危险源名称,工程技术措施,管理措施,培训教育措施,个体防护措施,应急处置措施,经度,纬度';

/** A planner that takes the file for one of a few rows needs minutes for each statement. */
const HANG_MS = 120_000;

let app: TestApp;

beforeAll(async () => {
  app = await importApp();
});
afterAll(() => app?.close());

/** Points of thirty enterprises at one place, each with a hazard source and five measures; row 9 has no longitude. */
function everyPart(name: string, count: number): string {
  const rows = Array.from({ length: count }, (_, n) =>
    [
      `${name}企业${n % 30}`,
      `${name}-${n}`,
      `${name}锅炉房${n}`,
      `锅炉${n}`,
      `液位远传${n}`,
      '每两小时巡检一次',
      '每季度专项培训',
      '防静电服',
      '泄漏处置卡',
      n === 7 ? '' : '125.2',
      '43.2',
    ].join(','),
  );
  return [HEADERS, ...rows].join('\n');
}

it(
  'compares, corrects and writes large files one after the other without waiting for the statistics of the engine',
  async () => {
    for (const [name, count] of [
      ['甲', 1500],
      ['乙', 1000],
    ] as const) {
      const report = await sendImport(app, everyPart(name, count), POINTS);
      expect(report).toMatchObject({ state: 'ready', rows: count, new: count - 1, faulty: 1 });
      // Every row but the faulty one shares its place with another.
      expect(report).toMatchObject({ warned: count - 1 });

      const fixed = await app.agent
        .patch(`/api/v1/imports/${report.id}/rows/9`)
        .send({ cells: { 经度: '125.2' } })
        .expect(200);
      expect(fixed.body).toMatchObject({ status: 'new', faults: [] });

      expect(await commitImport(app, report)).toMatchObject({ state: 'committed', new: count });
    }

    const again = await sendImport(app, everyPart('甲', 1500), POINTS);
    expect(again).toMatchObject({ state: 'ready', unchanged: 1499, faulty: 1 });
  },
  HANG_MS,
);
