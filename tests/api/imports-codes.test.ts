import { csvText } from '#tests/support/csv-text.ts';
import { importApp } from '#tests/support/import-app.ts';
import { sendImport } from '#tests/support/import-file.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const POINTS = { kind: 'risk-points', crs: 'wgs84' };

let app: TestApp;
beforeAll(async () => {
  app = await importApp();
});
afterAll(() => app?.close());

describe('a code that is repeated in a file without a source', () => {
  it('is told where it is repeated within one enterprise, and nowhere else', async () => {
    const report = await sendImport(
      app,
      csvText(
        '企业名称 | 风险点编号 | 风险点名称 | 经度 | 纬度',
        '重码企甲 | K-1 | 甲一 | 125.21 | 43.2',
        '重码企甲 | K-1 | 甲二 | 125.22 | 43.2',
        '重码企乙 | K-1 | 乙一 | 125.23 | 43.2',
        '重码企乙 | K-2 | 乙二 | 125.24 | 43.2',
      ),
      POINTS,
    );

    expect(report).toMatchObject({ new: 4, faulty: 0 });
    expect(report.warnings.map(({ row, column, value }) => [row, column, value])).toEqual([
      [2, '风险点编号', 'K-1'],
      [3, '风险点编号', 'K-1'],
    ]);
  });
});
