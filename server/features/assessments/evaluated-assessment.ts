import type { Basis } from '#server/domain/level.ts';
import { evaluate } from '#server/domain/methods/evaluate.ts';
import { versionOf } from '#server/domain/methods/method.ts';
import type { MethodDefinition } from '#server/domain/methods/method.ts';
import { expiryOf } from '#server/domain/timeline.ts';
import type { NewAssessment } from './assessments.store.ts';

/** An assessment before it was evaluated. Instants are epoch milliseconds. */
export type AssessmentDraft = {
  readonly id: string;
  readonly cityCode: string;
  readonly subjectKind: 'risk_point' | 'hazard_source';
  readonly subjectId: string;
  readonly riskPointId: string;
  readonly basis: Basis;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly assessedAt: number;
  readonly demo: boolean;
  /** The assessment it corrects. */
  readonly replaces?: string | null;
};

/** Score, level, explanation and lapse of a draft. Throws RuleViolationError with every fault of the inputs. */
export function evaluatedAssessment(
  definition: MethodDefinition,
  draft: AssessmentDraft,
): NewAssessment {
  const { score, level, explanation } = evaluate(definition, draft.inputs);
  return {
    ...draft,
    method: definition.method,
    variant: definition.variant,
    revision: definition.revision,
    version: versionOf(definition),
    score,
    level,
    explanation,
    // Until sign-off exists, what is stored is in force at once.
    state: 'in_force',
    validUntil: expiryOf(draft.assessedAt, definition.method),
  };
}
