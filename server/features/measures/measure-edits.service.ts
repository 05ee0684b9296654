import { deleteTree, findDeletion, restoreTree } from '#server/db/deletions.ts';
import { goneSince, keptRequest, makeOnce } from '#server/db/idempotency.ts';
import { isRiskPoint, keepPoint } from '#server/db/register-rows.ts';
import type { ParentPoint, RegisterDeps } from '#server/db/register-rows.ts';
import type { Work } from '#server/db/transaction.ts';
import type { DeletedRow } from '#server/domain/deletion.ts';
import { ConflictError, NotFoundError, RuleViolationError } from '#server/domain/errors.ts';
import type { Fault } from '#server/domain/errors.ts';
import type { ControlMeasure } from '#server/domain/hazard-source.ts';
import {
  parentFaults,
  POINT_DELETED,
  sourceFaults,
} from '#server/domain/register/children-rules.ts';
import type { MeasureChanges, NewMeasure } from '#server/domain/register/children-rules.ts';
import { holdToVersion } from '#server/domain/row-version.ts';
import type { ExpectedVersions } from '#server/domain/row-version.ts';
import {
  insertMeasure,
  isSourceOf,
  lockMeasure,
  peekMeasure,
  updateMeasure,
} from './measure-writes.store.ts';
import type { LockedMeasure } from './measure-writes.store.ts';
import { findMeasure } from './measures.store.ts';

const TEXTS = {
  notDeleted: { zh: '这条措施没有被删除。', en: 'The measure is not deleted.' },
  sourceDeleted: {
    zh: '它针对的危险源已被删除，请先恢复危险源。',
    en: 'Its hazard source is deleted: restore that first.',
  },
  wentAlong: {
    zh: '这条措施是随上级一并删除的，请恢复上级。',
    en: 'The measure went along with what it belongs to.',
  },
  broken: { zh: '措施的内容不符合规则。', en: 'The measure breaks a rule.' },
} as const;

type Transaction = Parameters<Work<unknown>>[0];

/** What the rules read of a body, new or not. */
type MeasureBody = MeasureChanges & { readonly riskPointId?: string | undefined };

/** Changes of control measures, each in one transaction. The risk point is locked before the measure. */
export function createMeasureEdits(deps: RegisterDeps) {
  const { read, write } = deps;
  return {
    /** Every rule that a body breaks; of a new measure without `id`. */
    faults: (body: MeasureBody, id?: string): Promise<readonly Fault[]> =>
      read(async (trx) => {
        const before = id === undefined ? null : await peekMeasure(trx, id);
        return faultsOf(
          trx,
          body,
          await presentPoint(trx, before?.riskPointId ?? body.riskPointId),
        );
      }),

    /** Throws RuleViolationError, ConflictError (key in use). */
    create: (draft: NewMeasure, idempotencyKey: string | null): Promise<ControlMeasure> =>
      write(async (trx) => {
        const kept = keptRequest(idempotencyKey, 'create measure', draft);
        const id = await makeOnce(trx, kept, () => insertNew(trx, deps, draft));
        return getMeasure(trx, id).catch(goneSince);
      }),

    /** Throws NotFoundError, StaleError, RuleViolationError. */
    update: (
      id: string,
      changes: MeasureChanges,
      expected: ExpectedVersions,
    ): Promise<ControlMeasure> =>
      write(async (trx) => {
        await change(trx, deps, await lockPresent(trx, id, expected), changes);
        return getMeasure(trx, id);
      }),

    /** Throws NotFoundError, StaleError. */
    remove: (id: string, reason: string, expected: ExpectedVersions): Promise<DeletedRow> =>
      write(async (trx) => {
        await lockPresent(trx, id, expected);
        return removeOne(trx, deps, id, reason);
      }),

    /** Throws NotFoundError, ConflictError (not deleted, its point or source still is). */
    restore: (id: string): Promise<ControlMeasure> =>
      write(async (trx) => {
        await bringBack(trx, deps, id);
        return getMeasure(trx, id);
      }),
  };
}

async function insertNew(
  trx: Transaction,
  { newId }: RegisterDeps,
  draft: NewMeasure,
): Promise<string> {
  const point = await keepPoint(trx, draft.riskPointId);
  const isThere = point !== null && !point.isDeleted;
  await check(trx, draft, isThere ? point.id : undefined);
  const id = newId();
  if (point) await insertMeasure(trx, id, point, draft);
  return id;
}

async function change(
  trx: Transaction,
  { clock }: RegisterDeps,
  { id, riskPointId }: LockedMeasure,
  changes: MeasureChanges,
): Promise<void> {
  await check(trx, changes, riskPointId);
  if (Object.keys(changes).length > 0) await updateMeasure(trx, id, changes, clock());
}

async function removeOne(
  trx: Transaction,
  { clock, newId }: RegisterDeps,
  rowId: string,
  reason: string,
): Promise<DeletedRow> {
  const deletion = { id: newId(), kind: 'control_measure', rowId, reason, at: clock() } as const;
  return (await deleteTree(trx, deletion)).answer;
}

async function presentPoint(trx: Transaction, id: string | undefined): Promise<string | undefined> {
  return id !== undefined && (await isRiskPoint(trx, id)) ? id : undefined;
}

async function bringBack(trx: Transaction, { clock }: RegisterDeps, id: string): Promise<void> {
  const { row, point } = await lockWithPoint(trx, id);
  if (row.deletionId === null) throw new ConflictError(TEXTS.notDeleted);
  if (point.isDeleted) throw new ConflictError(POINT_DELETED);
  const { riskPointId, hazardSourceId } = row;
  if (hazardSourceId !== null && !(await isSourceOf(trx, riskPointId, hazardSourceId))) {
    throw new ConflictError(TEXTS.sourceDeleted);
  }
  const deletion = await findDeletion(trx, id, row.deletionId);
  if (!deletion) throw new ConflictError(TEXTS.wentAlong);
  await restoreTree(trx, deletion, clock());
}

/** Throws NotFoundError. */
export async function getMeasure(trx: Transaction, id: string): Promise<ControlMeasure> {
  const found = await findMeasure(trx, id);
  if (found === null) throw new NotFoundError('measure', id);
  return found;
}

async function check(
  trx: Transaction,
  body: MeasureBody,
  riskPointId: string | undefined,
): Promise<void> {
  const faults = await faultsOf(trx, body, riskPointId);
  if (faults.length > 0) throw new RuleViolationError(TEXTS.broken, faults);
}

/** `riskPointId`: the point as it was found in the register. */
async function faultsOf(
  trx: Transaction,
  body: MeasureBody,
  riskPointId: string | undefined,
): Promise<readonly Fault[]> {
  const { hazardSourceId } = body;
  const belongs =
    riskPointId === undefined ||
    (typeof hazardSourceId === 'string' && (await isSourceOf(trx, riskPointId, hazardSourceId)));
  return [
    ...parentFaults(body.riskPointId, riskPointId !== undefined),
    ...sourceFaults(hazardSourceId, belongs),
  ];
}

async function lockPresent(
  trx: Transaction,
  id: string,
  expected: ExpectedVersions,
): Promise<LockedMeasure> {
  const { row } = await lockWithPoint(trx, id);
  if (row.deletionId !== null) throw new NotFoundError('measure', id);
  holdToVersion('measure', row.version, expected);
  return row;
}

async function lockWithPoint(
  trx: Transaction,
  id: string,
): Promise<{ readonly row: LockedMeasure; readonly point: ParentPoint }> {
  const seen = await peekMeasure(trx, id);
  const point = seen && (await keepPoint(trx, seen.riskPointId));
  const row = point && (await lockMeasure(trx, id));
  if (!point || !row) throw new NotFoundError('measure', id);
  return { row, point };
}
