import { enterpriseVote, pointVote } from '#server/domain/subject.ts';
import type { PointStanding } from '#server/domain/subject.ts';

const assessed = (level: 1 | 2 | 3 | 4, lastLevel: PointStanding['lastLevel'] = null) =>
  ({ state: 'assessed', level, lastLevel }) as const;
const expired = (lastLevel: 1 | 2 | 3 | 4) =>
  ({ state: 'expired', level: null, lastLevel }) as const;
const unassessed = { state: 'not_assessed', level: null, lastLevel: null } as const;
const closed = (lastLevel: PointStanding['lastLevel']) =>
  ({ state: 'not_applicable', level: null, lastLevel }) as const;

describe('the vote of an enterprise', () => {
  it('is the worst of its assessed points', () => {
    expect(enterpriseVote([assessed(4), assessed(2), unassessed])).toEqual({
      state: 'assessed',
      level: 2,
      lastLevel: null,
      hasExpiredMajor: false,
    });
  });

  it('is expired at the worst last level where no point is assessed and one has lapsed', () => {
    expect(enterpriseVote([unassessed, expired(3), expired(2)])).toEqual({
      state: 'expired',
      level: null,
      lastLevel: 2,
      hasExpiredMajor: false,
    });
  });

  it('is not assessed with no points, none assessed, or none live', () => {
    for (const points of [[], [unassessed], [closed(1)]]) {
      expect(enterpriseVote(points)).toEqual({
        state: 'not_assessed',
        level: null,
        lastLevel: null,
        hasExpiredMajor: false,
      });
    }
  });

  it('is not applicable when the enterprise itself is planned or closed', () => {
    expect(enterpriseVote([assessed(1), expired(1)], 'closed')).toMatchObject({
      state: 'not_applicable',
      level: null,
      hasExpiredMajor: false,
    });
    expect(enterpriseVote([assessed(3)], 'suspended').state).toBe('assessed');
  });

  it('holds an expired major inside a better assessed subject', () => {
    expect(enterpriseVote([assessed(4), expired(1)]).hasExpiredMajor).toBe(true);
    expect(enterpriseVote([assessed(4, 1)]).hasExpiredMajor).toBe(true);
    expect(enterpriseVote([expired(1)]).hasExpiredMajor).toBe(true);
  });

  it('counts a major once: not again as expired where it votes major already', () => {
    expect(enterpriseVote([assessed(1), expired(1)]).hasExpiredMajor).toBe(false);
  });

  it('ignores points that are not applicable', () => {
    expect(enterpriseVote([assessed(4), closed(1)]).hasExpiredMajor).toBe(false);
  });
});

describe('the vote of a public point', () => {
  it('is what the point says', () => {
    expect(pointVote(expired(1))).toEqual({ ...expired(1), hasExpiredMajor: true });
    expect(pointVote(assessed(2))).toEqual({ ...assessed(2), hasExpiredMajor: false });
  });
});
