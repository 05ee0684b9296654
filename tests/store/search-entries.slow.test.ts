import type { Knex } from 'knex';
import { refreshPoints } from '#server/features/assessments/level-periods.store.ts';
import { replacePinyinInitials } from '#server/features/search/pinyin-initials.store.ts';
import { regionSummaries } from '#server/features/regions/regions.service.ts';
import { createSearch } from '#server/features/search/search.service.ts';
import type { SearchService } from '#server/features/search/search.service.ts';
import { seedPinyinInitials } from '#server/features/search/seed-pinyin-initials.ts';
import { dataFolder } from '#server/seed.ts';
import {
  aHazardSource,
  anAssessment,
  anEnterprise,
  aRegion,
  aRiskPoint,
  aSmallProvince,
  settle,
} from '#tests/support/factories.ts';
import type { Placed } from '#tests/support/factories.ts';
import { ASKED, testSearch } from '#tests/support/search-rows.ts';
import { shippedSeed, TEST_NOW } from '#tests/support/test-app.ts';
import { closeTestDatabase, openTestDatabase, testEngine } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

let database: TestDatabase;
let search: SearchService;
let works: Placed;
let tank: Placed;
let boiler: Placed;
let source: Placed;

beforeAll(async () => {
  database = await openTestDatabase({ seed: shippedSeed });
  search = testSearch(database);
  await database.asOwner(async (trx) => {
    await aSmallProvince(trx);
    works = await anEnterprise(trx, { zh: '甲醇厂', uscc: '91220101MA00000001' });
    tank = await aRiskPoint(trx, { zh: '储罐', code: 'A-1', enterprise: works });
    boiler = await aRiskPoint(trx, { zh: '锅炉', code: 'A-2', enterprise: works });
    source = await aHazardSource(trx, boiler, { zh: '爆管' });
    await settle(trx, TEST_NOW);
  });
});
afterAll(() => closeTestDatabase(database));

const found = async (q: string): Promise<readonly string[]> => {
  const { groups } = await search.find({ ...ASKED, q });
  return groups.flatMap(({ items }) => items.map(({ names }) => names.zh));
};

/** As a writer does it: the register, then what is derived from it. */
const edit = (sql: string, bindings: Knex.RawBinding[] = [], points = [tank.id, boiler.id]) =>
  database.asOwner(async (trx) => {
    await trx.raw(sql, bindings);
    await refreshPoints(trx, points, TEST_NOW);
    await trx.raw('SELECT refresh_enterprises(ARRAY[?::uuid])', [works.id]);
  });

describe('what is written is found at once', () => {
  it('under its new name, not under the old one', async () => {
    await edit(`UPDATE risk_points SET name_zh = '球罐', name_en = 'Sphere' WHERE id = ?`, [
      tank.id,
    ]);

    expect(await found('储罐')).toEqual([]);
    expect(await found('球罐')).toEqual(['球罐']);
    expect(await found('sphere')).toEqual(['球罐']);
    expect(await found('qg')).toEqual(['球罐']);
  });

  it('under its new code', async () => {
    await edit(`UPDATE risk_points SET code = 'B-7', origin = '{"code": "ZZ9"}' WHERE id = ?`, [
      tank.id,
    ]);

    expect(await found('a-1')).toEqual([]);
    expect(await found('b-7')).toEqual(['球罐']);
    expect(await found('zz9')).toEqual(['球罐']);
  });

  it('an enterprise too', async () => {
    await edit(`UPDATE enterprises SET name_zh = '乙醇厂', uscc = NULL WHERE id = ?`, [works.id]);

    expect(await found('甲醇')).toEqual([]);
    expect(await found('9122')).toEqual([]);
    expect(await found('乙醇')).toEqual(['乙醇厂']);
  });

  it('in the order of its new level', async () => {
    const both = () => found('a区');
    await edit(`UPDATE risk_points SET name_zh = name_zh || 'A区' WHERE id IN (?, ?)`, [
      tank.id,
      boiler.id,
    ]);
    expect(await both()).toEqual(['球罐A区', '锅炉A区']);

    await database.asOwner(async (trx) => {
      await anAssessment(trx, boiler, 1);
      await settle(trx, TEST_NOW);
    });

    expect(await both()).toEqual(['锅炉A区', '球罐A区']);
  });

  it('a region under its new name, and a place only as long as it is there', async () => {
    await database.asOwner(async (trx) => {
      await trx.raw(`UPDATE regions SET names = '{"zh": "新北县"}' WHERE code = '990102'`);
    });
    expect(await found('示例北县')).toEqual([]);
    expect(await found('新北')).toEqual(['新北县']);

    await database.asOwner((trx) =>
      trx('base_features').where({ kind: 'place', name_zh: '长春' }).delete(),
    );
    expect(await found('长春')).toEqual([]);
  });

  it('and nothing of a transaction that fails', async () => {
    const failing = database.asOwner(async (trx) => {
      await trx.raw(`UPDATE risk_points SET name_zh = '不见' WHERE id = ?`, [tank.id]);
      await refreshPoints(trx, [tank.id], TEST_NOW);
      throw new Error('given up');
    });

    await expect(failing).rejects.toThrow('given up');
    expect(await found('不见')).toEqual([]);
    expect(await found('球罐')).toEqual(['球罐A区']);
  });
});

describe('what is deleted', () => {
  it('is not found any more, and is found again when it is restored', async () => {
    const mark = (value: string) => `UPDATE risk_points SET deleted_at = ${value} WHERE id = ?`;
    await edit(mark('now()'), [boiler.id]);
    expect(await found('锅炉')).toEqual([]);
    expect(await found('a-2')).toEqual([]);
    expect(await found('glaq')).toEqual([]);

    await edit(mark('NULL'), [boiler.id]);
    expect(await found('锅炉')).toEqual(['锅炉A区']);
  });

  it('takes with it what it hides', async () => {
    const mark = (value: string) => (trx: Knex.Transaction) =>
      trx.raw(
        `WITH e AS (UPDATE enterprises SET deleted_at = ${value} WHERE id = :works),
           h AS (UPDATE hazard_sources SET deleted_at = ${value} WHERE id = :source)
         UPDATE risk_points SET deleted_at = ${value} WHERE enterprise_id = :works`,
        { works: works.id, source: source.id },
      );
    await database.asOwner(async (trx) => {
      await mark('now()')(trx);
      await refreshPoints(trx, [tank.id, boiler.id], TEST_NOW);
    });
    expect([...(await found('乙醇')), ...(await found('球罐')), ...(await found('爆管'))]).toEqual(
      [],
    );

    await database.asOwner(async (trx) => {
      await mark('NULL')(trx);
      await refreshPoints(trx, [tank.id, boiler.id], TEST_NOW);
    });
    expect([...(await found('乙醇')), ...(await found('球罐')), ...(await found('爆管'))]).toEqual([
      '乙醇厂',
      '球罐A区',
      '爆管',
    ]);
  });
});

it('a row that moves to another city is found there, once', async () => {
  await database.asOwner(async (trx) => {
    await trx.raw(
      `UPDATE risk_points SET geom = ST_SetSRID(ST_MakePoint(126.5, 43.5), 4326) WHERE id = ?`,
      [tank.id],
    );
    await trx.raw('SELECT relocate_rows()');
  });

  const asked = { ...ASKED, q: '球罐' };
  const there = await search.find({ ...asked, region: '990200' });
  const here = await search.find({ ...asked, region: '990100' });

  expect(await found('球罐')).toEqual(['球罐A区']);
  expect(there.groups[0]?.items[0]?.parentPath.map(({ code }) => code)).toEqual([
    '990000',
    '990200',
  ]);
  expect(here.groups).toEqual([]);
});

it('a region that gets another parent has one entry', async () => {
  await database.asOwner(async (trx) => {
    await aRegion(trx, { code: '990103', depth: 'county', parent: '990100', zh: '飞地县' });
    await trx.raw(`UPDATE regions SET parent_code = '990200' WHERE code = '990103'`);
  });

  expect(await found('飞地县')).toEqual(['飞地县']);
});

describe('the table of initials', () => {
  const file = `${dataFolder}/pinyin-initials.csv`;

  it('is loaded once', async () => {
    expect(await database.asOwner((trx) => seedPinyinInitials(trx, file))).toBe(false);
  });

  it('is what all initials come from: another one changes those that are there', async () => {
    const codes = Buffer.alloc(20_992);
    codes.writeUInt8(1, '球'.codePointAt(0)! - 0x4e00);
    codes.writeUInt8(2, '罐'.codePointAt(0)! - 0x4e00);
    await database.asOwner((trx) =>
      replacePinyinInitials(trx, { codes, sets: ['x', 'yz'] }, 'other'),
    );
    expect([await found('qga'), await found('xya'), await found('xza')]).toEqual([
      [],
      ['球罐A区'],
      ['球罐A区'],
    ]);

    expect(await database.asOwner((trx) => seedPinyinInitials(trx, file))).toBe(true);
    expect([await found('qga'), await found('xya')]).toEqual([['球罐A区'], []]);
  });
});

describe('many entries', () => {
  beforeAll(async () => {
    await database.asOwner(async (trx) => {
      await trx.raw(
        `INSERT INTO point_states (city_code, risk_point_id, basis, region, name_zh, fields, lifecycle, state, level,
           last_level, since, place)
         SELECT '990100', md5(n::text)::uuid, 'current', '990101', '反应装置' || n || '号' || CASE n % 2500 WHEN 0 THEN '硝化釜' ELSE '' END,
           '{}', 'running', 'assessed', 1 + n % 4, 1 + n % 4, now(), ST_Transform(ST_SetSRID(ST_MakePoint(125.5, 43.2), 4326), 3857)
         FROM generate_series(1, 6000) AS n`,
      );
      await trx.raw('ANALYZE search_entries');
    });
  });

  // A connection still counts what it read before, until that has been passed on.
  const scansSoFar = async (trx: Knex.Transaction) => {
    const result = await trx.raw<{ rows: [{ whole: number; indexed: number }] }>(
      `SELECT seq_scan::int AS whole, idx_scan::int AS indexed FROM pg_stat_xact_user_tables
       WHERE relname = 'search_entries'`,
    );
    return result.rows[0];
  };

  const scans = (q: string) =>
    database.read(async (trx) => {
      const counted = createSearch({
        read: (work) => work(trx),
        summariseRegions: regionSummaries,
        stateOfSource: () => Promise.resolve(null),
      });
      const before = await scansSoFar(trx);
      const answer = await counted.find({ ...ASKED, q });
      const { whole, indexed } = await scansSoFar(trx);
      return { whole: whole - before.whole, indexed: indexed - before.indexed, answer };
    });

  it.each([
    ['硝化', ['反应装置2500号硝化釜', '反应装置5000号硝化釜']],
    ['没有', []],
    ['反应装置5999号', ['反应装置5999号']],
    ['fyzz2500', ['反应装置2500号硝化釜']],
  ])('are looked up by the index for %s, never read as a whole', async (q, expected) => {
    const { whole, indexed, answer } = await scans(q);

    expect(answer.groups.flatMap(({ items }) => items.map(({ names }) => names.zh))).toEqual(
      expected,
    );
    expect(whole).toBe(0);
    expect(indexed).toBeGreaterThan(0);
  });

  it('are looked up by the index for what most of them hold, and the worst come first', async () => {
    const { whole, answer } = await scans('装置');

    expect(whole).toBe(0);
    expect(answer.groups).toMatchObject([{ kind: 'risk-point', more: true }]);
    expect(answer.groups[0]?.items.map(({ level }) => level)).toEqual(Array(8).fill(1));
  });

  if (testEngine() === 'postgres') {
    it('are planned by the index of pairs and triples', async () => {
      const plan = await database.read((trx) =>
        trx.raw<{ rows: Record<string, string>[] }>(
          `EXPLAIN SELECT e.ref FROM search_entries e
           WHERE search_grams(e.kind, e.severity, e.city_code, e.doc, e.initials)
             @> search_tokens('硝化', search_base(4, 1))`,
        ),
      );

      expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toContain(
        'search_entries_grams',
      );
    });
  }
});
