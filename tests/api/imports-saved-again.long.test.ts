import { wgs84ToBd09 } from '#server/domain/crs/bd09.ts';
import { wgs84ToGcj02 } from '#server/domain/crs/gcj02.ts';
import { sendImport, XLSX_TYPE } from '#tests/support/import-file.ts';
import { officialSeed } from '#tests/support/official-borders.ts';
import { asCsv, asXlsx, moved, readTextTable, swapped } from '#tests/support/saved-again.ts';
import type { TextTable } from '#tests/support/saved-again.ts';
import { itWithSharedData, sharedText } from '#tests/support/shared-data.ts';
import { testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const CHINA = 'hazards/china_industrial_sites_gem.csv';
const OUTSIDE = 'hazards/jilin_labelled_but_outside.csv';
const NOWHERE = 'hazards/jilin_named_sites_no_coordinates.csv';

let app: TestApp;
beforeAll(async () => {
  app = await testApp({ seed: officialSeed });
});
afterAll(() => app?.close());

type Form = {
  readonly save: (table: TextTable) => Promise<Buffer>;
  readonly mediaType?: string;
  readonly crs?: string;
};

const FORMS: readonly (readonly [string, Form])[] = [
  ['GB18030 with semicolons', { save: (t) => asCsv(t, { encoding: 'gb18030', delimiter: ';' }) }],
  ['UTF-16 with tabs', { save: (t) => asCsv(t, { encoding: 'utf-16le', delimiter: '\t' }) }],
  ['a workbook with a merged header', { save: withMergedHeader, mediaType: XLSX_TYPE }],
];
const MOVED: typeof FORMS = [
  ['GCJ-02', { save: (t) => asCsv(moved(t, wgs84ToGcj02)), crs: 'gcj02' }],
  [
    'BD-09 with swapped columns',
    { save: (t) => asCsv(swapped(moved(t, wgs84ToBd09))), crs: 'bd09' },
  ],
];

/** A title, and longitude and latitude under one group where the table has them. */
function withMergedHeader(table: TextTable): Promise<Buffer> {
  return asXlsx(table, {
    titles: ['登记表'],
    headers: table.headers.map((header) => {
      if (header === 'lon') return { group: '地理坐标', name: '经度' };
      return header === 'lat' ? { group: '地理坐标', name: '纬度' } : header;
    }),
  });
}

async function send(file: string, { save, mediaType, crs = 'wgs84' }: Form, region?: string) {
  const table = readTextTable(sharedText(file));
  const query = { kind: 'risk-points', crs, ...(region === undefined ? {} : { region }) };
  return { table, report: await sendImport(app, await save(table), query, mediaType) };
}

/** How far the places of an import lie from those of the file as it was published, metres, at most. */
async function farthest(id: string, { rows: sites }: TextTable) {
  const { rows } = await app.database.asOwner((trx) =>
    trx.raw<{ rows: { lon: number; lat: number }[] }>(
      `SELECT ST_X(r.place) AS lon, ST_Y(r.place) AS lat FROM import_results r
       WHERE r.import_id = ? ORDER BY r.row_no`,
      [id],
    ),
  );
  const off = rows.map(({ lon, lat }, at) => {
    const east = (lon - Number(sites[at]?.['lon'])) * Math.cos((lat * Math.PI) / 180);
    return Math.hypot(east, lat - Number(sites[at]?.['lat'])) * 111_320;
  });
  return { rows: rows.length, metres: Math.max(...off) };
}

describe('the 5,817 sites of China', () => {
  itWithSharedData.each([...FORMS, ...MOVED])(
    'saved as %s lie where they were',
    async (_, form) => {
      const { table, report } = await send(CHINA, form);

      expect(report).toMatchObject({ state: 'ready', rows: 5817, faulty: 0 });
      const { rows, metres } = await farthest(report.id, table);
      expect(rows).toBe(5817);
      expect(metres).toBeLessThan(0.5);
    },
  );
});

describe('sites outside the region they are said to be of', () => {
  itWithSharedData.each([...FORMS, ...MOVED])('are flagged when saved as %s', async (_, form) => {
    const { table, report } = await send(OUTSIDE, form, '220000');

    expect(report).toMatchObject({ state: 'ready', rows: 3, faulty: 0, warned: 3 });
    expect((await farthest(report.id, table)).metres).toBeLessThan(0.5);
    const flagged = report.warnings.filter(({ problem }) =>
      /不在任何已知行政区内/.test(problem.zh),
    );
    expect(flagged).toHaveLength(3);
  });
});

describe('sites without coordinates', () => {
  itWithSharedData.each(FORMS)('are each refused when saved as %s', async (_, form) => {
    const { report } = await send(NOWHERE, form);

    expect(report).toMatchObject({ rows: 2, faulty: 2, new: 0 });
    expect(new Set(report.faults.map(({ row }) => row)).size).toBe(2);
    expect(report.faults.every(({ problem }) => /坐标|经度/.test(problem.zh))).toBe(true);
  });
});
