import { booleanPointInPolygon } from '@turf/turf';
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import type { RegionSummary } from '#server/features/regions/regions.contract.ts';
import type { ImportRow } from '#server/features/imports/import-report.contract.ts';
import { commitImport, sendImport } from '#tests/support/import-file.ts';
import { officialSeed } from '#tests/support/official-borders.ts';
import { asCsv, readTextTable } from '#tests/support/saved-again.ts';
import { itWithSharedData, sharedGeoJson, sharedText } from '#tests/support/shared-data.ts';
import { testApp } from '#tests/support/test-app.ts';
import type { TestApp } from '#tests/support/test-app.ts';

const JILIN = 'hazards/jilin_industrial_sites_gem.csv';

let app: TestApp;

beforeEach(async () => {
  app = await testApp({ seed: officialSeed });
});
afterEach(() => app?.close());

/** Sites by city, counted by another library over the borders as they were published. */
function sitesByCity(): Readonly<Record<string, number>> {
  const cities = sharedGeoJson('admin/jilin_cities.geojson') as FeatureCollection<
    Polygon | MultiPolygon
  >;
  const sites = readTextTable(sharedText(JILIN)).rows;
  return Object.fromEntries(
    cities.features.map((city) => {
      const held = sites.filter(({ lon, lat }) =>
        booleanPointInPolygon([Number(lon), Number(lat)], city),
      );
      return [String(city.properties?.['city_adcode']), held.length];
    }),
  );
}

async function summaryOf(code: string): Promise<RegionSummary> {
  const response = await app.agent.get(`/api/v1/regions/${code}/summary`).expect(200);
  return response.body as RegionSummary;
}

async function pointsIn(code: string): Promise<number> {
  const response = await app.agent
    .get('/api/v1/risk-points')
    .query({ region: code, limit: 1000 })
    .expect(200);
  return (response.body as { items: unknown[] }).items.length;
}

async function rowsOf(id: string, status: string): Promise<readonly ImportRow[]> {
  const response = await app.agent
    .get(`/api/v1/imports/${id}/rows`)
    .query({ status, limit: 1000 })
    .expect(200);
  return (response.body as { items: ImportRow[] }).items;
}

describe('the 141 industrial sites of Jilin', () => {
  itWithSharedData('become risk points: 95 live ones not assessed, 46 not applicable', async () => {
    const report = await sendImport(app, sharedText(JILIN), { kind: 'risk-points' });

    expect(report).toMatchObject({ state: 'ready', rows: 141, new: 141, faulty: 0, faultCount: 0 });
    expect(await pointsIn('220000')).toBe(0);

    expect(await commitImport(app, report)).toMatchObject({ state: 'committed', new: 141 });
    // 88 operating, 6 under construction and 1 mothballed live; the 46 others are planned or closed.
    expect(await summaryOf('220000')).toMatchObject({
      nNotAssessed: 95,
      nNotApplicable: 46,
      total: 95,
      assessed: 0,
    });
  });

  itWithSharedData('lie in the cities that another library finds', async () => {
    await commitImport(app, await sendImport(app, sharedText(JILIN), { kind: 'risk-points' }));

    const expected = sitesByCity();
    const cities = Object.keys(expected).sort();
    const listed = await Promise.all(cities.map(async (code) => [code, await pointsIn(code)]));
    const counted = await Promise.all(
      cities.map(async (code) => {
        const { nNotAssessed, nNotApplicable } = await summaryOf(code);
        return [code, nNotAssessed + nNotApplicable];
      }),
    );
    expect(Object.fromEntries(listed)).toEqual(expected);
    expect(Object.fromEntries(counted)).toEqual(expected);
    expect(expected).toMatchObject({ '220100': 31, '220200': 30, '222400': 14, '220800': 8 });
  });

  itWithSharedData('change nothing when the same file comes again', async () => {
    await commitImport(app, await sendImport(app, sharedText(JILIN), { kind: 'risk-points' }));
    const before = await registerDigest();

    const again = await sendImport(app, sharedText(JILIN), { kind: 'risk-points' });
    expect(again).toMatchObject({ new: 0, changed: 0, unchanged: 141, missing: 0 });
    await commitImport(app, again);

    expect(await registerDigest()).toBe(before);
  });

  itWithSharedData('are enterprises as well as risk points', async () => {
    const report = await sendImport(app, sharedText(JILIN), { kind: 'enterprises' });
    expect(report).toMatchObject({
      new: 141,
      faulty: 0,
      effects: { enterprises: { new: 141 }, riskPoints: { new: 0 } },
    });

    await commitImport(app, report);

    expect(await summaryOf('220000')).toMatchObject({ enterprises: 141, nNotAssessed: 0, sU: 95 });
    expect(await sendImport(app, sharedText(JILIN), { kind: 'enterprises' })).toMatchObject({
      unchanged: 141,
    });
  });

  itWithSharedData(
    'show what a newer file changes, field by field, before it is written',
    async () => {
      await commitImport(app, await sendImport(app, sharedText(JILIN), { kind: 'risk-points' }));
      // A day later: what a file says of a site holds from then on.
      app.clock.now += 24 * 60 * 60 * 1000;
      const table = readTextTable(sharedText(JILIN));
      const [retired, shelved, running] = table.rows;
      const newer = [
        { ...retired, status: 'operating' },
        { ...shelved, lon: '125.561586' },
        { ...running, name_zh: '示例更名热电厂', capacity: '720.0' },
        ...table.rows.slice(3, -1),
        { ...running, source_id: 'L-NEW-1', name_zh: '示例新建热电厂', name_en: 'Example' },
      ] as typeof table.rows;

      const report = await sendImport(app, await asCsv({ ...table, rows: newer }), {
        kind: 'risk-points',
      });

      expect(report).toMatchObject({ new: 1, changed: 3, unchanged: 137, missing: 1, faulty: 0 });
      const shown = await rowsOf(report.id, 'changed');
      expect(shown.map(({ row, changes }) => [row, changes.map(briefly)])).toEqual([
        [2, ['lifecycle: "closed" → "running"']],
        [3, ['place']],
        [
          4,
          expect.arrayContaining(['nameZh: "国家电投吉电股份长春东南热电厂" → "示例更名热电厂"']),
        ],
      ]);

      await commitImport(app, report);
      expect(await summaryOf('220000')).toMatchObject({ nNotAssessed: 97, nNotApplicable: 45 });
      const found = await app.agent.get('/api/v1/risk-points').query({ q: '示例更名热电厂' });
      expect(found.body.items).toHaveLength(1);
      const missing = await app.agent.get(`/api/v1/imports/${report.id}/missing`).expect(200);
      expect(missing.body.items.map((item: { names: { zh: string } }) => item.names.zh)).toEqual([
        // The last row has no Chinese name: the English one stands in.
        'Jingyu Chisong nuclear power plant 4',
      ]);
    },
  );
});

function briefly({ field, before, after }: ImportRow['changes'][number]): string {
  if (field === 'place' || field.startsWith('attributes')) return field;
  return `${field}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`;
}

/** Hash of all rows of the register and of what the map reads, with the times at which they were written. */
async function registerDigest(): Promise<string> {
  const tables = [
    'enterprises',
    'risk_points',
    'lifecycle_changes',
    'level_periods',
    'point_states',
  ];
  return app.database.asOwner(async (trx) => {
    const parts: string[] = [];
    for (const table of [...tables, 'subject_states', 'summary_cells', 'data_versions']) {
      const result = await trx.raw<{ rows: [{ digest: string }] }>(
        "SELECT md5(string_agg(t::text, E'\\n' ORDER BY t::text)) AS digest FROM ?? AS t",
        [table],
      );
      parts.push(result.rows[0].digest);
    }
    return parts.join(' ');
  });
}

describe('other real files', () => {
  itWithSharedData('without coordinates are refused row by row with the reason', async () => {
    const report = await sendImport(
      app,
      sharedText('hazards/jilin_named_sites_no_coordinates.csv'),
      {
        kind: 'risk-points',
      },
    );

    expect(report).toMatchObject({ rows: 2, faulty: 2, new: 0 });
    expect(report.faults.map(({ row }) => row)).toEqual([2, 3]);
    expect(report.faults.every(({ problem }) => /坐标|经度/.test(problem.zh))).toBe(true);
  });

  itWithSharedData('that lie outside the region they are said to be of are flagged', async () => {
    const report = await sendImport(app, sharedText('hazards/jilin_labelled_but_outside.csv'), {
      kind: 'risk-points',
      crs: 'wgs84',
      region: '220000',
    });

    expect(report).toMatchObject({ state: 'ready', rows: 3, new: 3, faulty: 0, warned: 3 });
    const outside = report.warnings.filter(({ problem }) =>
      /不在任何已知行政区内/.test(problem.zh),
    );
    expect(outside.map(({ row, column }) => [row, column])).toEqual([
      [2, 'lon'],
      [3, 'lon'],
      [4, 'lon'],
    ]);
  });

  itWithSharedData('of all of China are read within the limits, 5,817 rows', async () => {
    const report = await sendImport(app, sharedText('hazards/china_industrial_sites_gem.csv'), {
      kind: 'risk-points',
      crs: 'wgs84',
    });

    expect(report).toMatchObject({ rows: 5817, new: 5817, faulty: 0 });
    expect(await commitImport(app, report)).toMatchObject({ state: 'committed' });
  });
});
