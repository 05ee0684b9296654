import gcoord from 'gcoord';
import { wgs84ToBd09 } from '#server/domain/crs/bd09.ts';
import { fromWgs84 } from '#server/domain/crs/crs.ts';
import { wgs84ToGcj02 } from '#server/domain/crs/gcj02.ts';
import type { Header } from '#server/files/xlsx-sheet.ts';
import type { ImportReport, ImportRow } from '#server/features/imports/import-report.contract.ts';
import { commitImport, sendImport, XLSX_TYPE } from '#tests/support/import-file.ts';
import { officialSeed } from '#tests/support/official-borders.ts';
import {
  asCsv,
  asXlsx,
  moved,
  readTextTable,
  swapped,
  without,
} from '#tests/support/saved-again.ts';
import type { TextTable } from '#tests/support/saved-again.ts';
import { itWithSharedData, sharedText } from '#tests/support/shared-data.ts';
import { testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const JILIN = 'hazards/jilin_industrial_sites_gem.csv';
const STATED = ['city', 'county', 'county_adcode'];
const KIND = { kind: 'risk-points' };

let app: TestApp;
let sites: TextTable;

/** The register holds the sites as the file was published, WGS 84. */
beforeAll(async () => {
  app = await testApp({ seed: officialSeed });
  sites = readTextTable(sharedText(JILIN));
  await commitImport(app, await sendImport(app, sharedText(JILIN), KIND));
});
afterAll(() => app?.close());

/** How far, in metres, the rows of an import lie from the records of the register that they mean, at most. */
async function farthest({ id }: ImportReport): Promise<{ rows: number; metres: number }> {
  const { rows } = await app.database.asOwner((trx) =>
    trx.raw<{ rows: [{ rows: number; metres: number }] }>(
      `SELECT count(*)::int AS rows, max(ST_DistanceSphere(rp.geom, r.place)) AS metres
       FROM import_subjects s
       JOIN import_results r ON r.import_id = s.import_id AND r.row_no = s.row_no
       JOIN risk_points rp ON rp.id = s.target_id
       WHERE s.import_id = ? AND s.kind = 'risk_point'`,
      [id],
    ),
  );
  return rows[0];
}

async function expectSameSites(report: ImportReport): Promise<void> {
  expect(report).toMatchObject({ state: 'ready', rows: 141, unchanged: 141, faulty: 0 });
  const { rows, metres } = await farthest(report);
  expect(rows).toBe(141);
  expect(metres).toBeLessThan(0.5);
}

/** The sites that an office of the 126° zone would keep. */
const nearMeridian126 = (): TextTable => ({
  ...sites,
  rows: sites.rows.filter(({ lon }) => Math.abs(Number(lon) - 126) < 2),
});

type Parts = Readonly<Record<'degrees' | 'minutes' | 'seconds', string>>;

/** A positive angle in degrees as people write it, to a ten thousandth of a second: 3 mm. */
function partsOf(angle: number): Parts {
  const whole = Math.round(angle * 3600 * 10_000);
  const seconds = (whole % 600_000) / 10_000;
  const minutes = Math.floor(whole / 600_000);
  return {
    degrees: String(Math.floor(minutes / 60)),
    minutes: String(minutes % 60).padStart(2, '0'),
    seconds: seconds.toFixed(4).padStart(7, '0'),
  };
}

/** Titles above, the coordinates under one merged group, all else merged over both rows of the header. */
const official = ({ headers }: TextTable): readonly Header[] =>
  headers.map((header) => {
    if (header === 'lon') return { group: '地理坐标', name: '经度' };
    return header === 'lat' ? { group: '地理坐标', name: '纬度' } : header;
  });

describe('the same sites saved another way', () => {
  itWithSharedData.each([
    ['GB18030 with semicolons', { encoding: 'gb18030', delimiter: ';' }],
    ['GB18030 with commas', { encoding: 'gb18030' }],
    [
      'UTF-16 with tabs, as a spreadsheet saves "Unicode text"',
      { encoding: 'utf-16le', delimiter: '\t' },
    ],
    ['UTF-16, the other byte order', { encoding: 'utf-16be' }],
    ['UTF-8 with a mark', { encoding: 'utf-8-bom' }],
  ] as const)('are the same as a CSV in %s', async (_, options) => {
    const report = await sendImport(app, await asCsv(sites, options), KIND);

    expect(report.format).toMatchObject({ kind: 'csv', delimiter: ',', ...options });
    await expectSameSites(report);
  });

  itWithSharedData(
    'are the same as a workbook with titles and a merged header of two rows',
    async () => {
      const titles = ['吉林省工业场址登记表', '填报单位：示例单位　填报日期：2026年6月1日'];
      const file = await asXlsx(sites, { titles, headers: official(sites) });

      const report = await sendImport(app, file, KIND, XLSX_TYPE);

      expect(report.format).toMatchObject({ kind: 'xlsx', titleRows: [1, 2], headerRows: [3, 4] });
      await expectSameSites(report);
    },
  );

  itWithSharedData('are the same as GeoJSON', async () => {
    const file = sharedText('hazards/jilin_industrial_sites_gem.geojson');

    const report = await sendImport(app, file, KIND, 'application/geo+json');

    expect(report).toMatchObject({ format: { kind: 'geojson' }, rows: 141, new: 0, faulty: 0 });
    // There the capacity is a number: 700, where the CSV has 700.0.
    const { body } = await app.agent
      .get(`/api/v1/imports/${report.id}/rows`)
      .query({ status: 'changed', limit: 1000 })
      .expect(200);
    const changed = (body as { items: ImportRow[] }).items.flatMap(({ changes }) =>
      changes.map(({ field, before, after }) => [field, Number(before) === Number(after)]),
    );
    expect(new Set(changed.map(String))).toEqual(new Set(['attributes.capacity,true']));
    expect((await farthest(report)).metres).toBeLessThan(0.5);
  });
});

describe('the same sites in another datum', () => {
  itWithSharedData('are found out to be GCJ-02 by the counties that the rows name', async () => {
    const report = await sendImport(app, await asCsv(moved(sites, wgs84ToGcj02)), KIND);

    expect(report.crs).toMatchObject({ decided: { crs: 'gcj02', swapped: false } });
    expect(report.crs?.candidates).toContainEqual(
      expect.objectContaining({ crs: 'gcj02', inStatedRegion: 141, checked: 141 }),
    );
    await expectSameSites(report);
  });

  itWithSharedData('are BD-09 with swapped columns in a workbook of two header rows', async () => {
    const table = swapped(moved(sites, wgs84ToBd09));
    const file = await asXlsx(table, { titles: ['登记表'], headers: official(table) });

    const report = await sendImport(app, file, KIND, XLSX_TYPE);

    expect(report.crs?.decided).toMatchObject({ crs: 'bd09', swapped: true });
    await expectSameSites(report);
  });

  itWithSharedData('agree with another library, declared and in GB18030', async () => {
    const table = moved(sites, ([lon, lat]) =>
      gcoord.transform([lon, lat], gcoord.WGS84, gcoord.BD09),
    );

    const report = await sendImport(app, await asCsv(table, { encoding: 'gb18030' }), {
      ...KIND,
      crs: 'bd09',
    });

    await expectSameSites(report);
  });

  itWithSharedData(
    'in metres of a Gauss–Krüger zone with its prefix are those of that zone',
    async () => {
      const table = moved(nearMeridian126(), (place) => fromWgs84('EPSG:4530', place));

      const report = await sendImport(app, await asCsv(table), KIND);

      expect(report.crs?.decided).toMatchObject({ crs: 'EPSG:4530', swapped: false });
      expect(report).toMatchObject({ state: 'ready', unchanged: table.rows.length, faulty: 0 });
      expect((await farthest(report)).metres).toBeLessThan(0.5);
    },
  );

  itWithSharedData(
    'in metres of a Gauss–Krüger zone without its prefix are of the meridian that the counties name',
    async () => {
      const table = moved(nearMeridian126(), (place) => fromWgs84('EPSG:4551', place));
      // Six digits before the point: the easting alone says nothing of the meridian.
      expect(table.rows.every(({ lon }) => /^\d{6}\./.test(lon ?? ''))).toBe(true);

      const report = await sendImport(app, await asCsv(table), KIND);

      expect(report.crs?.decided).toMatchObject({ crs: 'EPSG:4551', swapped: false });
      expect(report.crs?.because.zh).toMatch(/中央经线 126°：115 行中 115 行相符/);
      expect(report).toMatchObject({ state: 'ready', unchanged: table.rows.length, faulty: 0 });
      expect((await farthest(report)).metres).toBeLessThan(0.5);
    },
  );

  itWithSharedData('in metres of Web Mercator are that', async () => {
    const table = moved(sites, ([lon, lat]) =>
      gcoord.transform([lon, lat], gcoord.WGS84, gcoord.WebMercator),
    );

    const report = await sendImport(app, await asCsv(table), KIND);

    expect(report.crs?.decided).toMatchObject({ crs: 'webmercator', swapped: false });
    await expectSameSites(report);
  });

  itWithSharedData.each([
    ['marks', (parts: Parts) => `${parts.degrees}°${parts.minutes}′${parts.seconds}″`],
    ['words', (parts: Parts) => `${parts.degrees}度${parts.minutes}分${parts.seconds}秒`],
  ] as const)('in degrees, minutes and seconds with %s are the same', async (_, written) => {
    const rows = sites.rows.map((row) => ({
      ...row,
      lon: written(partsOf(Number(row['lon']))),
      lat: written(partsOf(Number(row['lat']))),
    }));

    const report = await sendImport(app, await asCsv({ ...sites, rows }), KIND);

    expect(report.crs?.decided).toMatchObject({ crs: 'wgs84', swapped: false });
    await expectSameSites(report);
  });

  itWithSharedData(
    'wait for a word when nothing tells the datum, and are then the same',
    async () => {
      const table = without(moved(sites, wgs84ToGcj02), ...STATED);

      const undecided = await sendImport(app, await asCsv(table), KIND);

      expect(undecided).toMatchObject({ state: 'rejected', crs: { decided: null } });
      expect(undecided.problem?.zh).toMatch(/没有填写可供核对的县区/);
      const candidates = undecided.crs?.candidates ?? [];
      expect(candidates.map(({ crs, swapped: isSwapped }) => [crs, isSwapped])).toEqual([
        ['wgs84', false],
        ['gcj02', false],
        ['bd09', false],
      ]);
      // In Jilin GCJ-02 lies some 550 m, BD-09 some 1.4 km from WGS 84.
      expect(candidates[0]?.offsetMetres).toBe(0);
      expect(candidates[1]?.offsetMetres).toBeGreaterThan(400);
      expect(candidates[1]?.offsetMetres).toBeLessThan(700);
      expect(candidates[2]?.offsetMetres).toBeGreaterThan(900);
      await app.agent.post(`/api/v1/imports/${undecided.id}/commit`).send({}).expect(409);

      const decided = await app.agent
        .patch(`/api/v1/imports/${undecided.id}`)
        .send({ crs: 'gcj02' })
        .expect(200);

      await expectSameSites(decided.body as ImportReport);
    },
  );

  itWithSharedData('show where the other reading would put each of them', async () => {
    const table = without(moved(sites, wgs84ToGcj02), ...STATED);
    const report = await sendImport(app, await asCsv(table), { ...KIND, crs: 'gcj02' });

    const { body } = await app.agent
      .get(`/api/v1/imports/${report.id}/places`)
      .query({ crs: 'wgs84' })
      .expect(200);

    expect(body.items).toHaveLength(141);
    expect(body.offsetMetres).toBeGreaterThan(400);
    const [first] = body.items;
    const [site] = sites.rows;
    expect(first.position[0]).toBeCloseTo(Number(site?.['lon']), 5);
    expect(first.other[0]).toBeCloseTo(Number(table.rows[0]?.['lon']), 6);
  });

  itWithSharedData('leave out what lies nowhere on Earth: the row itself says why', async () => {
    const [first, ...others] = sites.rows;
    const wrong = { ...first, lon: first?.['lat'] ?? '', lat: first?.['lon'] ?? '' };
    const table = { ...sites, rows: [wrong, ...others] };

    const report = await sendImport(app, await asCsv(table), { ...KIND, crs: 'wgs84' });

    expect(report).toMatchObject({ state: 'ready', faulty: 1 });
    expect(report.faults[0]?.row).toBe(2);
    const { body } = await app.agent.get(`/api/v1/imports/${report.id}/places`).expect(200);
    expect(body.items.map(({ row }: { row: number }) => row)).not.toContain(2);
    expect(body.items).toHaveLength(140);
  });
});
