import type { Basis, Level } from '#server/domain/level.ts';
import { isoInstant } from './calendar.ts';
import type { AccidentCode } from './catalogue/accident-types.ts';
import type { MethodHabit } from './catalogue/template.ts';
import type { DemoContext } from './demo-context.ts';
import type { DemoAssessment } from './demo-rows.ts';
import { judge } from './judgements.ts';
import type { Judgement } from './judgements.ts';
import { BACK_IN_TIME, stepFrom } from './severity.ts';

export type AssessedThing = {
  readonly riskPointId: string;
  readonly subjectKind: DemoAssessment['subjectKind'];
  readonly subjectId: string;
  readonly habit: MethodHabit;
  readonly accident: AccidentCode;
  /** Meant for the newest assessment. */
  readonly severity: Level;
};

/** Both bases on each of the days (days ago, oldest first). */
export function addAssessments(
  context: DemoContext,
  thing: AssessedThing,
  days: readonly number[],
): void {
  let { severity } = thing;
  for (const daysAgo of days.toReversed()) {
    addPair(context, thing, severity, daysAgo);
    severity = stepFrom(context.random, severity, BACK_IN_TIME, context.worstSeverity);
  }
}

function addPair(
  { random, calendar, rows }: DemoContext,
  { riskPointId, subjectKind, subjectId, habit, accident }: AssessedThing,
  severity: Level,
  daysAgo: number,
): void {
  const judgement = judge(random, habit, severity, accident);
  const instant = calendar.at(daysAgo, random.whole(0, 479));
  const row = (basis: Basis, inputs: Judgement['current']): DemoAssessment => ({
    id: random.id(instant),
    riskPointId,
    subjectKind,
    subjectId,
    basis,
    method: judgement.method,
    version: judgement.version,
    inputs,
    assessedAt: isoInstant(instant),
  });
  rows.assessments.push(row('inherent', judgement.inherent), row('current', judgement.current));
}
