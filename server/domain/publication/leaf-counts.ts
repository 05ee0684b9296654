import type { Level, State } from '../level.ts';
import { addSubjects, countVotes, noSubjects } from '../zoning/subject-counts.ts';
import type { SubjectCounts } from '../zoning/subject-counts.ts';
import type { LeafCounts } from './area-figures.ts';
import type { EnterpriseTally } from './small-numbers.ts';

/** `n` subjects that stand alike. */
export type SubjectGroup = {
  readonly kind: 'enterprise' | 'risk_point';
  readonly state: State;
  readonly level: Level | null;
  readonly lastLevel: Level | null;
  readonly hasExpiredMajor: boolean;
  readonly n: number;
};

/** The same counts as countVotes() of every single subject. */
export function leafCounts(groups: readonly SubjectGroup[]): LeafCounts {
  let subjects: SubjectCounts = noSubjects;
  let notApplicable = 0;
  for (const group of groups) {
    const one = countVotes([group]);
    subjects = addSubjects(subjects, one.counts, group.n);
    notApplicable += one.notApplicable * group.n;
  }
  return { subjects, notApplicable, enterprises: enterpriseTally(groups) };
}

function enterpriseTally(groups: readonly SubjectGroup[]): EnterpriseTally {
  const live = groups.filter(
    ({ kind, state }) => kind === 'enterprise' && state !== 'not_applicable',
  );
  const of = (level: Level | null): number =>
    live
      .filter((group) => (group.state === 'assessed' ? group.level : null) === level)
      .reduce((sum, { n }) => sum + n, 0);
  return { n1: of(1), n2: of(2), n3: of(3), n4: of(4), nNone: of(null) };
}
