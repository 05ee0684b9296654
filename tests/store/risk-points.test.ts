import type { Knex } from 'knex';
import type { Level } from '#server/domain/level.ts';
import {
  listEnterprises,
  countEnterprises,
} from '#server/features/enterprises/enterprises.store.ts';
import { countInCube } from '#server/features/risk-points/cube-count.store.ts';
import { countRiskPoints, listRiskPoints } from '#server/features/risk-points/risk-points.store.ts';
import type {
  RiskPoint,
  RiskPointFilter,
  RiskPointPlace,
} from '#server/features/risk-points/risk-points.store.ts';
import {
  aBox,
  anAssessment,
  anEnterprise,
  aRegion,
  aRiskPoint,
  aSmallProvince,
  settle,
  withMethods,
} from '#tests/support/factories.ts';
import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

const NOW = Date.UTC(2026, 5, 15);

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});

afterAll(() => closeTestDatabase(database));

/** Chinese names of the risk points that match, in the order of the list. */
async function found(filter: Partial<RiskPointFilter>, limit = 1000): Promise<string[]> {
  const rows = await database.read((trx) =>
    listRiskPoints(trx, { basis: 'current', ...filter }, null, limit),
  );
  return rows.map((row) => row.names.zh);
}

describe('an empty register', () => {
  it('lists nothing and counts nothing', async () => {
    const filter = { basis: 'current', bbox: [120, 40, 130, 50] } as const;

    expect(await found(filter)).toEqual([]);
    expect(await database.read((trx) => countRiskPoints(trx, filter))).toBe(0);
    expect(await database.read((trx) => countEnterprises(trx, filter))).toBe(0);
    expect(await database.read((trx) => listEnterprises(trx, filter, null, 10))).toEqual([]);
  });
});

describe('a register with rows', () => {
  beforeAll(async () => {
    await database.asOwner(async (trx) => {
      await withMethods(trx);
      await aSmallProvince(trx);
      await aRegion(trx, { code: '960100', shape: aBox(-180, -20, -179, -10), zh: '示例东岸' });
      const works = await anEnterprise(trx, {
        at: [125.5, 43.25],
        zh: '示例甲厂',
        fields: ['gas'],
      });
      const add = async (
        zh: string,
        at: readonly [number, number],
        level?: Level,
        validUntil?: string,
      ) => {
        const point = await aRiskPoint(trx, {
          zh,
          at,
          enterprise: zh.startsWith('甲') ? works : null,
        });
        if (level) await anAssessment(trx, point, level, { ...(validUntil && { validUntil }) });
      };
      await add('甲一', [125.5, 43.25], 3);
      await add('甲二', [125.6, 43.25], 1);
      await add('乙一', [126.5, 43.5], 1);
      await add('乙二', [126.0, 43.9], 4);
      await add('丙一', [125.2, 43.9], 2, '2026-04-01T00:00:00Z');
      await add('丙二', [125.3, 43.9]);
      await add('海一', [179.9, -15], 2);
      await add('海二', [-179.9, -15], 4);
      await aRiskPoint(trx, {
        zh: '丁一',
        at: [125.1, 43.1],
        lifecycle: 'closed',
        code: 'A_1%',
        en: 'Old Kiln',
        fields: ['gas', 'schools'],
      });
      await aRiskPoint(trx, {
        zh: '路一',
        shape: {
          type: 'LineString',
          coordinates: [
            [125.0, 43.95],
            [125.9, 43.05],
          ],
        },
      });
      await settle(trx, NOW);
    });
  });

  it('is listed worst first, then by name in code point order; expired, unassessed and not applicable last', async () => {
    expect(await found({})).toEqual([
      ...['乙一', '甲二'],
      '海一',
      '甲一',
      ...['乙二', '海二'],
      '丙一',
      ...['丙二', '路一'],
      '丁一',
    ]);
  });

  it.each([
    ['inside the box', [125.4, 43.2, 125.55, 43.3], ['甲一']],
    ['exactly on its edge', [125.5, 43.2, 125.6, 43.25], ['甲二', '甲一']],
    ['a box without an area, on the place', [126.5, 43.5, 126.5, 43.5], ['乙一']],
    [
      'a line that crosses the box though none of its ends is inside',
      [125.4, 43.4, 125.5, 43.5],
      ['路一'],
    ],
    ['a line whose own box it meets but not the line', [125.15, 43.15, 125.3, 43.3], []],
    ['nothing', [100, 10, 101, 11], []],
    ['both sides of the antimeridian', [179, -20, -179, -10], ['海一', '海二']],
    ['the east side alone', [179, -20, 180, -10], ['海一']],
    ['the west side alone', [-180, -20, -179, -10], ['海二']],
  ] as const)('gives a box %s', async (_, bbox, expected) => {
    expect(await found({ bbox })).toEqual(expected);
  });

  it('takes regions with all below them, and 000000 for what lies in no city', async () => {
    expect(await found({ region: '990200' })).toEqual(['乙一']);
    expect(await found({ region: '990000' })).toHaveLength(8);
    expect(await found({ region: '990101' })).toEqual(['甲二', '甲一', '丁一']);
    expect(await found({ region: '000000' })).toEqual(['海一']);
    expect(await found({ region: '110000' })).toEqual([]);
  });

  it('takes levels, states, fields and an enterprise, all at once', async () => {
    expect(await found({ level: [1, 4] })).toEqual(['乙一', '甲二', '乙二', '海二']);
    expect(await found({ state: ['expired', 'not_applicable'] })).toEqual(['丙一', '丁一']);
    expect(await found({ field: ['schools', 'smelting'] })).toEqual(['丁一']);
    expect(await found({ dynamic: [3] })).toEqual(['甲一']);
    expect(await found({ level: [1], region: '990200' })).toEqual(['乙一']);
    expect(await found({ basis: 'inherent', state: ['assessed'] })).toEqual([]);
  });

  it('finds text in names and codes whatever the letter case, with wildcards meaning themselves', async () => {
    expect(await found({ q: '丁' })).toEqual(['丁一']);
    expect(await found({ q: 'old kiln' })).toEqual(['丁一']);
    expect(await found({ q: 'a_1%' })).toEqual(['丁一']);
    expect(await found({ q: '_' })).toEqual(['丁一']);
    expect(await found({ q: '%' })).toEqual(['丁一']);
    expect(await found({ q: '\\' })).toEqual([]);
    expect(await found({ q: `'; DROP TABLE risk_points; --` })).toEqual([]);
  });

  it('goes on after any row without a gap or a repeat', async () => {
    const all = await found({});
    const pages: string[] = [];
    let after: RiskPointPlace | null = null;
    for (;;) {
      const place: RiskPointPlace | null = after;
      const rows: readonly RiskPoint[] = await database.read((trx) =>
        listRiskPoints(trx, { basis: 'current' }, place, 3),
      );
      const last = rows.at(-1);
      if (!last) break;
      pages.push(...rows.map((row) => row.names.zh));
      after = [last.severity, last.names.zh, last.id];
    }

    expect(pages).toEqual(all);
  });

  it.each([
    [{}, 10],
    [{ region: '990000' }, 8],
    [{ region: '000000' }, 1],
    [{ level: [1, 4] }, 4],
    [{ state: ['expired', 'not_applicable'] }, 2],
    [{ state: ['assessed', 'not_assessed'] }, 8],
    [{ level: [1], state: ['expired'] }, 0],
    [{ level: [1], state: ['expired', 'assessed'], region: '990200' }, 1],
    [{ field: ['schools'] }, 1],
    [{ region: '110000' }, 0],
  ] as const)('counts %j in the cube as it does row by row', async (filter, expected) => {
    const both = await database.read(async (trx) => [
      await countInCube(trx, { basis: 'current', ...filter }),
      await countRiskPoints(trx, { basis: 'current', ...filter }),
    ]);

    expect(both).toEqual([expected, expected]);
  });

  it('leaves to the rows what the cube cannot count', async () => {
    const bbox = [125, 43, 126, 44] as const;

    expect(await database.read((trx) => countInCube(trx, { basis: 'current', bbox }))).toBeNull();
    expect(await database.read((trx) => countInCube(trx, { basis: 'current', q: 'a' }))).toBeNull();
  });

  it('lists an enterprise with the worst of its points', async () => {
    const [works] = await database.read((trx) =>
      listEnterprises(trx, { basis: 'current', bbox: [125, 43, 126, 44] }, null, 10),
    );

    expect(works).toMatchObject({
      names: { zh: '示例甲厂', en: null },
      state: 'assessed',
      level: 1,
      regionCode: '990101',
      regionPath: [
        { code: '990000', names: { zh: '示例省', en: 'Example Province' } },
        { code: '990100', names: { zh: '示例甲市', en: 'City A' } },
        { code: '990101', names: { zh: '示例南县', en: null } },
      ],
      position: [125.5, 43.25],
    });
  });
});

describe('many rows', () => {
  beforeAll(async () => {
    await database.asOwner(async (trx) => {
      // Straight into the tables: 20,000 places between 100 and 110 east.
      await trx.raw('ALTER TABLE risk_points DISABLE TRIGGER USER');
      await trx.raw(
        `INSERT INTO risk_points (city_code, id, name_zh, kind, lifecycle, geom, anchor, exists_from)
         SELECT '000000', gen_random_uuid(), '示例' || n, 'place', 'running', g.geom, g.geom, now()
         FROM generate_series(1, 20000) AS n CROSS JOIN LATERAL (SELECT ST_SetSRID(ST_MakePoint(
           100 + 10 * (n * 0.7548776662466927 % 1), 20 + 10 * (n * 0.5698402909980532 % 1)), 4326) AS geom) AS g`,
      );
      await trx.raw('ALTER TABLE risk_points ENABLE TRIGGER USER');
      await trx.raw(
        `INSERT INTO point_states (city_code, risk_point_id, basis, region, name_zh, fields, lifecycle, state, since, place)
         SELECT rp.city_code, rp.id, 'current', '000000', rp.name_zh, '{}', rp.lifecycle, 'not_assessed', now(), rp.geom_3857
         FROM risk_points rp WHERE rp.name_zh ~ '^示例[0-9]+$'`,
      );
      await trx.raw('ANALYZE risk_points, point_states, regions');
    });
  });

  async function planOf(trx: Knex.Transaction, filter: Partial<RiskPointFilter>) {
    const queries: { sql: string; bindings: readonly unknown[] }[] = [];
    trx.on('query', (query: (typeof queries)[number]) => queries.push(query));
    await listRiskPoints(trx, { basis: 'current', ...filter }, null, 100);
    const [query] = queries;
    if (!query) throw new Error('Nothing was asked of the database');
    // Bound by position here, named by number in the text that was sent.
    const sql = query.sql.replaceAll(/\$\d+/g, '?');
    const plan = await trx.raw<{ rows: Record<string, string>[] }>(
      `EXPLAIN ${sql}`,
      query.bindings as Knex.RawBinding[],
    );
    return plan.rows.map((row) => row['QUERY PLAN']).join('\n');
  }

  it('are searched by the index of places for a box, also across the antimeridian', async () => {
    const [plain, crossing] = await database.read(async (trx) => [
      await planOf(trx, { bbox: [103, 23, 103.5, 23.5] }),
      await planOf(trx, { bbox: [179.5, -20, -179.5, -10] }),
    ]);

    expect(plain).toContain('risk_points_geom');
    expect(crossing).toContain('risk_points_geom');
    expect(plain).not.toContain('Seq Scan on risk_points');
    expect(crossing).not.toContain('Seq Scan on risk_points');
  });

  it('are listed by the index of their order, however many there are', async () => {
    const plan = await database.read((trx) => planOf(trx, {}));

    expect(plan).toContain('point_states_order');
    expect(plan).not.toMatch(/Sort Key: .*CASE/);
  });

  it('in a box are as many as an independent count says', async () => {
    const filter = { basis: 'current', bbox: [103, 23, 104, 24] } as const;
    const { counted, expected } = await database.read(async (trx) => {
      const plain = await trx.raw<{ rows: [{ n: number }] }>(
        `SELECT count(*) AS n FROM risk_points WHERE ST_X(anchor) BETWEEN 103 AND 104 AND ST_Y(anchor) BETWEEN 23 AND 24`,
      );
      return { counted: await countRiskPoints(trx, filter), expected: plain.rows[0].n };
    });

    expect(counted).toBe(expected);
    expect(counted).toBeGreaterThan(150);
  });
});
