import type { Knex } from 'knex';
import { ConflictError } from '#server/domain/errors.ts';
import type { AssessmentValues } from '#server/domain/import/evaluated-row.ts';
import { compareImport } from './compare-import.ts';
import {
  analyseRegister,
  existSinceAssessed,
  lockCodes,
  lockCommits,
  lockTargets,
  moveRows,
  nextAssessments,
  writeSubjects,
} from './import-commit.store.ts';
import type { AssessmentToWrite } from './import-commit.store.ts';
import { toCompare } from './import-flow.ts';
import { updateImport } from './imports.store.ts';
import type { ImportRecord } from './imports.store.ts';

/** An assessment as the register stores it; instants are epoch milliseconds. */
type Draft = Omit<AssessmentValues, 'assessedAt'> & {
  readonly id: string;
  readonly cityCode: string;
  readonly subjectKind: 'risk_point' | 'hazard_source';
  readonly subjectId: string;
  readonly riskPointId: string;
  readonly assessedAt: number;
  readonly demo: boolean;
  readonly replaces: string | null;
};

/** What writing needs of other features. */
export type WriteDeps = {
  readonly clock: () => number;
  readonly storeAssessments: (trx: Knex.Transaction, drafts: readonly Draft[]) => Promise<void>;
  /** The one path by which levels change. */
  readonly recordLevels: (
    trx: Knex.Transaction,
    ids: readonly string[],
    now: number,
  ) => Promise<void>;
  readonly refreshEnterprises: (trx: Knex.Transaction, ids: readonly string[]) => Promise<void>;
};

const BATCH = 2_000;
const POINTS_AT_ONCE = 10_000;
/** So many rows tell the planner something that it does not know from before. */
const MANY = 1_000;

/**
 * Writes an import into the register, all in the caller's transaction. The comparison is made again under locks: where
 * it comes to something else than what was shown, ConflictError is thrown and nothing is written.
 */
export async function writeImport(
  trx: Knex.Transaction,
  deps: WriteDeps,
  record: ImportRecord,
  report: (done: number, total: number) => void,
): Promise<void> {
  const { id } = record;
  const now = deps.clock();
  await lockCommits(trx);
  await lockCodes(trx, id);
  await lockTargets(trx, id);
  const { digest, outcome } = await compareImport(trx, toCompare(record));
  if (digest !== record.digest) {
    throw new ConflictError({
      zh: '比对之后登记库有变动，请重新查看比对结果。',
      en: 'The register was changed since the comparison. Look at it again.',
    });
  }
  const written = await writeSubjects(trx, id, now);
  const isMuch = outcome.rows > MANY;
  if (isMuch) await analyseRegister(trx);
  await moveRows(trx, written);
  const assessed = record.kind === 'assessments' ? await writeAssessments(trx, deps, id) : [];
  const points = [...new Set([...written.points, ...assessed])].toSorted();
  if (isMuch && assessed.length > 0) await analyseRegister(trx);
  for (let done = 0; done < points.length; done += POINTS_AT_ONCE) {
    report(done, points.length);
    await deps.recordLevels(trx, points.slice(done, done + POINTS_AT_ONCE), now);
    if (done === 0 && points.length > POINTS_AT_ONCE) await analyseRegister(trx);
  }
  await deps.refreshEnterprises(trx, written.enterprises);
  await updateImport(trx, id, { state: 'committed', outcome, problem: null, isCommitted: true });
}

/** Returns the risk points whose level may have changed. */
async function writeAssessments(
  trx: Knex.Transaction,
  { storeAssessments }: WriteDeps,
  id: string,
): Promise<readonly string[]> {
  const points = new Set<string>();
  await existSinceAssessed(trx, id);
  let last = 0;
  for (;;) {
    const batch = await nextAssessments(trx, id, last, BATCH);
    if (batch.length === 0) return [...points];
    await storeAssessments(trx, batch.map(toDraft));
    for (const { riskPointId } of batch) points.add(riskPointId);
    last = batch.at(-1)?.row ?? last;
  }
}

function toDraft({ row: _row, hazardSourceId, assessedAt, ...rest }: AssessmentToWrite): Draft {
  return {
    ...rest,
    subjectKind: hazardSourceId === null ? 'risk_point' : 'hazard_source',
    subjectId: hazardSourceId ?? rest.riskPointId,
    assessedAt: Date.parse(assessedAt),
    demo: false,
  };
}
