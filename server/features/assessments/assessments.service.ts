import type { Knex } from 'knex';
import { keptRequest, makeOnce } from '#server/db/idempotency.ts';
import { calendarDay } from '#server/domain/calendar-day.ts';
import { RuleViolationError } from '#server/domain/errors.ts';
import type { Fault } from '#server/domain/errors.ts';
import type { Basis } from '#server/domain/level.ts';
import type { VersionQuery } from '#server/domain/methods/find-definition.ts';
import type { MethodDefinition } from '#server/domain/methods/method.ts';
import {
  getAssessmentRecord,
  getSubject,
  insertAssessments,
  listAssessmentRecords,
} from './assessments.store.ts';
import type { AssessmentRecord, NewAssessment, Page, Subject } from './assessments.store.ts';
import { evaluatedAssessment } from './evaluated-assessment.ts';
import { lockPointHistories } from './level-periods.store.ts';
import { recordLevels } from './record-levels.ts';

type Transact = <T>(work: (trx: Knex.Transaction) => Promise<T>) => Promise<T>;

export type AssessmentsDeps = {
  readonly read: Transact;
  readonly write: Transact;
  readonly clock: () => number;
  readonly newId: () => string;
  readonly timeZone: string;
  /** The version meant, or a NotFoundError. */
  readonly definitionFor: (trx: Knex.Transaction, query: VersionQuery) => Promise<MethodDefinition>;
};

/** What a caller says of an assessment; the level is worked out, never given. */
export type AssessmentRequest = {
  readonly method: string;
  readonly version?: string | undefined;
  readonly basis: Basis;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** RFC 3339; default now. */
  readonly assessedAt?: string | undefined;
};

export type AssessmentsService = ReturnType<typeof createAssessments>;

export function createAssessments(deps: AssessmentsDeps) {
  const { read, write } = deps;
  return {
    get: (id: string): Promise<AssessmentRecord> => read((trx) => getAssessmentRecord(trx, id)),

    /** Throws NotFoundError for an unknown subject. */
    list: (
      kind: Subject['kind'],
      id: string,
      basis: Basis | undefined,
      page: Page,
    ): Promise<readonly AssessmentRecord[]> =>
      read(async (trx) => listAssessmentRecords(trx, await getSubject(trx, kind, id), basis, page)),

    /**
     * Evaluates, stores and moves the levels that follow, in one transaction. Throws NotFoundError (subject, method),
     * RuleViolationError with every fault.
     */
    assess: (
      kind: Subject['kind'],
      id: string,
      request: AssessmentRequest,
      idempotencyKey: string | null = null,
    ): Promise<AssessmentRecord> =>
      write(async (trx) => {
        const kept = keptRequest(idempotencyKey, `assess ${kind} ${id}`, request);
        const made = await makeOnce(trx, kept, async () => {
          const subject = await getSubject(trx, kind, id);
          // Locked first: two assessments of one point are worked out one after the other.
          await lockPointHistories(trx, [subject.riskPointId]);
          const assessment = await newAssessment(trx, deps, subject, request);
          await insertAssessments(trx, [assessment]);
          await recordLevels(trx, [subject.riskPointId], deps.clock());
          return assessment.id;
        });
        return getAssessmentRecord(trx, made);
      }),
  };
}

async function newAssessment(
  trx: Knex.Transaction,
  { clock, newId, timeZone, definitionFor }: AssessmentsDeps,
  subject: Subject,
  request: AssessmentRequest,
): Promise<NewAssessment> {
  const assessedAt = request.assessedAt === undefined ? clock() : Date.parse(request.assessedAt);
  const late = timeFaults(assessedAt, subject, clock());
  const { method, version } = request;
  // A date that cannot be is told as such, not as a method that was not in force then.
  const onDay = calendarDay(late.length > 0 ? clock() : assessedAt, timeZone);
  try {
    const definition = await definitionFor(trx, { method, version, onDay });
    const assessment = evaluatedAssessment(definition, {
      id: newId(),
      cityCode: subject.cityCode,
      subjectKind: subject.kind,
      subjectId: subject.id,
      riskPointId: subject.riskPointId,
      basis: request.basis,
      inputs: request.inputs,
      assessedAt,
      demo: false,
    });
    if (late.length === 0) return assessment;
  } catch (error) {
    if (error instanceof RuleViolationError) throw withFaults(error.faults, late);
    throw error;
  }
  throw withFaults([], late);
}

const BROKEN = { zh: '评估的内容不符合规则。', en: 'The assessment breaks a rule.' };

function withFaults(faults: readonly Fault[], more: readonly Fault[]): RuleViolationError {
  return new RuleViolationError(BROKEN, [...faults, ...more]);
}

function timeFaults(assessedAt: number, subject: Subject, now: number): readonly Fault[] {
  if (assessedAt > now) {
    const detail = { zh: '不能晚于现在。', en: 'Must not lie in the future.' };
    return [{ pointer: '/assessedAt', detail }];
  }
  if (assessedAt < subject.existsFrom) {
    const from = new Date(subject.existsFrom).toISOString();
    const detail = {
      zh: `风险点从 ${from} 起才存在。`,
      en: `The risk point exists only from ${from} on.`,
    };
    return [{ pointer: '/assessedAt', detail }];
  }
  return [];
}
