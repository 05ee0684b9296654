import { enterpriseVote } from '#server/domain/subject.ts';
import type { PointStanding, Vote } from '#server/domain/subject.ts';
import { assessedSubjects, countVotes } from '#server/domain/zoning/subject-counts.ts';
import { bandOf, cautiousMean, weightedMean } from '#server/domain/zoning/weighted.ts';
import { noSubjects } from '#server/domain/zoning/subject-counts.ts';

const vote = (...points: readonly PointStanding[]): Vote => enterpriseVote(points);
const assessed = (level: 1 | 2 | 3 | 4): PointStanding => ({
  state: 'assessed',
  level,
  lastLevel: null,
});
const expired = (lastLevel: 1 | 2 | 3 | 4): PointStanding => ({
  state: 'expired',
  level: null,
  lastLevel,
});

describe('counting votes', () => {
  it('counts each subject once, by level, last level or as never assessed', () => {
    const votes = [
      vote(assessed(1), assessed(4)),
      vote(assessed(2)),
      vote(assessed(3), expired(1)),
      vote(assessed(4)),
      vote(assessed(4)),
      vote(expired(1)),
      vote(expired(2)),
      vote(expired(3)),
      vote(expired(4), expired(4)),
      vote(),
      enterpriseVote([assessed(1)], 'closed'),
    ];

    const { counts, notApplicable } = countVotes(votes);

    expect(counts).toEqual({
      s1: 1,
      s2: 1,
      s3: 1,
      s4: 2,
      sU: 5,
      sExpired1: 2,
      e1: 1,
      e2: 1,
      e3: 1,
      e4: 1,
      u0: 1,
    });
    expect(notApplicable).toBe(1);
    expect(assessedSubjects(counts)).toBe(5);
  });
});

describe('means', () => {
  it('do not exist for an area without subjects', () => {
    expect(weightedMean(noSubjects)).toBeNull();
    expect(cautiousMean(noSubjects)).toBeNull();
  });

  it('always fall in a band', () => {
    expect([10, 5, 4.999, 3, 1.5, 1].map((w) => bandOf(w).level)).toEqual([1, 1, 2, 2, 3, 4]);
  });
});
