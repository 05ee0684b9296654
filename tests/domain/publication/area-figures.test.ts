import fc from 'fast-check';
import { isDue, publicFigures } from '#server/domain/publication/area-figures.ts';
import type { LeafCounts } from '#server/domain/publication/area-figures.ts';
import { leafCounts } from '#server/domain/publication/leaf-counts.ts';
import type { SubjectGroup } from '#server/domain/publication/leaf-counts.ts';
import { countVotes } from '#server/domain/zoning/subject-counts.ts';
import type { Level } from '#server/domain/level.ts';

const NOTHING = { n1: null, n2: null, n3: null, n4: null, nNone: null };

const assessed = (level: Level, n: number): SubjectGroup => ({
  kind: 'enterprise',
  state: 'assessed',
  level,
  lastLevel: level,
  hasExpiredMajor: false,
  n,
});
const leaf = (...groups: SubjectGroup[]): LeafCounts => leafCounts(groups);

describe('public figures of an area', () => {
  it('are its colour and the counts that may be told', () => {
    // W = (6·2 + 8·1) / 14 = 1.43: blue.
    const figures = publicFigures([leaf(assessed(3, 6), assessed(4, 8))], 'weighted', 'county');

    expect(figures).toEqual({ state: 'assessed', level: 4, told: { ...NOTHING, n3: 6, n4: 8 } });
  });

  it('are withheld where there are fewer than five enterprises, however many public places', () => {
    const places: SubjectGroup = { ...assessed(2, 30), kind: 'risk_point' };

    const figures = publicFigures([leaf(assessed(1, 4), places)], 'weighted', 'county');

    expect(figures).toEqual({ state: 'withheld', level: null, told: NOTHING });
  });

  it('leave the small counties out of the city, colour and counts alike', () => {
    const large = leaf(assessed(3, 6), assessed(4, 8));
    // One major enterprise would be a floor of yellow.
    const few = leaf(assessed(1, 1), assessed(4, 2));

    expect(publicFigures([large, few], 'weighted', 'city')).toEqual(
      publicFigures([large], 'weighted', 'city'),
    );
  });

  it('give the province counts and no colour', () => {
    const counties = [leaf(assessed(3, 6), assessed(4, 8)), leaf(assessed(1, 5), assessed(4, 7))];

    const figures = publicFigures(counties, 'weighted', 'province');

    expect(figures).toEqual({
      state: 'assessed',
      level: null,
      told: { n1: 5, n2: null, n3: 6, n4: 15, nNone: null },
    });
  });
});

describe('counts of groups', () => {
  it('are those of every single subject', () => {
    const group = fc.record({
      kind: fc.constantFrom('enterprise' as const, 'risk_point' as const),
      state: fc.constantFrom('assessed' as const, 'expired' as const, 'not_assessed' as const),
      level: fc.constantFrom<Level>(1, 2, 3, 4),
      hasExpiredMajor: fc.boolean(),
      n: fc.integer({ min: 1, max: 6 }),
    });
    fc.assert(
      fc.property(fc.array(group), (drawn) => {
        const groups: SubjectGroup[] = drawn.map((one) => ({
          ...one,
          level: one.state === 'assessed' ? one.level : null,
          lastLevel: one.state === 'not_assessed' ? null : one.level,
        }));
        const each = groups.flatMap((one) => Array.from({ length: one.n }, () => one));

        expect(leafCounts(groups).subjects).toEqual(countVotes(each).counts);
      }),
    );
  });
});

describe('new figures', () => {
  it('come when five enterprises changed, and with public places only where no enterprise did', () => {
    expect(isDue({ enterprises: 4, places: 0 })).toBe(false);
    expect(isDue({ enterprises: 5, places: 0 })).toBe(true);
    expect(isDue({ enterprises: 1, places: 9 })).toBe(false);
    expect(isDue({ enterprises: 0, places: 5 })).toBe(true);
  });
});
