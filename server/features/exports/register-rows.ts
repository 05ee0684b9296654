import type { Level, State } from '#server/domain/level.ts';
import { isLive } from '#server/domain/lifecycle.ts';
import type { AssessmentRow } from './assessment-rows.store.ts';
import type { EnterpriseMore } from './export-words.store.ts';
import type { EnterpriseHead, PointHead } from './export-request.ts';
import type { MeasureRow, PointMore, SourceRow } from './point-rows.store.ts';

/** How a risk stands: its assessed level, or why it has none. */
export type Standing = {
  readonly state: State;
  readonly level: Level | null;
  readonly lastLevel: Level | null;
  readonly dueAt: Date | null;
};

export type Point = {
  readonly head: PointHead;
  readonly more: PointMore;
  readonly sources: readonly SourceRow[];
  readonly measures: readonly MeasureRow[];
};

/** One row of a file about risks: a hazard source, or a risk point as a whole where `source` is null. */
export type RiskRow = Standing & {
  readonly head: PointHead;
  readonly more: PointMore;
  readonly source: SourceRow | null;
  /** Of the source, or of the point as a whole: what a row of a file says is theirs alone. */
  readonly measures: readonly MeasureRow[];
};

export type EnterpriseRow = { readonly head: EnterpriseHead; readonly more: EnterpriseMore };

export type AssessedRow = { readonly head: PointHead; readonly assessment: AssessmentRow };

/**
 * The rows of a risk point: one for each hazard source, the worst first, after one for the point as a whole where it
 * has no source, measures of its own or an assessment of its own. That row stands as the point does: at its worst risk.
 */
export function riskRowsOf(
  { head, more, sources, measures }: Point,
  now: number,
): readonly RiskRow[] {
  const own = measures.filter(({ sourceId }) => sourceId === null);
  const isRow = sources.length === 0 || own.length > 0 || more.isAssessed;
  const whole = isRow ? [wholePoint({ head, more, measures: own })] : [];
  const parts = sources.map((source): RiskRow => ({
    ...standingOf(head, source, now),
    head,
    more,
    source,
    measures: measures.filter(({ sourceId }) => sourceId === source.id),
  }));
  return [...whole, ...parts.toSorted((a, b) => severity(a) - severity(b))];
}

export function wholePoint({
  head,
  more,
  measures,
}: Pick<RiskRow, 'head' | 'more' | 'measures'>): RiskRow {
  const { state, level, lastLevel, dueAt } = head;
  return { state, level, lastLevel, dueAt, head, more, source: null, measures };
}

/** As of a point: a source of a planned or closed one is not applicable. */
function standingOf({ lifecycle }: PointHead, source: SourceRow, now: number): Standing {
  const { isAssessed, assessedLevel, validUntil } = source;
  const isInForce = isAssessed && (validUntil === null || now < validUntil.getTime());
  if (isLive(lifecycle) && isInForce) {
    return { state: 'assessed', level: assessedLevel, lastLevel: null, dueAt: validUntil };
  }
  const lapsed = isAssessed ? 'expired' : 'not_assessed';
  const state = isLive(lifecycle) ? lapsed : 'not_applicable';
  return { state, level: null, lastLevel: assessedLevel, dueAt: null };
}

function severity({ level, lastLevel, state }: RiskRow): number {
  if (level !== null) return level;
  return state === 'expired' ? 4 + (lastLevel ?? 4) : 9;
}
