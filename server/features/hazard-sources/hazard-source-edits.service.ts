import { deleteTree, findDeletion, restoreTree } from '#server/db/deletions.ts';
import { goneSince, keptRequest, makeOnce } from '#server/db/idempotency.ts';
import { holdPoint, isRiskPoint, keepPoint } from '#server/db/register-rows.ts';
import type { ParentPoint, RegisterDeps } from '#server/db/register-rows.ts';
import type { Work } from '#server/db/transaction.ts';
import type { DeletedRow } from '#server/domain/deletion.ts';
import { ConflictError, NotFoundError, RuleViolationError } from '#server/domain/errors.ts';
import type { Fault } from '#server/domain/errors.ts';
import type { Basis } from '#server/domain/level.ts';
import { parentFaults, POINT_DELETED } from '#server/domain/register/children-rules.ts';
import type {
  HazardSourceChanges,
  NewHazardSource,
} from '#server/domain/register/children-rules.ts';
import { holdToVersion } from '#server/domain/row-version.ts';
import type { ExpectedVersions } from '#server/domain/row-version.ts';
import {
  insertHazardSource,
  lockHazardSource,
  peekHazardSource,
  updateHazardSource,
} from './hazard-source-writes.store.ts';
import type { LockedSource } from './hazard-source-writes.store.ts';

const TEXTS = {
  notDeleted: { zh: '这个危险源没有被删除。', en: 'The hazard source is not deleted.' },
  wentAlong: {
    zh: '这个危险源是随风险点一并删除的，请恢复风险点。',
    en: 'The hazard source went along with its risk point.',
  },
  broken: { zh: '危险源的内容不符合规则。', en: 'The hazard source breaks a rule.' },
} as const;

type Transaction = Parameters<Work<unknown>>[0];

/**
 * Changes of hazard sources, each in one transaction; `D` is the answer to all. The risk point is locked before the
 * source: by others' leave to read it where the level stays, alone where the level may move.
 */
export function createHazardSourceEdits<D>(
  deps: RegisterDeps,
  get: (trx: Transaction, id: string, basis: Basis) => Promise<D>,
) {
  const { read, write, clock } = deps;
  return {
    /** Every rule that the body of a new hazard source breaks. */
    faults: ({ riskPointId }: Partial<NewHazardSource>): Promise<readonly Fault[]> =>
      read(async (trx) => {
        const exists = riskPointId !== undefined && (await isRiskPoint(trx, riskPointId));
        return parentFaults(riskPointId, exists);
      }),

    /** Throws RuleViolationError, ConflictError (key in use). */
    create: (draft: NewHazardSource, idempotencyKey: string | null): Promise<D> =>
      write(async (trx) => {
        const kept = keptRequest(idempotencyKey, 'create hazard source', draft);
        const id = await makeOnce(trx, kept, () => insertNew(trx, deps, draft));
        return get(trx, id, 'current').catch(goneSince);
      }),

    /** Throws NotFoundError, StaleError. */
    update: (id: string, changes: HazardSourceChanges, expected: ExpectedVersions): Promise<D> =>
      write(async (trx) => {
        await lockPresent(trx, id, expected, keepPoint);
        if (Object.keys(changes).length > 0) {
          await updateHazardSource(trx, id, changes, clock());
        }
        return get(trx, id, 'current');
      }),

    /** Deletes it with its measures; the risk point's level follows. Throws NotFoundError, StaleError. */
    remove: (id: string, reason: string, expected: ExpectedVersions): Promise<DeletedRow> =>
      write(async (trx) =>
        removeTree(trx, deps, await lockPresent(trx, id, expected, holdPoint), reason),
      ),

    /** Throws NotFoundError, ConflictError (not deleted, its risk point still is). */
    restore: (id: string): Promise<D> =>
      write(async (trx) => {
        await bringBack(trx, deps, id);
        return get(trx, id, 'current');
      }),
  };
}

async function insertNew(
  trx: Transaction,
  { newId }: RegisterDeps,
  draft: NewHazardSource,
): Promise<string> {
  const point = await keepPoint(trx, draft.riskPointId);
  if (point === null || point.isDeleted) throw noParent(draft);
  const id = newId();
  await insertHazardSource(trx, id, point, draft);
  return id;
}

async function removeTree(
  trx: Transaction,
  { clock, newId, recordLevels }: RegisterDeps,
  { id: rowId, riskPointId }: LockedSource,
  reason: string,
): Promise<DeletedRow> {
  const at = clock();
  const deletion = { id: newId(), kind: 'hazard_source', rowId, reason, at } as const;
  const { answer } = await deleteTree(trx, deletion);
  await recordLevels(trx, [riskPointId], at);
  return answer;
}

async function bringBack(
  trx: Transaction,
  { clock, recordLevels }: RegisterDeps,
  id: string,
): Promise<void> {
  const { row, point } = await lockWithPoint(trx, id, holdPoint);
  if (row.deletionId === null) throw new ConflictError(TEXTS.notDeleted);
  if (point.isDeleted) throw new ConflictError(POINT_DELETED);
  const deletion = await findDeletion(trx, id, row.deletionId);
  if (!deletion) throw new ConflictError(TEXTS.wentAlong);
  await restoreTree(trx, deletion, clock());
  await recordLevels(trx, [row.riskPointId], clock());
}

function noParent({ riskPointId }: NewHazardSource): RuleViolationError {
  const faults = parentFaults(riskPointId, false);
  return new RuleViolationError(TEXTS.broken, faults);
}

type LockPoint = typeof keepPoint;

async function lockPresent(
  trx: Transaction,
  id: string,
  expected: ExpectedVersions,
  lockPoint: LockPoint,
): Promise<LockedSource> {
  const { row } = await lockWithPoint(trx, id, lockPoint);
  if (row.deletionId !== null) throw new NotFoundError('hazard source', id);
  holdToVersion('hazard source', row.version, expected);
  return row;
}

async function lockWithPoint(
  trx: Transaction,
  id: string,
  lockPoint: LockPoint,
): Promise<{ readonly row: LockedSource; readonly point: ParentPoint }> {
  const seen = await peekHazardSource(trx, id);
  const point = seen && (await lockPoint(trx, seen.riskPointId));
  const row = point && (await lockHazardSource(trx, id));
  if (!point || !row) throw new NotFoundError('hazard source', id);
  return { row, point };
}
