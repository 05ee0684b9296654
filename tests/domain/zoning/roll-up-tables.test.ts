import * as fc from 'fast-check';
import { isWorse } from '#server/domain/level.ts';
import type { Level } from '#server/domain/level.ts';
import {
  defaultRule,
  ROLL_UP_RULES,
  rollUp,
  ruleLabel,
  STATE_RULES,
} from '#server/domain/zoning/roll-up.ts';
import type { Area, AreaDepth, SubjectCounts } from '#server/domain/zoning/roll-up.ts';
import { FLOORS, WEIGHT_BANDS } from '#server/domain/zoning/weighted.ts';
import { subjects } from './some-subjects.ts';

const city: Area = { depth: 'city', notApplicable: 0 };

describe('the rules as published', () => {
  it('carry their label, which is never a statutory level', () => {
    expect(ruleLabel.weighted).toEqual({
      zh: '区域综合色 · 本平台加权法 v1（非法定区域风险等级）',
      en: "Area colour, this service's weighted rule v1, not a statutory level",
    });
    expect(ruleLabel.highest.zh).toContain('就高');
  });

  it('paint by weight down to the county and by the highest from township down', () => {
    const depths: readonly AreaDepth[] = [
      'province',
      'city',
      'county',
      'jurisdiction',
      'township',
      'village',
    ];

    expect(depths.map(defaultRule)).toEqual([
      'weighted',
      'weighted',
      'weighted',
      'weighted',
      'highest',
      'highest',
    ]);
  });

  it('have no row that is never reached, and a default last', () => {
    const reached = new Set<string>();
    const amounts = [0, 1, 25];
    for (const rule of ROLL_UP_RULES) {
      for (const depth of ['province', 'city', 'county'] as const) {
        for (const [s1, s2, s3, s4] of product(amounts, amounts, amounts, [0, 1, 400])) {
          for (const [u0, e4, gone] of product([0, 40], [0, 1], [0, 1])) {
            const counts = subjects([s1, s2, s3, s4] as never, u0, [0, 0, 0, e4 ?? 0]);
            const result = rollUp(rule, counts, { depth, notApplicable: gone ?? 0 });
            for (const reason of result.reasons) reached.add(reason.id);
          }
        }
      }
    }

    for (const table of [STATE_RULES, WEIGHT_BANDS, FLOORS]) {
      for (const row of table) expect(reached).toContain(row.id);
    }
    expect(STATE_RULES.at(-1)?.when(undefined as never)).toBe(true);
    expect(WEIGHT_BANDS.at(-1)?.when(-1)).toBe(true);
  });
});

describe('properties of every rule that paints levels', () => {
  const amount = fc.integer({ min: 0, max: 60 });
  const some = fc.tuple(amount, amount, amount, amount);
  const depth = fc.constantFrom<AreaDepth>('city', 'county', 'township', 'jurisdiction');
  const cases = fc
    .tuple(some, amount, some, fc.integer({ min: 0, max: 3 }))
    .map(([by, u0, expired, hidden]) => subjects(by, u0, expired, hidden));

  it('gives every input exactly one state, and a level only to an assessed area', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ROLL_UP_RULES), cases, depth, (rule, counts, depth) => {
        const result = rollUp(rule, counts, { depth, notApplicable: 0 });

        expect(result.level !== null).toBe(result.state === 'assessed');
        expect(result).toEqual(rollUp(rule, counts, { depth, notApplicable: 0 }));
        if (result.w !== null) {
          expect(result.w).toBeGreaterThanOrEqual(1);
          expect(result.w).toBeLessThanOrEqual(10);
        }
      }),
    );
  });

  it('never gives a better colour when an assessed subject gets a worse level', () => {
    const step = fc.constantFrom<2 | 3 | 4>(2, 3, 4);
    fc.assert(
      fc.property(
        fc.constantFrom(...ROLL_UP_RULES),
        cases,
        depth,
        step,
        (rule, counts, depth, from) => {
          const better = `s${from}` as const;
          const worse = `s${from - 1}` as 's1' | 's2' | 's3';
          if (counts[better] === 0) return;
          const moved = {
            ...counts,
            [better]: counts[better] - 1,
            [worse]: counts[worse] + 1,
          };
          const area = { depth, notApplicable: 0 };

          const before = rollUp(rule, counts, area);
          const after = rollUp(rule, moved, area);

          expect(isWorse(before.level, after.level)).toBe(false);
          if (before.w !== null) expect(after.w).toBeGreaterThan(before.w);
        },
      ),
    );
  });

  it('under highest never gives a better colour when a subject is added', () => {
    const added = fc.constantFrom('s1', 's2', 's3', 's4', 'u0', 'e1', 'e2', 'e3', 'e4');
    fc.assert(
      fc.property(cases, added, (counts, key) => {
        const more = { ...counts, [key]: counts[key as keyof SubjectCounts] + 1 };
        const sU = more.u0 + more.e1 + more.e2 + more.e3 + more.e4;
        const sExpired1 = counts.sExpired1 + (key === 'e1' ? 1 : 0);

        const before: Level | null = rollUp('highest', counts, city).level;
        const after = rollUp('highest', { ...more, sU, sExpired1 }, city).level;

        expect(isWorse(before, after)).toBe(false);
      }),
    );
  });
});

function product(...lists: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return lists.reduce<readonly (readonly number[])[]>(
    (rows, list) => rows.flatMap((row) => list.map((value) => [...row, value])),
    [[]],
  );
}
