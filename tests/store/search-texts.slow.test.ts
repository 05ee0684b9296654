import gcoord from 'gcoord';
import type { SearchAnswer } from '#server/features/search/search-answer.ts';
import type { SearchAsked, SearchService } from '#server/features/search/search.service.ts';
import { aRiskPoint, settle } from '#tests/support/factories.ts';
import {
  ASKED,
  addSearchRows,
  EAST,
  itemsFound,
  namesFound,
  PATH,
  testSearch,
} from '#tests/support/search-rows.ts';
import { shippedSeed, TEST_NOW } from '#tests/support/test-app.ts';
import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

let database: TestDatabase;
let search: SearchService;

beforeAll(async () => {
  database = await openTestDatabase({ seed: shippedSeed });
  search = testSearch(database);
  await database.asOwner(addSearchRows);
});
afterAll(() => closeTestDatabase(database));

const find = (q: string, asked: Partial<SearchAsked> = {}): Promise<SearchAnswer> =>
  search.find({ ...ASKED, q, ...asked });

describe('a text that is no ordinary word', () => {
  const STRANGE = [
    '甲%乙_丙\\',
    `丁' OR '1'='1`,
    '戊";DROP TABLE regions;--',
    '己{"a":[1]}',
    '庚$1:q::text?',
    '辛😀👨‍👩‍👧储罐',
    '壬é́ñß',
    'ﷺ癸',
    '子'.repeat(100),
  ];

  beforeAll(() =>
    database.asOwner(async (trx) => {
      for (const zh of STRANGE) await aRiskPoint(trx, { zh, at: EAST });
      await settle(trx, TEST_NOW);
    }),
  );

  it.each(STRANGE)('is found as it is written: %s', async (zh) => {
    expect(namesFound(await find(zh))).toEqual([`risk-point ${zh}`]);
  });

  it.each([
    '%',
    '_',
    '%%',
    '__',
    '\\',
    `'`,
    '"',
    '*',
    '.*',
    '(',
    '[a-z]',
    '?',
    '\u0001',
    '𝓐𝓑',
    'x'.repeat(100),
    '无'.repeat(100),
  ])('stands for itself and finds nothing else: %j', async (q) => {
    const rows = namesFound(await find(q, { limit: 20 }));

    expect(
      rows.filter(
        (row) => !row.normalize('NFKC').toLowerCase().includes(q.normalize('NFKC').toLowerCase()),
      ),
    ).toEqual([]);
  });
});

describe('narrowed to a region', () => {
  it.each([
    ['石化', '990101', ['enterprise']],
    ['石化', '990100', ['enterprise']],
    ['石化', '990000', ['enterprise']],
    ['液氨', '990101', ['risk-point']],
    ['渗漏', '990101', ['hazard-source']],
    ['长江路', '990101', ['jurisdiction']],
    ['长春', '990102', ['place']],
    ['示例北县', '990100', ['region']],
    ['示例北县', '990102', ['region']],
  ])('%s is found in %s', async (q, region, kinds) => {
    const answer = await find(q, { region });

    expect(answer.groups.map(({ kind }) => kind)).toEqual(kinds);
    expect(answer.wider).toBeNull();
  });

  it.each([
    ['石化', '990102', [{ kind: 'enterprise', count: 1, more: false }]],
    ['石化', '990200', [{ kind: 'enterprise', count: 1, more: false }]],
    ['石化', '000000', [{ kind: 'enterprise', count: 1, more: false }]],
    ['石化', '880000', [{ kind: 'enterprise', count: 1, more: false }]],
    ['粉尘', '990200', [{ kind: 'risk-point', count: 2, more: true }]],
    ['渗漏', '990102', [{ kind: 'hazard-source', count: 1, more: false }]],
    ['长江路', '990102', [{ kind: 'jurisdiction', count: 1, more: false }]],
    ['长春', '990101', [{ kind: 'place', count: 1, more: false }]],
    ['示例北县', '990101', [{ kind: 'region', count: 1, more: false }]],
    ['没有', '990101', []],
  ])(
    '%s is not found in %s, and the answer tells what there is elsewhere',
    async (q, region, wider) => {
      const answer = await find(q, { region, limit: 2 });

      expect(answer.groups).toEqual([]);
      expect(answer.wider).toEqual(wider);
    },
  );
});

describe('a coordinate', () => {
  const at = async (q: string, crs: SearchAsked['crs'] = 'wgs84') => {
    const [item] = itemsFound(await find(q, { crs }), 'coordinate');
    return item;
  };

  it.each([
    '125.5,43.25',
    '43.25, 125.5',
    '125°30′E 43°15′N',
    '北纬43度15分0秒，东经125度30分0秒',
    '１２５.５　４３.２５',
  ])('is read from %s', async (q) => {
    expect(await at(q)).toMatchObject({
      position: [125.5, 43.25],
      parentPath: PATH,
      id: '125.5,43.25',
    });
  });

  it('outside every region has no path', async () => {
    expect(await at('10.5, 50.25')).toMatchObject({ position: [10.5, 50.25], parentPath: [] });
  });

  it.each([
    ['gcj02', gcoord.GCJ02],
    ['bd09', gcoord.BD09],
  ] as const)('declared as %s is moved to WGS 84', async (crs, theirs) => {
    const [x, y] = gcoord.transform<[number, number]>([125.5, 43.25], gcoord.WGS84, theirs);
    const item = await at(`${x.toFixed(8)},${y.toFixed(8)}`, crs);

    // 1e-7 degrees are about a centimetre; the shift itself is about 0.006.
    expect(Math.abs(x - 125.5)).toBeGreaterThan(0.003);
    expect(item?.position?.[0]).toBeCloseTo(125.5, 6);
    expect(item?.position?.[1]).toBeCloseTo(43.25, 6);
  });

  it.each(['125.5', '125.5,', '200,100', '1,2,3'])('is not what %s is', async (q) => {
    expect(await at(q)).toBeUndefined();
  });
});
