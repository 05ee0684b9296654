import type { Knex } from 'knex';
import { v7 } from 'uuid';
import type { Basis, Level, State } from '#server/domain/level.ts';
import { LIFECYCLES } from '#server/domain/lifecycle.ts';
import type { Lifecycle } from '#server/domain/lifecycle.ts';
import { enterpriseVote, pointVote } from '#server/domain/subject.ts';
import type { PointStanding, Vote } from '#server/domain/subject.ts';
import { countVotes } from '#server/domain/zoning/subject-counts.ts';
import { countsByRegion } from '#server/features/regions/region-counts.store.ts';
import {
  anAssessment,
  anEnterprise,
  aHazardSource,
  aRiskPoint,
  aSmallProvince,
  settle,
  withMethods,
} from '#tests/support/factories.ts';
import { seededRandom } from '#tests/support/seeded-random.ts';
import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

type StateRow = {
  city_code: string;
  risk_point_id: string;
  basis: Basis;
  region: string;
  jurisdiction_id: string | null;
  enterprise_id: string | null;
  fields: string[];
  lifecycle: Lifecycle;
  state: State;
  level: Level | null;
  last_level: Level | null;
  dynamic_level: Level | null;
  lon: number;
  lat: number;
};

const BASES: readonly [Basis, Basis] = ['current', 'inherent'];
const REGIONS = ['990101', '990102', '990200'] as const;
const PARK = '018f0000-0000-7000-8000-00000000000a';
const random = seededRandom(20260615);

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  await database.asOwner(async (trx) => {
    await withMethods(trx);
    await aSmallProvince(trx);
  });
});

afterAll(() => closeTestDatabase(database));

/** Whatever the columns allow; unlike real points, these have no history. */
function aState(more: Partial<StateRow> = {}): StateRow {
  const region = random.pick(REGIONS);
  const states: readonly [State, ...State[]] = [
    'assessed',
    'assessed',
    'expired',
    'not_assessed',
    'not_applicable',
  ];
  const state = more.state ?? random.pick(states);
  const level = (): Level => random.pick([1, 2, 3, 4]);
  const maybe = (): Level | null => (random.next() < 0.3 ? level() : null);
  const assessed = state === 'assessed' ? level() : null;
  return {
    city_code: region === '990200' ? '990200' : '990100',
    risk_point_id: v7(),
    basis: random.pick(BASES),
    region,
    jurisdiction_id: random.next() < 0.2 ? PARK : null,
    enterprise_id: null,
    fields: random.pick([[], ['gas'], ['gas', 'schools'], ['smelting']]),
    lifecycle: random.pick(['running', 'running', 'suspended', 'closed']),
    state,
    level: assessed,
    last_level: state === 'expired' ? level() : maybe(),
    dynamic_level: assessed ?? (state === 'not_applicable' ? null : maybe()),
    lon: 125 + random.next() * 2,
    lat: 43 + random.next(),
    ...more,
  };
}

async function insertStates(trx: Knex.Transaction, rows: readonly StateRow[]): Promise<void> {
  await trx.raw(
    `INSERT INTO point_states (city_code, risk_point_id, basis, region, jurisdiction_id, enterprise_id, name_zh, fields,
       lifecycle, state, level, last_level, dynamic_level, since, place)
     SELECT r.city_code, r.risk_point_id, r.basis, r.region, r.jurisdiction_id, r.enterprise_id, '示例', r.fields,
       r.lifecycle, r.state, r.level, r.last_level, r.dynamic_level, now(),
       ST_Transform(ST_SetSRID(ST_MakePoint(r.lon, r.lat), 4326), 3857)
     FROM jsonb_to_recordset(?::jsonb) AS r(city_code text, risk_point_id uuid, basis text, region text,
       jurisdiction_id uuid, enterprise_id uuid, fields text[], lifecycle text, state text, level smallint,
       last_level smallint, dynamic_level smallint, lon float8, lat float8)`,
    [JSON.stringify(rows)],
  );
}

describe('summary cube', () => {
  const zooms = [0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

  /** Web Mercator tile of a place, with its offset in 1/1024 of the tile. */
  function cellOf(lon: number, lat: number, z: number) {
    const fx = ((lon + 180) / 360) * 2 ** z;
    const radians = (lat * Math.PI) / 180;
    const fy = ((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * 2 ** z;
    const [x, y] = [Math.floor(fx), Math.floor(fy)];
    return { x, y, dx: Math.floor((fx - x) * 1024), dy: Math.floor((fy - y) * 1024) };
  }

  function cellsOf(rows: Iterable<StateRow>): Map<string, number[]> {
    const cells = new Map<string, number[]>();
    for (const row of rows) {
      for (const z of zooms) {
        const { x, y, dx, dy } = cellOf(row.lon, row.lat, z);
        const key = [
          z,
          x,
          y,
          row.basis,
          row.city_code,
          row.region,
          row.jurisdiction_id ?? '',
          row.fields,
          row.lifecycle,
        ].join('|');
        const is = (truth: boolean): number => (truth ? 1 : 0);
        const values = [
          1,
          ...[1, 2, 3, 4].map((level) => is(row.level === level)),
          ...[1, 2, 3, 4].map((level) => is(row.dynamic_level === level)),
          is(row.dynamic_level === null && row.state === 'not_assessed'),
          is(row.dynamic_level === null && row.state === 'expired'),
          is(row.state === 'not_assessed'),
          is(row.state === 'expired'),
          is(row.state === 'not_applicable'),
          ...[dx, dy, dx * dx, dy * dy],
        ];
        const sums = cells.get(key) ?? values.map(() => 0);
        cells.set(
          key,
          sums.map((sum, index) => sum + (values[index] ?? 0)),
        );
      }
    }
    return cells;
  }

  async function storedCells(trx: Knex.Transaction): Promise<Map<string, number[]>> {
    const columns =
      `n n1 n2 n3 n4 d1 d2 d3 d4 u_not_assessed u_expired n_not_assessed n_expired n_not_applicable
      sum_dx sum_dy sum_dxx sum_dyy`.split(/\s+/);
    const rows = await trx('summary_cells').select<Record<string, unknown>[]>('*');
    return new Map(
      rows.map((row) => {
        const none = row['jurisdiction_id'] === '00000000-0000-0000-0000-000000000000';
        const key = [
          row['z'],
          row['x'],
          row['y'],
          row['basis'],
          row['city_code'],
          row['region'],
          none ? '' : row['jurisdiction_id'],
          row['fields'],
          row['lifecycle'],
        ].join('|');
        return [key, columns.map((column) => Number(row[column]))];
      }),
    );
  }

  it('equals a recomputation in another language after each of 40 random writes', async () => {
    const known = new Map<string, StateRow>();
    const keyOf = (row: StateRow): string => `${row.risk_point_id}|${row.basis}`;

    await database.asOwner(async (trx) => {
      for (let round = 0; round < 40; round += 1) {
        const chosen = [...known.values()].filter(() => random.next() < 0.2);
        const ids = chosen.map((row) => row.risk_point_id);
        const kind = random.integer(3);
        if (kind === 0 || known.size < 10) {
          const rows = Array.from({ length: 1 + random.integer(8) }, () => aState());
          await insertStates(trx, rows);
          for (const row of rows) known.set(keyOf(row), row);
        } else if (kind === 1) {
          const change = {
            level: random.pick([1, 2, 3, 4] as const),
            state: 'assessed',
            fields: ['schools'],
          } as const;
          await trx('point_states')
            .update({ ...change, fields: [...change.fields] })
            .whereIn('risk_point_id', ids);
          for (const row of chosen)
            known.set(keyOf(row), { ...row, ...change, fields: [...change.fields] });
        } else {
          await trx('point_states').delete().whereIn('risk_point_id', ids);
          for (const row of chosen) known.delete(keyOf(row));
        }

        const stored = await storedCells(trx);
        expect(Object.fromEntries(stored)).toEqual(Object.fromEntries(cellsOf(known.values())));
      }
      await trx('point_states').delete();
    });
  });

  it('keeps no row of what is gone', async () => {
    const left = await database.asOwner(async (trx) => {
      await insertStates(trx, [aState(), aState()]);
      await trx('point_states').delete();
      return storedCells(trx);
    });

    expect(left.size).toBe(0);
  });

  it('raises the version of the city that was written, and of no other', async () => {
    const versions = (trx: Knex.Transaction) =>
      trx('data_versions')
        .select('layer', 'city_code', 'version')
        .where('city_code', '990200')
        .orderBy('layer');
    await database.asOwner(async (trx) => {
      await insertStates(trx, [aState({ region: '990200', city_code: '990200' })]);
      const before = await versions(trx);
      await insertStates(trx, [aState({ region: '990101', city_code: '990100' })]);
      expect(await versions(trx)).toEqual(before);

      await insertStates(trx, [aState({ region: '990200', city_code: '990200' })]);

      const after = await versions(trx);
      expect(after.map((row) => row.version)).toEqual(before.map((row) => row.version + 1));
      await trx('point_states').delete();
    });
  });
});

describe('votes in SQL', () => {
  it('equal those of the domain for random enterprises and public places, and so do their counts', async () => {
    const votes = new Map<string, Vote>();
    const byRegion = new Map<string, Vote[]>();
    const { stored, counts } = await database.asOwner(async (trx) => {
      for (let index = 0; index < 60; index += 1) {
        const lifecycle = random.pick(LIFECYCLES as [Lifecycle, ...Lifecycle[]]);
        const at = [125 + random.next() * 2, 43 + random.next()] as const;
        const { id } = await anEnterprise(trx, { at, lifecycle });
        const points = Array.from({ length: random.integer(5) }, () =>
          aState({ basis: 'current', enterprise_id: id }),
        );
        await insertStates(trx, points);
        votes.set(id, enterpriseVote(points.map(standing), lifecycle));
      }
      await trx.raw('SELECT refresh_enterprises((SELECT array_agg(id) FROM enterprises))');
      const rows = await trx('subject_states')
        .select('subject_id', 'region', 'state', 'level', 'last_level', 'has_expired_major')
        .where('basis', 'current');
      for (const row of rows) {
        const list = byRegion.get(row.region) ?? [];
        byRegion.set(row.region, [...list, votes.get(row.subject_id) as Vote]);
      }
      const view = { basis: 'current', colour: 'assessed', fields: null } as const;
      return { stored: rows, counts: await countsByRegion(trx, [...REGIONS], view) };
    });

    const found = stored.map((row) => [
      row.subject_id,
      {
        state: row.state,
        level: row.level,
        lastLevel: row.last_level,
        hasExpiredMajor: row.has_expired_major,
      },
    ]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(votes));
    for (const region of REGIONS) {
      const expected = countVotes(byRegion.get(region) ?? []);
      expect(counts.get(region)?.subjects).toEqual(expected.counts);
      expect(counts.get(region)?.subjectsNotApplicable).toBe(expected.notApplicable);
    }
    await database.asOwner(async (trx) => {
      await trx('point_states').delete();
      await trx('subject_states').delete();
      await trx('enterprises').delete();
    });
  });

  function standing({ state, level, last_level: lastLevel }: StateRow): PointStanding {
    return { state, level, lastLevel };
  }

  it('count an assessed public place with a lapsed major part as having one, once', async () => {
    const place = { state: 'assessed', level: 3, lastLevel: 1 } as const;
    const row = await database.asOwner(async (trx) => {
      const point = await aRiskPoint(trx, { zh: '示例广场' });
      const [red, yellow] = [await aHazardSource(trx, point), await aHazardSource(trx, point)];
      await anAssessment(trx, point, 1, { source: red, validUntil: '2026-04-01T00:00:00Z' });
      await anAssessment(trx, point, 3, { source: yellow });
      await settle(trx, Date.UTC(2026, 5, 15));
      return trx('subject_states').first().where({ subject_id: point.id, basis: 'current' });
    });

    expect(row).toMatchObject({
      state: 'assessed',
      level: 3,
      last_level: 1,
      has_expired_major: true,
    });
    expect(row.has_expired_major).toBe(pointVote(place).hasExpiredMajor);
  });
});

describe('level periods', () => {
  it('follow each other without a gap or an overlap, and one of each basis is the present', async () => {
    const rows = await database.asOwner(async (trx) => {
      const point = await aRiskPoint(trx, { zh: '示例路段' });
      await anAssessment(trx, point, 2, {
        at: '2025-03-01T00:00:00Z',
        validUntil: '2025-09-01T00:00:00Z',
      });
      await anAssessment(trx, point, 4, { at: '2026-02-01T00:00:00Z' });
      await settle(trx, Date.UTC(2026, 5, 15));
      return trx('level_periods')
        .select(
          'state',
          'level',
          'last_level',
          trx.raw('valid_from::text'),
          trx.raw('valid_to::text'),
        )
        .where({ risk_point_id: point.id, basis: 'current' })
        .orderBy('valid_from');
    });

    expect(rows.map(({ state, level, last_level }) => [state, level, last_level])).toEqual([
      ['not_assessed', null, null],
      ['assessed', 2, null],
      ['expired', null, 2],
      ['assessed', 4, null],
    ]);
    expect(rows.slice(1).map((row) => row.valid_from)).toEqual(
      rows.slice(0, -1).map((row) => row.valid_to),
    );
    expect(rows.at(-1)?.valid_to).toBe('infinity');
  });

  it('cannot overlap among rows current in recorded time', async () => {
    const attempt = database.asOwner(async (trx) => {
      const point = await aRiskPoint(trx, { zh: '示例桥梁' });
      const row = {
        city_code: point.cityCode,
        risk_point_id: point.id,
        basis: 'current',
        state: 'not_assessed',
        lifecycle: 'running',
        valid_from: '2025-01-01T00:00:00Z',
        valid_to: '2025-06-01T00:00:00Z',
      };
      await trx('level_periods').insert(row);
      await trx('level_periods').insert({
        ...row,
        valid_from: '2025-05-31T00:00:00Z',
        valid_to: '2025-07-01T00:00:00Z',
      });
    });

    await expect(attempt).rejects.toThrow('overlaps');
  });
});
