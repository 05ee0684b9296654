import fc from 'fast-check';
import {
  enterprisesOf,
  LEAST_TOLD,
  sumOfTold,
  TALLY_KEYS,
  toldTally,
} from '#server/domain/publication/small-numbers.ts';
import type { EnterpriseTally, ToldTally } from '#server/domain/publication/small-numbers.ts';

const tally = (n1: number, n2: number, n3: number, n4: number, nNone: number): EnterpriseTally => ({
  n1,
  n2,
  n3,
  n4,
  nNone,
});
const NOTHING = { n1: null, n2: null, n3: null, n4: null, nNone: null };

const small = fc.integer({ min: 0, max: 12 });
const anyTally = fc.record({ n1: small, n2: small, n3: small, n4: small, nNone: small });

function toldSum(told: ToldTally): number {
  return TALLY_KEYS.reduce((sum, key) => sum + (told[key] ?? 0), 0);
}

describe('counts that everyone is told', () => {
  it('are those of five enterprises and more', () => {
    // 2 + 1 + 3 = 6 are left, nobody knows at which level.
    expect(toldTally(tally(2, 7, 1, 12, 3))).toEqual({ ...NOTHING, n2: 7, n4: 12 });
    expect(toldTally(tally(0, 5, 0, 6, 0))).toEqual({ ...NOTHING, n2: 5, n4: 6 });
  });

  it('leave out the smallest told one where too few would be left', () => {
    // 20 − 12 − 7 = 1 would be one known enterprise.
    expect(toldTally(tally(0, 7, 1, 12, 0))).toEqual({ ...NOTHING, n4: 12 });
    expect(toldTally(tally(1, 0, 0, 9, 0))).toEqual(NOTHING);
  });

  it('are none where all are alike: whoever is there would be known', () => {
    expect(toldTally(tally(0, 0, 0, 40, 0))).toEqual(NOTHING);
    expect(toldTally(tally(0, 0, 0, 0, 0))).toEqual(NOTHING);
  });

  it('never let a difference with the number of enterprises tell of fewer than five', () => {
    fc.assert(
      fc.property(anyTally, (counts) => {
        const told = toldTally(counts);

        const left = enterprisesOf(counts) - toldSum(told);
        expect(left === 0 || left >= LEAST_TOLD || toldSum(told) === 0).toBe(true);
        for (const key of TALLY_KEYS) {
          if (told[key] === null) continue;
          expect(told[key]).toBe(counts[key]);
          expect(told[key]).toBeGreaterThanOrEqual(LEAST_TOLD);
        }
        const isAlike = TALLY_KEYS.some((key) => counts[key] === enterprisesOf(counts));
        if (isAlike) expect(told).toEqual(NOTHING);
      }),
    );
  });

  it('add up: an area above tells nothing that those below do not', () => {
    fc.assert(
      fc.property(fc.array(anyTally, { maxLength: 5 }), (counties) => {
        const told = counties.map(toldTally);

        for (const key of TALLY_KEYS) {
          const parts = told.flatMap((county) => county[key] ?? []);
          const sum = parts.length === 0 ? null : parts.reduce((a, b) => a + b, 0);
          expect(sumOfTold(told)[key]).toBe(sum);
        }
      }),
    );
  });
});
