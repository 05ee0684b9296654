import type { Knex } from 'knex';
import { calendarDay } from '#server/domain/calendar-day.ts';
import { NotFoundError } from '#server/domain/errors.ts';
import { findDefinition } from '#server/domain/methods/find-definition.ts';
import type { MethodDefinition } from '#server/domain/methods/method.ts';
import { insertAssessments } from './assessments.store.ts';
import { evaluatedAssessment } from './evaluated-assessment.ts';
import type { AssessmentDraft } from './evaluated-assessment.ts';

const BATCH = 2_000;

export type BulkDraft = AssessmentDraft & {
  readonly method: string;
  /** Null = the default variant. */
  readonly version: string | null;
};

/**
 * Evaluates and stores many assessments, each under the version in force on its own day. The levels that follow are
 * recorded by the caller, once for all. Throws NotFoundError, RuleViolationError.
 */
export async function storeAssessments(
  trx: Knex.Transaction,
  definitions: readonly MethodDefinition[],
  drafts: readonly BulkDraft[],
  timeZone: string,
): Promise<void> {
  const days = new Map<number, string>();
  const dayOf = (instant: number): string => {
    const day = days.get(instant) ?? calendarDay(instant, timeZone);
    days.set(instant, day);
    return day;
  };
  const rows = drafts.map(({ method, version, ...draft }) => {
    const query = { method, version: version ?? undefined, onDay: dayOf(draft.assessedAt) };
    const definition = findDefinition(definitions, query);
    if (!definition) throw new NotFoundError('method version', `${method} ${version ?? ''}`);
    return evaluatedAssessment(definition, draft);
  });
  for (let start = 0; start < rows.length; start += BATCH) {
    await insertAssessments(trx, rows.slice(start, start + BATCH));
  }
}
