import type { Knex } from 'knex';
import {
  aBox,
  aHazardSource,
  aMeasure,
  anAssessment,
  anEnterprise,
  aRiskPoint,
  aSmallProvince,
  settle,
  withMethods,
} from '#tests/support/factories.ts';
import type { Placed } from '#tests/support/factories.ts';
import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

const NOW = Date.UTC(2026, 5, 15);
const CHILDREN = [
  'lifecycle_changes',
  'hazard_sources',
  'control_measures',
  'assessments',
  'level_periods',
] as const;

let database: TestDatabase;
let works: Placed;
let moving: Placed;
let staying: Placed;
let square: Placed;

beforeAll(async () => {
  database = await openTestDatabase();
  await database.asOwner(async (trx) => {
    await withMethods(trx);
    await aSmallProvince(trx);
    // Works and one of its points east of 125.8, its other point west of it, a public square in the east.
    works = await anEnterprise(trx, { at: [125.9, 43.25], zh: '示例搬迁企业' });
    moving = await aRiskPoint(trx, { at: [125.91, 43.25], enterprise: works, zh: '示例东罐' });
    staying = await aRiskPoint(trx, { at: [125.7, 43.25], enterprise: works, zh: '示例西罐' });
    square = await aRiskPoint(trx, { at: [125.95, 43.75], zh: '示例广场' });
    const source = await aHazardSource(trx, moving);
    await aMeasure(trx, moving, { source });
    await anAssessment(trx, moving, 2, { source });
    await anAssessment(trx, moving, 3, { basis: 'inherent' });
    await anAssessment(trx, staying, 1);
    await anAssessment(trx, square, 4);
    await settle(trx, NOW);
  });
});

afterAll(() => closeTestDatabase(database));

/** Rows of a table about one risk point, as the database writes them, without the columns that may change. */
async function rowsOf(trx: Knex.Transaction, table: string, column: string, id: string) {
  const result = await trx.raw<{ rows: { row: Record<string, unknown> }[] }>(
    `SELECT to_jsonb(t) - ARRAY['city_code', 'region', 'enterprise_city_code'] AS row FROM ?? AS t
     WHERE t.?? = ? ORDER BY to_jsonb(t)::text`,
    [table, column, id],
  );
  return result.rows.map(({ row }) => row);
}

async function picture(trx: Knex.Transaction): Promise<Record<string, Record<string, unknown>[]>> {
  const children: [string, Record<string, unknown>[]][] = [];
  for (const table of CHILDREN) {
    children.push([table, await rowsOf(trx, table, 'risk_point_id', moving.id)]);
  }
  return {
    ...Object.fromEntries(children),
    risk_points: await rowsOf(trx, 'risk_points', 'id', moving.id),
    enterprises: await rowsOf(trx, 'enterprises', 'id', works.id),
  };
}

async function cityCodes(trx: Knex.Transaction, table: string, id: string): Promise<string[]> {
  const column = table === 'risk_points' || table === 'enterprises' ? 'id' : 'risk_point_id';
  return trx(table).distinct('city_code').where(column, id).pluck('city_code');
}

type Moved = { kind: string; looked_at: number; moved: number; changed_city: number };

async function relocate(trx: Knex.Transaction): Promise<Moved[]> {
  const result = await trx.raw<{ rows: Moved[] }>('SELECT * FROM relocate_rows() ORDER BY kind');
  return result.rows;
}

describe('new borders', () => {
  it('change nothing where no row lies elsewhere than before', async () => {
    const report = await database.asOwner(relocate);

    expect(report).toEqual([
      { kind: 'enterprises', looked_at: 1, moved: 0, changed_city: 0 },
      { kind: 'risk_points', looked_at: 3, moved: 0, changed_city: 0 },
    ]);
  });

  it('move a row with all that hangs on it, changing nothing but region and city', async () => {
    const before = await database.asOwner(picture);

    const report = await database.asOwner(async (trx) => {
      // 990100 and its counties end at 125.8 now, 990200 begins there.
      const reshape = (code: string, box: ReturnType<typeof aBox>) =>
        trx.raw('UPDATE regions SET geom = ST_Multi(ST_GeomFromGeoJSON(?)) WHERE code = ?', [
          JSON.stringify(box),
          code,
        ]);
      await reshape('990100', aBox(125, 43, 125.8, 44));
      await reshape('990101', aBox(125, 43, 125.8, 43.5));
      await reshape('990102', aBox(125, 43.5, 125.8, 44));
      await reshape('990200', aBox(125.8, 43, 127, 44));
      return relocate(trx);
    });

    expect(report).toEqual([
      { kind: 'enterprises', looked_at: 1, moved: 1, changed_city: 1 },
      { kind: 'risk_points', looked_at: 3, moved: 2, changed_city: 2 },
    ]);
    expect(await database.asOwner(picture)).toEqual(before);
    expect(before['assessments']).toHaveLength(2);
    expect(before['level_periods']?.length).toBeGreaterThan(2);
    for (const table of [...CHILDREN, 'risk_points']) {
      expect([table, await database.asOwner((trx) => cityCodes(trx, table, moving.id))]).toEqual([
        table,
        ['990200'],
      ]);
    }
    expect(await database.asOwner((trx) => cityCodes(trx, 'enterprises', works.id))).toEqual([
      '990200',
    ]);
  });

  it('leave a point that stays with an enterprise that went', async () => {
    const row = await database.read((trx) =>
      trx('risk_points')
        .first('city_code', 'region', 'enterprise_city_code')
        .where('id', staying.id),
    );

    expect(row).toEqual({ city_code: '990100', region: '990101', enterprise_city_code: '990200' });
  });

  it('move what the map reads along', async () => {
    const [points, subjects, cells] = await database.read(async (trx) => [
      await trx('point_states').distinct('city_code', 'region').where('risk_point_id', moving.id),
      await trx('subject_states')
        .select('subject_id', 'city_code', 'region', 'level')
        .where('basis', 'current')
        .orderBy('level'),
      await trx('summary_cells')
        .select('city_code', 'region')
        .sum({ n: 'n' })
        .where({ z: 0, basis: 'current' })
        .groupBy('city_code', 'region')
        .orderBy('region'),
    ]);

    expect(points).toEqual([{ city_code: '990200', region: '990200' }]);
    expect(subjects).toEqual([
      // The enterprise still votes with its worst point, which stayed in the west.
      { subject_id: works.id, city_code: '990200', region: '990200', level: 1 },
      { subject_id: square.id, city_code: '990200', region: '990200', level: 4 },
    ]);
    expect(cells).toEqual([
      { city_code: '990100', region: '990101', n: 1 },
      { city_code: '990200', region: '990200', n: 2 },
    ]);
  });

  it('raise the versions of both cities', async () => {
    const rows = await database.read((trx) =>
      trx('data_versions').select('city_code').where('layer', 'base').orderBy('city_code'),
    );

    expect(rows.map((row) => row.city_code)).toEqual(['000000', '990100', '990200']);
  });
});

describe('rows that are only ever added', () => {
  it.each(['assessments', 'level_periods'])('cannot be deleted from %s', async (table) => {
    const attempt = database.asOwner((trx) => trx(table).delete());

    await expect(attempt).rejects.toThrow('append-only');
  });

  it('cannot be changed but for the state that sign-off moves', async () => {
    const change = (values: object) =>
      database.asOwner((trx) =>
        trx('assessments').update(values).where('risk_point_id', staying.id),
      );

    await expect(change({ level: 4 })).rejects.toThrow('append-only');
    await expect(change({ assessed_at: '2020-01-01' })).rejects.toThrow('append-only');
    await expect(change({ state: 'returned' })).resolves.toBe(1);
  });

  it('cannot be changed in a level period but for its end in recorded time', async () => {
    const attempt = database.asOwner((trx) => trx('level_periods').update({ level: 4 }));

    await expect(attempt).rejects.toThrow('append-only');
  });

  it('are not opened by a caller who sets the mark of the relocation itself', async () => {
    const attempt = database.write(async (trx) => {
      await trx.raw(`SELECT set_config('risk_map.relocating', 'on', true)`);
      await trx('assessments').update({ state: 'draft' });
      await trx.raw('DELETE FROM assessments');
    });

    await expect(attempt).rejects.toThrow('permission denied');
    const forged = database.write(async (trx) => {
      await trx.raw(`SELECT set_config('risk_map.relocating', 'on', true)`);
      await trx.raw('SELECT relocate_rows()');
    });
    await expect(forged).rejects.toThrow('permission denied');
  });
});
