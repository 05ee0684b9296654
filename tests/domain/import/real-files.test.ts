import { parse } from 'csv-parse/sync';
import type { EvaluatedRow } from '#server/domain/import/evaluated-row.ts';
import { findLifecycle } from '#server/domain/import/import-lifecycles.ts';
import type { ImportKind } from '#server/domain/import/import-kind.ts';
import { mapColumns } from '#server/domain/import/map-columns.ts';
import { isLive } from '#server/domain/lifecycle.ts';
import { itWithSharedData } from '#tests/support/shared-data.ts';
import { evaluatorOf, problemsOf, sharedCsv, tables } from './import-data.ts';

type File = { readonly headers: readonly string[]; readonly rows: readonly string[][] };

function read(name: string): File {
  const [headers = [], ...rows] = parse(sharedCsv(name), { bom: true });
  return { headers, rows };
}

function evaluated(kind: ImportKind, { headers, rows }: File): readonly EvaluatedRow[] {
  const evaluate = evaluatorOf(kind, headers);
  return rows.map((row) => evaluate(row.map((cell) => (cell === '' ? null : cell))));
}

const SITES = 'jilin_industrial_sites_gem.csv';

describe('the real files', () => {
  itWithSharedData('of Jilin give 95 live sites and 46 that are not applicable', () => {
    for (const kind of ['risk-points', 'enterprises'] as const) {
      const rows = evaluated(kind, read(SITES));

      const states = rows.map(({ enterprise, riskPoint }) =>
        kind === 'enterprises' ? enterprise?.values.lifecycle : riskPoint?.values.lifecycle,
      );
      expect(rows.flatMap(({ faults }) => faults)).toEqual([]);
      expect(rows).toHaveLength(141);
      expect(states.filter((state) => state !== undefined && isLive(state))).toHaveLength(95);
      expect(states.filter((state) => state !== undefined && !isLive(state))).toHaveLength(46);
    }
  });

  itWithSharedData('keep identity, place, stated region and the other columns of a site', () => {
    const [first] = evaluated('risk-points', read(SITES));

    expect(first?.riskPoint).toEqual({
      identity: {
        id: null,
        source: 'GEM Global Coal Plant Tracker, July 2024',
        code: 'L100000101096',
        name: '华能白山煤矸石热电厂',
        category: 'coal power plant',
      },
      values: {
        nameZh: '华能白山煤矸石热电厂',
        nameEn: 'Baishan waste coal power station',
        code: 'L100000101096',
        lifecycle: 'closed',
        category: 'coal power plant',
        attributes: {
          capacity_unit: 'MW operating',
          owner: 'Huaneng Baishan Gangue Power Co Ltd [100%]',
          start_year: '2011',
          location_accuracy: 'exact',
          url: 'https://www.gem.wiki/Baishan_waste_coal_power_station',
        },
      },
    });
    expect(first?.place).toEqual({
      position: [126.57903, 42.03189],
      original: { x: '126.57903', y: '42.03189', crs: 'wgs84', swapped: false },
      stated: { code: '220605', city: '白山市', county: '江源区' },
    });
  });

  itWithSharedData('of China, 5,817 rows, have no faults', () => {
    const rows = evaluated('risk-points', read('china_industrial_sites_gem.csv'));

    expect(rows).toHaveLength(5817);
    expect(rows.flatMap(({ faults }) => faults)).toEqual([]);
    expect(rows.every(({ place }) => place !== null)).toBe(true);
  });

  itWithSharedData('without coordinates are refused row by row, with the reason', () => {
    const file = read('jilin_named_sites_no_coordinates.csv');

    const mapping = mapColumns(tables.columns, 'risk-points', file.headers);
    const rows = evaluated('risk-points', file);

    expect(mapping.faults).toEqual([]);
    expect(rows.map((row) => problemsOf(row))).toEqual([[': 没有坐标'], [': 没有坐标']]);
    // The words of `kind` are no kinds of risk point: they say what the sites are.
    expect(rows.map(({ riskPoint }) => riskPoint?.values.category)).toEqual([
      'tailings pond (grade 4; valley type)',
      'chemical park',
    ]);
    expect(rows.map(({ riskPoint }) => riskPoint?.values.location)).toEqual([
      '四平市铁东区山门镇(市区东南约25 km)',
      '吉林市龙潭区',
    ]);
  });

  itWithSharedData('labelled Jilin fall back to the English name', () => {
    const rows = evaluated('enterprises', read('jilin_labelled_but_outside.csv'));

    expect(rows.flatMap(({ faults }) => faults)).toEqual([]);
    expect(rows.map(({ enterprise }) => enterprise?.identity.name)).toEqual([
      '吉林德惠生物质热电联产项目',
      'Jilin Oil and Gas Field (China)',
      'Changling Oil and Gas Field (China)',
    ]);
    expect(rows.map(({ enterprise }) => enterprise?.identity.source)).toEqual([
      'bio',
      'goget',
      'goget',
    ]);
  });

  itWithSharedData('use only status words that the table has', () => {
    const words = new Set(
      [SITES, 'china_industrial_sites_gem.csv'].flatMap((name) => {
        const { headers, rows } = read(name);
        return rows.map((row) => row[headers.indexOf('status')] ?? '');
      }),
    );

    const unknown = [...words].filter((word) => findLifecycle(tables.lifecycles, word) === null);
    expect(words.size).toBe(15);
    expect(unknown).toEqual([]);
  });
});
