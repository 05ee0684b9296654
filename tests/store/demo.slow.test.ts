import { differences } from '#server/db/reconcile.ts';
import { demoDeps } from '#server/demo.ts';
import { ensureDemo, remakeDemo, removeDemo } from '#server/features/demo/load-demo.ts';
import { DEMO_DAY, DEMO_NOW, demoSeed } from '#tests/support/demo-seed.ts';
import { openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ seed: demoSeed });
});
afterAll(() => database?.dispose());

const count = async (sql: string): Promise<number> => {
  const { rows } = await database.asOwner((trx) =>
    trx.raw<{ rows: [{ n: number }] }>(`SELECT count(*)::int AS n FROM ${sql}`),
  );
  return rows[0].n;
};
const deps = () => demoDeps(DEMO_NOW, 'Asia/Shanghai');

describe('the demonstration set in the database', () => {
  it('is as large as promised, marked as invented, and all of it inside a city', async () => {
    expect(await count('enterprises WHERE demo')).toBeGreaterThanOrEqual(300);
    expect(await count('risk_points WHERE demo')).toBeGreaterThanOrEqual(2_000);
    expect(await count("enterprises WHERE name_zh NOT LIKE '%示例%'")).toBe(0);
    expect(await count("risk_points WHERE city_code = '000000' OR region_flag IS NOT NULL")).toBe(
      0,
    );
  });

  it('has every state, all four levels, and about a year of level periods', async () => {
    for (const state of ['assessed', 'not_assessed', 'expired', 'not_applicable']) {
      expect(
        await count(`point_states WHERE basis = 'current' AND state = '${state}'`),
      ).toBeGreaterThan(20);
    }
    for (const level of [1, 2, 3, 4]) {
      expect(
        await count(`point_states WHERE basis = 'current' AND level = ${level}`),
      ).toBeGreaterThan(20);
    }
    const year = `valid_from < '${DEMO_DAY}'::date - 330`;
    expect(await count(`level_periods WHERE ${year}`)).toBeGreaterThan(1_000);
    expect(await count(`level_periods WHERE valid_from > '${DEMO_DAY}'::date + 1`)).toBe(0);
  });

  it('agrees with a recomputation of everything derived', async () => {
    const found = await database.asOwner(differences);

    expect(found.filter(({ rows }) => rows > 0)).toEqual([]);
  });

  it('is not put into a register that holds something', async () => {
    const given = await deps();

    expect(await database.asOwner((trx) => ensureDemo(trx, DEMO_DAY, given))).toBeNull();
  });

  it('is made anew for another day and taken out without a trace', async () => {
    const given = await deps();
    await database.asOwner((trx) => remakeDemo(trx, '2026-06-10', given));
    expect(await count('enterprises')).toBeGreaterThanOrEqual(300);

    const removed = await database.asOwner(removeDemo);

    expect(removed?.referenceDay).toBe('2026-06-10');
    for (const table of [
      'enterprises',
      'risk_points',
      'assessments',
      'level_periods',
      'point_states',
      'subject_states',
      'summary_cells',
      'demo_sets',
    ]) {
      expect([table, await count(table)]).toEqual([table, 0]);
    }
    expect(await count('regions')).toBe(10);
  });
});
