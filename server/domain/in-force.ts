import type { Basis, Level } from './level.ts';

/**
 * Where an assessment stands. Those before signing (draft, submitted) never colour the map; a
 * returned one was signed and stays in force until its correction is.
 */
export type AssessmentState =
  | 'draft'
  | 'submitted'
  | 'in_force'
  | 'replaced'
  | 'returned'
  | 'system';

export type AssessedSubject = {
  readonly kind: 'risk_point' | 'hazard_source';
  readonly id: string;
};

/** An assessment as the timeline sees it. All instants are epoch milliseconds, UTC. */
export type TimelineAssessment = {
  readonly id: string;
  readonly subject: AssessedSubject;
  readonly method: string;
  /** Where given, only assessments of the timeline's own basis are read. */
  readonly basis?: Basis;
  readonly level: Level | null;
  readonly score: number | null;
  readonly assessedAt: number;
  /** Orders two assessments of one subject made for the same instant. */
  readonly recordedAt?: number;
  /** First instant at which it has lapsed; null = never. */
  readonly validUntil: number | null;
  /** The assessment this one corrects. */
  readonly replaces?: string | null;
  readonly state: AssessmentState;
  /** First instant at which its subject is no longer in the register; null = it still is. */
  readonly endedAt?: number | null;
};

/** An assessment and the half-open time in which it is the newest of its subject. */
export type Reign = {
  readonly assessment: TimelineAssessment;
  readonly from: number;
  readonly to: number;
};

const SIGNED: ReadonlySet<AssessmentState> = new Set([
  'in_force',
  'replaced',
  'returned',
  'system',
]);

/**
 * For each signed assessment the time in which it is its subject's newest: from its own instant
 * until the next assessment of the same subject, until the correction that names it, or until the subject itself ends.
 */
export function reignsOf(
  assessments: readonly TimelineAssessment[],
  basis: Basis,
): readonly Reign[] {
  const signed = assessments.filter(
    (a) => SIGNED.has(a.state) && (a.basis === undefined || a.basis === basis),
  );
  const effective = signed
    .map((assessment) => ({ assessment, corrected: correctedFrom(assessment.id, signed, []) }))
    .filter(({ assessment, corrected }) => corrected > assessment.assessedAt)
    .toSorted((a, b) => byTime(a.assessment, b.assessment));
  return effective.flatMap(({ assessment, corrected }, index) => {
    const next = effective
      .slice(index + 1)
      .find((later) => subjectKey(later.assessment) === subjectKey(assessment));
    const ended = assessment.endedAt ?? Infinity;
    const to = Math.min(corrected, ended, next?.assessment.assessedAt ?? Infinity);
    // Two of one subject at one instant: the later recorded one reigns, this one never did.
    return to > assessment.assessedAt ? [{ assessment, from: assessment.assessedAt, to }] : [];
  });
}

/** First instant from which a correction (or a correction of it) stands in for the assessment. */
function correctedFrom(
  id: string,
  signed: readonly TimelineAssessment[],
  seen: readonly string[],
): number {
  const corrections = signed.filter((a) => a.replaces === id && !seen.includes(a.id));
  return Math.min(
    Infinity,
    ...corrections.map((c) => Math.min(c.assessedAt, correctedFrom(c.id, signed, [...seen, id]))),
  );
}

function subjectKey({ subject }: TimelineAssessment): string {
  return `${subject.kind}:${subject.id}`;
}

/** Oldest first; equal instants in the order they were recorded, then by id. */
export function byTime(a: TimelineAssessment, b: TimelineAssessment): number {
  return (
    a.assessedAt - b.assessedAt ||
    (a.recordedAt ?? a.assessedAt) - (b.recordedAt ?? b.assessedAt) ||
    (a.id < b.id ? -1 : 1)
  );
}
