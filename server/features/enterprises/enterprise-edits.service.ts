import { deleteTree, findDeletion, restoreTree } from '#server/db/deletions.ts';
import { goneSince, keptRequest, makeOnce } from '#server/db/idempotency.ts';
import { isRegion, moveRows } from '#server/db/register-rows.ts';
import type { RegisterDeps } from '#server/db/register-rows.ts';
import type { Work } from '#server/db/transaction.ts';
import type { DeletedRow } from '#server/domain/deletion.ts';
import { ConflictError, NotFoundError, RuleViolationError } from '#server/domain/errors.ts';
import type { Fault } from '#server/domain/errors.ts';
import type { Basis } from '#server/domain/level.ts';
import { creditCodeAfter, enterpriseFaults } from '#server/domain/register/enterprise-rules.ts';
import type {
  CreditCode,
  EnterpriseChanges,
  NewEnterprise,
} from '#server/domain/register/enterprise-rules.ts';
import { holdToVersion } from '#server/domain/row-version.ts';
import type { ExpectedVersions } from '#server/domain/row-version.ts';
import {
  creditCodeOf,
  holderOfCode,
  insertEnterprise,
  lockEnterprise,
  updateEnterprise,
} from './enterprise-writes.store.ts';
import type { LockedEnterprise } from './enterprise-writes.store.ts';

const NOT_DELETED = { zh: '这家企业没有被删除。', en: 'The enterprise is not deleted.' };
const BROKEN = { zh: '企业的内容不符合规则。', en: 'The enterprise breaks a rule.' };

type Transaction = Parameters<Work<unknown>>[0];

type Get<E> = (trx: Transaction, id: string, basis: Basis) => Promise<E>;

/** Changes of enterprises, each in one transaction with what the map shows of them; `E` is the answer to all. */
export function createEnterpriseEdits<E>(deps: RegisterDeps, get: Get<E>) {
  const { read, write } = deps;
  return {
    /** Every rule that a body breaks; of a new enterprise without `id`. */
    faults: (changes: EnterpriseChanges, id?: string): Promise<readonly Fault[]> =>
      read(async (trx) => {
        const before = id === undefined ? null : await creditCodeOf(trx, id);
        return id !== undefined && before === null ? [] : faultsOf(trx, changes, before);
      }),

    /** Throws RuleViolationError, ConflictError (credit code or key in use). */
    create: (draft: NewEnterprise, idempotencyKey: string | null): Promise<E> =>
      write(async (trx) => {
        const kept = keptRequest(idempotencyKey, 'create enterprise', draft);
        const id = await makeOnce(trx, kept, () => insertNew(trx, deps, draft));
        return get(trx, id, 'current').catch(goneSince);
      }),

    /** Throws NotFoundError, StaleError, RuleViolationError, ConflictError (credit code in use). */
    update: (id: string, changes: EnterpriseChanges, expected: ExpectedVersions): Promise<E> =>
      write(async (trx) => {
        await change(trx, deps, await lockPresent(trx, id, expected), changes);
        return get(trx, id, 'current');
      }),

    /** Deletes it with its risk points and all that hangs on them. Throws NotFoundError, StaleError. */
    remove: (id: string, reason: string, expected: ExpectedVersions): Promise<DeletedRow> =>
      write(async (trx) => {
        await lockPresent(trx, id, expected);
        return removeTree(trx, deps, id, reason);
      }),

    /** Throws NotFoundError, ConflictError (not deleted, credit code in use meanwhile). */
    restore: (id: string): Promise<E> =>
      write(async (trx) => {
        await bringBack(trx, deps, id);
        return get(trx, id, 'current');
      }),
  };
}

async function insertNew(
  trx: Transaction,
  { newId, refreshEnterprises }: RegisterDeps,
  draft: NewEnterprise,
): Promise<string> {
  const id = newId();
  await insertEnterprise(trx, id, await checked(trx, draft, null));
  await refreshEnterprises(trx, [id]);
  return id;
}

async function change(
  trx: Transaction,
  { clock, refreshEnterprises }: RegisterDeps,
  before: LockedEnterprise,
  changes: EnterpriseChanges,
): Promise<void> {
  const { id } = before;
  const sound = await checked(trx, changes, before);
  if (Object.keys(changes).length === 0) return;
  await updateEnterprise(trx, id, sound, clock());
  if (sound.position !== undefined || sound.regionCode !== undefined) {
    await moveRows(trx, { enterprises: [id] });
  }
  await refreshEnterprises(trx, [id]);
}

async function removeTree(
  trx: Transaction,
  { clock, newId, refreshPoints, refreshEnterprises }: RegisterDeps,
  rowId: string,
  reason: string,
): Promise<DeletedRow> {
  const at = clock();
  const { answer, pointIds } = await deleteTree(trx, {
    id: newId(),
    kind: 'enterprise',
    rowId,
    reason,
    at,
  });
  await refreshPoints(trx, pointIds, at);
  await refreshEnterprises(trx, [rowId]);
  return answer;
}

async function bringBack(
  trx: Transaction,
  { clock, recordLevels, refreshEnterprises }: RegisterDeps,
  id: string,
): Promise<void> {
  const row = await lockEnterprise(trx, id);
  if (row === null) throw new NotFoundError('enterprise', id);
  const deletion = row.deletionId && (await findDeletion(trx, id, row.deletionId));
  if (!deletion) throw new ConflictError(NOT_DELETED);
  await refuseUsedCode(trx, id, row.uscc);
  const pointIds = await restoreTree(trx, deletion, clock());
  await recordLevels(trx, pointIds, clock());
  await refreshEnterprises(trx, [id]);
}

async function lockPresent(
  trx: Transaction,
  id: string,
  expected: ExpectedVersions,
): Promise<LockedEnterprise> {
  const row = await lockEnterprise(trx, id);
  if (row === null || row.deletionId !== null) throw new NotFoundError('enterprise', id);
  holdToVersion('enterprise', row.version, expected);
  return row;
}

/** The changes as they are to be stored. Throws RuleViolationError, ConflictError. */
async function checked<C extends EnterpriseChanges>(
  trx: Transaction,
  changes: C,
  before: LockedEnterprise | null,
): Promise<C> {
  const faults = await faultsOf(trx, changes, before);
  if (faults.length > 0) throw new RuleViolationError(BROKEN, faults);
  await refuseUsedCode(trx, before?.id ?? null, changes.uscc);
  return { ...changes, ...creditCodeAfter(changes, before) };
}

async function faultsOf(
  trx: Transaction,
  changes: EnterpriseChanges,
  before: CreditCode | null,
): Promise<readonly Fault[]> {
  const { regionCode } = changes;
  const regionIsKnown = typeof regionCode === 'string' && (await isRegion(trx, regionCode));
  return enterpriseFaults(changes, { regionIsKnown, before });
}

async function refuseUsedCode(
  trx: Transaction,
  id: string | null,
  uscc: string | null | undefined,
): Promise<void> {
  if (uscc === null || uscc === undefined) return;
  const holder = await holderOfCode(trx, uscc);
  if (holder === null || holder.id === id) return;
  const { id: held, names } = holder;
  throw new ConflictError({
    zh: `统一社会信用代码 ${uscc} 已用于企业“${names.zh}”（${held}）。`,
    en: `The code ${uscc} belongs to the enterprise “${names.en ?? names.zh}” (${held}).`,
  });
}
