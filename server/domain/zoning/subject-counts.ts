import { worstLevel } from '../level.ts';
import type { Level } from '../level.ts';
import type { Vote } from '../subject.ts';

/** Voting subjects of an area, one basis, live ones only: an enterprise or a public point each. */
export type SubjectCounts = {
  /** Assessed subjects by level. */
  readonly s1: number;
  readonly s2: number;
  readonly s3: number;
  readonly s4: number;
  /** Not in force: never assessed or expired; always u0 + e1 + e2 + e3 + e4. */
  readonly sU: number;
  /** Hold an expired 重大 without being counted in s1: a part of an assessed one, or e1. */
  readonly sExpired1: number;
  /** Expired subjects by their last level. */
  readonly e1: number;
  readonly e2: number;
  readonly e3: number;
  readonly e4: number;
  /** Never assessed. */
  readonly u0: number;
};

export const noSubjects: SubjectCounts = {
  s1: 0,
  s2: 0,
  s3: 0,
  s4: 0,
  sU: 0,
  sExpired1: 0,
  e1: 0,
  e2: 0,
  e3: 0,
  e4: 0,
  u0: 0,
};

/** Counts votes; those not applicable are counted apart. */
export function countVotes(votes: readonly Vote[]): {
  readonly counts: SubjectCounts;
  readonly notApplicable: number;
} {
  const live = votes.filter((vote) => vote.state !== 'not_applicable');
  const assessed = (level: Level): number => live.filter((vote) => vote.level === level).length;
  const expired = (level: Level): number =>
    live.filter((vote) => vote.state === 'expired' && vote.lastLevel === level).length;
  const counts = {
    s1: assessed(1),
    s2: assessed(2),
    s3: assessed(3),
    s4: assessed(4),
    sU: live.filter((vote) => vote.state !== 'assessed').length,
    sExpired1: live.filter((vote) => vote.hasExpiredMajor).length,
    e1: expired(1),
    e2: expired(2),
    e3: expired(3),
    e4: expired(4),
    u0: live.filter((vote) => vote.state === 'not_assessed').length,
  };
  return { counts, notApplicable: votes.length - live.length };
}

/** The counts of one area and of another one, that one taken so many times. */
export function addSubjects(a: SubjectCounts, b: SubjectCounts, times = 1): SubjectCounts {
  const keys = Object.keys(noSubjects) as (keyof SubjectCounts)[];
  return Object.fromEntries(keys.map((key) => [key, a[key] + b[key] * times])) as SubjectCounts;
}

/** Number of subjects with an assessment in force. */
export function assessedSubjects({ s1, s2, s3, s4 }: SubjectCounts): number {
  return s1 + s2 + s3 + s4;
}

/** Worst level known of any subject, lapsed ones by their last level; null when none is known. */
export function worstKnownLevel(c: SubjectCounts): Level | null {
  return worstLevel([
    c.s1 + c.e1 + c.sExpired1 > 0 ? 1 : null,
    c.s2 + c.e2 > 0 ? 2 : null,
    c.s3 + c.e3 > 0 ? 3 : null,
    c.s4 + c.e4 > 0 ? 4 : null,
  ]);
}
