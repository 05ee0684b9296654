import type { SearchAnswer } from '#server/features/search/search-answer.ts';
import type { SearchAsked, SearchService } from '#server/features/search/search.service.ts';
import {
  ASKED,
  EAST,
  addSearchRows,
  itemsFound,
  namesFound,
  PARK,
  PATH,
  testSearch,
} from '#tests/support/search-rows.ts';
import type { SearchRows } from '#tests/support/search-rows.ts';
import { anEnterprise, aRiskPoint, aSmallProvince, settle } from '#tests/support/factories.ts';
import { shippedSeed, TEST_NOW } from '#tests/support/test-app.ts';
import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

let database: TestDatabase;
let search: SearchService;
let rows: SearchRows;

beforeAll(async () => {
  database = await openTestDatabase({ seed: shippedSeed });
  search = testSearch(database);
  rows = await database.asOwner(addSearchRows);
});
afterAll(() => closeTestDatabase(database));

const find = (q: string, asked: Partial<SearchAsked> = {}): Promise<SearchAnswer> =>
  search.find({ ...ASKED, q, ...asked });

describe('words that very many names have', () => {
  it('are found together in an enterprise that comes late among those of its name, and elsewhere than itself', async () => {
    const many = await openTestDatabase({ seed: shippedSeed });
    try {
      await many.asOwner(async (trx) => {
        await aSmallProvince(trx);
        for (let n = 10; n < 70; n += 1) {
          const enterprise = await anEnterprise(trx, {
            zh: `化工甲${n}`,
            uscc: `91220101MA000000${n}`,
          });
          if (n >= 62)
            await aRiskPoint(trx, {
              zh: `球罐区${n}`,
              enterprise,
              ...(n === 69 ? { at: EAST } : {}),
            });
        }
        await settle(trx, TEST_NOW);
      });
      const asked = { ...ASKED, limit: 20 };
      const everywhere = await testSearch(many).find({ ...asked, q: '化工 球罐' });
      const inTheEast = await testSearch(many).find({ ...asked, q: '化工 球罐', region: '990200' });

      expect(itemsFound(everywhere, 'risk-point').map(({ names }) => names.zh)).toEqual(
        ['62', '63', '64', '65', '66', '67', '68', '69'].map((n) => `球罐区${n}`),
      );
      expect(namesFound(inTheEast)).toEqual(['risk-point 球罐区69']);
    } finally {
      await closeTestDatabase(many);
    }
  });
});

describe('what a text finds', () => {
  const WORKS = 'enterprise 吉林石化（试验）有限公司';
  const TANK = 'risk-point 液氨储罐Ａ区';
  it.each([
    ['石化', [WORKS], 'name', 'part'],
    ['吉', [WORKS, 'place 吉林', 'place 吉舒'], 'name', 'start'],
    ['化(试验)有', [WORKS], 'name', 'part'],
    ['试验 石化', [WORKS], 'name', 'part'],
    ['吉林 石化', [WORKS], 'name', 'start'],
    ['ＰＥＴＲＯchem', [WORKS], 'name', 'part'],
    ['ochemic', [WORKS], 'name', 'part'],
    ['co', [WORKS], 'name', 'part'],
    ['jilin petro', [WORKS], 'name', 'start'],
    ['jilin petrochemical trial co', [WORKS], 'name', 'exact'],
    ['91220101ma00000001', [WORKS], 'code', 'exact'],
    ['9122 0101', [WORKS], 'code', 'start'],
    ['储罐a', [TANK], 'name', 'part'],
    ['A1', [TANK], 'name', 'part'],
    ['fx-00', [TANK], 'code', 'start'],
    ['G100000123', [TANK], 'code', 'exact'],
    ['g1000', [TANK], 'code', 'start'],
    ['yacgaq', [TANK], 'initials', 'start'],
    ['cga', [TANK], 'initials', 'part'],
    ['jlsh', [WORKS], 'initials', 'start'],
    ['cq', ['enterprise 重庆长行车厂'], 'initials', 'start'],
    ['cqchcc', ['enterprise 重庆长行车厂'], 'initials', 'start'],
    ['cqcxcc', ['enterprise 重庆长行车厂'], 'initials', 'start'],
    ['zqzxcc', ['enterprise 重庆长行车厂'], 'initials', 'start'],
    ['qch', ['enterprise 重庆长行车厂'], 'initials', 'part'],
    ['cjl', ['jurisdiction 长江路园区'], 'initials', 'start'],
    ['yq-', ['jurisdiction 长江路园区'], 'code', 'start'],
    ['渗漏', ['hazard-source 阀门渗漏'], 'name', 'part'],
    ['长春', ['place 长春'], 'name', 'exact'],
    ['cc', ['place 长春'], 'initials', 'start'],
    ['city a', ['region 示例甲市'], 'name', 'exact'],
    ['9901', ['region 示例甲市', 'region 示例南县', 'region 示例北县'], 'code', 'start'],
    ['slnx', ['region 示例南县'], 'initials', 'start'],
    ['石化 储罐', [TANK], 'name', 'part'],
    ['储罐 jilin petro', [TANK], 'name', 'part'],
    ['石化 渗漏', ['hazard-source 阀门渗漏'], 'name', 'part'],
    ['示例南县 储罐', [TANK], 'name', 'part'],
    ['示例南 液氨储', [TANK], 'name', 'start'],
    ['示例 示例南 液氨储', [TANK], 'name', 'start'],
    ['示例甲 石化 渗漏', ['hazard-source 阀门渗漏'], 'name', 'part'],
    ['示例南县液氨', [TANK], 'name', 'start'],
    ['示例省fx-00', [TANK], 'code', 'start'],
  ])('%s', async (q, expected, on, how) => {
    const answer = await find(q);

    expect(namesFound(answer)).toEqual(expected);
    expect(answer.groups[0]?.items[0]?.match).toEqual({ on, how });
    expect(answer.wider).toBeNull();
  });

  it.each([
    '石油',
    '化石',
    '林吉',
    'xyzxyz',
    'lsh化',
    '2',
    '城市 长行',
    '示例乙 储罐',
    '示例南 示例乙 长行',
    '石化 吊车',
  ])('nothing is found by %s', async (q) => {
    const answer = await find(q);

    expect(answer.groups).toEqual([]);
    expect(answer.searched).toEqual([
      'region',
      'jurisdiction',
      'enterprise',
      'risk-point',
      'hazard-source',
      'place',
      'coordinate',
    ]);
  });
});

describe('a row of the list', () => {
  const PLAIN = { belongsTo: null, depth: null, lastLevel: null, bbox: null };

  it('of an enterprise and of a risk point has their level, place and path', async () => {
    const [enterprise] = itemsFound(await find('石化'), 'enterprise');
    const [point] = itemsFound(await find('液氨'), 'risk-point');

    expect(enterprise).toEqual({
      ...PLAIN,
      id: rows.works.id,
      code: '91220101MA00000001',
      names: { zh: '吉林石化（试验）有限公司', en: 'Jilin Petrochemical Trial Co' },
      match: { on: 'name', how: 'part' },
      parentPath: PATH,
      state: 'assessed',
      level: 1,
      position: [125.5, 43.25],
    });
    expect(point).toEqual({
      ...PLAIN,
      id: rows.tank.id,
      code: 'FX-0001',
      names: { zh: '液氨储罐Ａ区', en: 'Ammonia tank area A1' },
      match: { on: 'name', how: 'start' },
      parentPath: PATH,
      belongsTo: {
        kind: 'enterprise',
        id: rows.works.id,
        names: { zh: '吉林石化（试验）有限公司', en: 'Jilin Petrochemical Trial Co' },
        of: null,
      },
      state: 'assessed',
      level: 2,
      position: [125.5, 43.25],
    });
  });

  it('of a hazard source has its own level and the point it belongs to', async () => {
    expect(itemsFound(await find('渗漏'), 'hazard-source')).toMatchObject([
      {
        names: { zh: '阀门渗漏' },
        belongsTo: {
          kind: 'risk-point',
          id: rows.tank.id,
          names: { zh: '液氨储罐Ａ区' },
          of: { zh: '吉林石化（试验）有限公司' },
        },
        parentPath: PATH,
        state: 'assessed',
        level: 3,
        position: [125.5, 43.25],
      },
    ]);
  });

  it('of a region has its depth, extent, colour and what is above it', async () => {
    expect(itemsFound(await find('示例南县'), 'region')).toMatchObject([
      {
        id: '990101',
        code: '990101',
        depth: 'county',
        parentPath: PATH.slice(0, 2),
        bbox: [125, 43, 126, 43.5],
        // One subject, assessed as major: a floor of two such is not reached, W = 1.
        state: 'assessed',
        level: 1,
      },
    ]);
    expect(itemsFound(await find('示例北县'), 'region')).toMatchObject([
      { state: 'no_data', level: null },
    ]);
  });

  it('of a jurisdiction and of a place has the region it lies in', async () => {
    expect(itemsFound(await find('长江路'), 'jurisdiction')).toMatchObject([
      { id: PARK, code: 'YQ-1', parentPath: PATH, bbox: [125.4, 43.2, 125.6, 43.3], state: null },
    ]);
    const [changchun] = itemsFound(await find('changchun'), 'place');
    expect(changchun).toMatchObject({ names: { zh: '长春', en: 'Changchun' }, level: null });
    expect(changchun?.parentPath.map(({ code }) => code)).toEqual(['990000', '990100', '990102']);
    expect(changchun?.position).toEqual([125.32278, 43.88]);
  });
});

describe('the order', () => {
  it('is code, name, beginning of a code, beginning of a name, part; the worst first, then by name', async () => {
    const answer = await find('粉尘间', { limit: 20 });

    expect(
      itemsFound(answer, 'risk-point').map(({ names, match, level }) => [
        names.zh,
        match.on,
        match.how,
        level,
      ]),
    ).toEqual([
      ['煤气柜', 'code', 'exact', null],
      ['粉尘间', 'name', 'exact', null],
      ['氧气罐', 'code', 'start', null],
      ['粉尘间丙', 'name', 'start', 1],
      ['粉尘间甲', 'name', 'start', 1],
      ['粉尘间乙', 'name', 'start', 3],
      ['粉尘间丁', 'name', 'start', null],
      ['一号粉尘间', 'name', 'part', 1],
    ]);
  });

  it('is cut at the limit of each kind, and the group tells that there are more', async () => {
    const two = await find('尘间', { limit: 2 });
    const all = await find('尘间', { limit: 6 });

    expect(two.groups).toMatchObject([{ kind: 'risk-point', more: true }]);
    expect(itemsFound(two, 'risk-point').map(({ names }) => names.zh)).toEqual([
      '一号粉尘间',
      '粉尘间丙',
    ]);
    expect(all.groups).toMatchObject([{ kind: 'risk-point', more: false }]);
  });

  it('follows the levels of the basis that is asked for', async () => {
    const answer = await find('粉尘间', { basis: 'inherent', limit: 20 });
    const starts = itemsFound(answer, 'risk-point').filter(
      ({ match }) => match.on === 'name' && match.how === 'start',
    );

    expect(starts.map(({ names, level }) => [names.zh, level])).toEqual([
      ['粉尘间乙', 1],
      ['粉尘间丙', 4],
      ['粉尘间丁', null],
      ['粉尘间甲', null],
    ]);
  });
});
