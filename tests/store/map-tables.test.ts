import type { Knex } from 'knex';
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
import { aRandomState, insertStates, STATE_REGIONS } from '#tests/support/point-states.ts';
import type { StateRow } from '#tests/support/point-states.ts';
import { seededRandom } from '#tests/support/seeded-random.ts';
import { cellsOf, storedCells } from '#tests/support/summary-cells.ts';
import { closeTestDatabase, openTestDatabase } from '#tests/support/test-database.ts';
import type { TestDatabase } from '#tests/support/test-database.ts';

const random = seededRandom(20260615);
const aState = (more: Partial<StateRow> = {}): StateRow => aRandomState(random, more);

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  await database.asOwner(async (trx) => {
    await withMethods(trx);
    await aSmallProvince(trx);
  });
});

afterAll(() => closeTestDatabase(database));

describe('summary cube', () => {
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
      return { stored: rows, counts: await countsByRegion(trx, [...STATE_REGIONS], view) };
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
    for (const region of STATE_REGIONS) {
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
