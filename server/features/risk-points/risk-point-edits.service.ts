import { deleteTree, findDeletion, restoreTree } from '#server/db/deletions.ts';
import { goneSince, keptRequest, makeOnce } from '#server/db/idempotency.ts';
import { isRegion, moveRows } from '#server/db/register-rows.ts';
import type { RegisterDeps } from '#server/db/register-rows.ts';
import type { Work } from '#server/db/transaction.ts';
import type { DeletedRow } from '#server/domain/deletion.ts';
import { ConflictError, NotFoundError, RuleViolationError } from '#server/domain/errors.ts';
import type { Fault } from '#server/domain/errors.ts';
import type { Basis } from '#server/domain/level.ts';
import { riskPointFaults } from '#server/domain/register/risk-point-rules.ts';
import type { NewRiskPoint, RiskPointChanges } from '#server/domain/register/risk-point-rules.ts';
import { holdToVersion } from '#server/domain/row-version.ts';
import type { ExpectedVersions } from '#server/domain/row-version.ts';
import { givenShapeFaults } from './given-shape.ts';
import {
  addLifecycleChange,
  bringFirstForward,
  firstAssessedAt,
  insertRiskPoint,
  isEnterprise,
  keepOwners,
  lifecycleEnds,
  lockRiskPoint,
  peekRiskPoint,
  shapeFault,
  updateRiskPoint,
} from './risk-point-writes.store.ts';
import type { LockedPoint, Owner } from './risk-point-writes.store.ts';

const TEXTS = {
  notDeleted: { zh: '这个风险点没有被删除。', en: 'The risk point is not deleted.' },
  ownerDeleted: {
    zh: '它所属的企业已被删除，请先恢复企业。',
    en: 'Its enterprise is deleted: restore that first.',
  },
  wentAlong: {
    zh: '这个风险点是随企业一并删除的，请恢复企业。',
    en: 'The risk point went along with its enterprise.',
  },
  broken: { zh: '风险点的内容不符合规则。', en: 'The risk point breaks a rule.' },
} as const;

type Transaction = Parameters<Work<unknown>>[0];

/** A point and the enterprise it is in or goes to, all kept from other writers. */
type Kept = { readonly before: LockedPoint; readonly owner: Owner | null };

/** Changes of risk points, each in one transaction with what the map shows of them; `D` is the answer to all. */
export function createRiskPointEdits<D>(
  deps: RegisterDeps,
  get: (trx: Transaction, id: string, basis: Basis) => Promise<D>,
) {
  const { read, write, clock } = deps;
  return {
    /** Every rule that a body breaks; of a new risk point without `id`. */
    faults: (changes: RiskPointChanges, id?: string): Promise<readonly Fault[]> =>
      read(async (trx) => {
        const before = id === undefined ? null : await peekRiskPoint(trx, id);
        if (id !== undefined && (before === null || before.deletionId !== null)) return [];
        const { enterpriseId } = changes;
        const isOwned = typeof enterpriseId === 'string' && (await isEnterprise(trx, enterpriseId));
        return faultsOf(trx, changes, { before, isOwned, now: clock() });
      }),

    /** Throws RuleViolationError, ConflictError (key in use). */
    create: (draft: NewRiskPoint, idempotencyKey: string | null): Promise<D> =>
      write(async (trx) => {
        const kept = keptRequest(idempotencyKey, 'create risk point', draft);
        const id = await makeOnce(trx, kept, () => insertNew(trx, deps, draft));
        return get(trx, id, 'current').catch(goneSince);
      }),

    /** Throws NotFoundError, StaleError, RuleViolationError. */
    update: (id: string, changes: RiskPointChanges, expected: ExpectedVersions): Promise<D> =>
      write(async (trx) => {
        const kept = await keepPresent(trx, id, changes.enterpriseId, expected);
        await change(trx, deps, kept, changes);
        return get(trx, id, 'current');
      }),

    /** Deletes it with its sources and measures. Throws NotFoundError, StaleError. */
    remove: (id: string, reason: string, expected: ExpectedVersions): Promise<DeletedRow> =>
      write(async (trx) => {
        await keepPresent(trx, id, undefined, expected);
        return removeTree(trx, deps, id, reason);
      }),

    /** Throws NotFoundError, ConflictError (not deleted, its enterprise still is). */
    restore: (id: string): Promise<D> =>
      write(async (trx) => {
        await bringBack(trx, deps, id);
        return get(trx, id, 'current');
      }),
  };
}

async function change(
  trx: Transaction,
  { clock, recordLevels }: RegisterDeps,
  { before, owner }: Kept,
  changes: RiskPointChanges,
): Promise<void> {
  const now = clock();
  await check(trx, changes, { before, isOwned: owner !== null, now });
  if (Object.keys(changes).length === 0) return;
  await updateRiskPoint(trx, before.id, changes, owner, now);
  const at = await recordLifecycle(trx, before, changes, now);
  const { geometry, position, regionCode } = changes;
  if (geometry !== undefined || position !== undefined || regionCode !== undefined) {
    await moveRows(trx, { points: [before.id] });
  }
  await recordLevels(trx, [before.id], at);
}

async function removeTree(
  trx: Transaction,
  { clock, newId, refreshPoints }: RegisterDeps,
  rowId: string,
  reason: string,
): Promise<DeletedRow> {
  const at = clock();
  const deletion = { id: newId(), kind: 'risk_point', rowId, reason, at } as const;
  const { answer } = await deleteTree(trx, deletion);
  await refreshPoints(trx, [rowId], at);
  return answer;
}

async function bringBack(
  trx: Transaction,
  { clock, recordLevels }: RegisterDeps,
  id: string,
): Promise<void> {
  const seen = await peekRiskPoint(trx, id);
  const owners = await keepOwners(trx, seen?.enterpriseId ? [seen.enterpriseId] : []);
  const row = await lockRiskPoint(trx, id);
  if (row === null) throw new NotFoundError('risk point', id);
  if (row.deletionId === null) throw new ConflictError(TEXTS.notDeleted);
  if (row.enterpriseId !== null && owners.length === 0) {
    throw new ConflictError(TEXTS.ownerDeleted);
  }
  const deletion = await findDeletion(trx, id, row.deletionId);
  if (!deletion) throw new ConflictError(TEXTS.wentAlong);
  await restoreTree(trx, deletion, clock());
  await recordLevels(trx, [id], clock());
}

async function insertNew(
  trx: Transaction,
  { clock, newId, recordLevels }: RegisterDeps,
  draft: NewRiskPoint,
): Promise<string> {
  const now = clock();
  const { enterpriseId = null, existsFrom = now } = draft;
  const [owner = null] = await keepOwners(trx, enterpriseId === null ? [] : [enterpriseId]);
  await check(trx, draft, { before: null, isOwned: owner !== null, now });
  const id = newId();
  await insertRiskPoint(trx, id, { ...draft, existsFrom }, owner);
  await recordLevels(trx, [id], now);
  return id;
}

/** Enterprises are locked before points, by every writer. */
async function keepPresent(
  trx: Transaction,
  id: string,
  newOwnerId: string | null | undefined,
  expected: ExpectedVersions,
): Promise<Kept> {
  const seen = await peekRiskPoint(trx, id);
  const ownerIds = [seen?.enterpriseId, newOwnerId].filter((owner) => typeof owner === 'string');
  const owners = await keepOwners(trx, [...new Set(ownerIds)]);
  const before = await lockRiskPoint(trx, id);
  if (before === null || before.deletionId !== null) throw new NotFoundError('risk point', id);
  holdToVersion('risk point', before.version, expected);
  return { before, owner: owners.find((owner) => owner.id === newOwnerId) ?? null };
}

/** Writes what the changes say of the lifecycle. Gives the instant from which levels are to be worked out, ≥ now. */
async function recordLifecycle(
  trx: Transaction,
  before: LockedPoint,
  { lifecycle, existsFrom }: RiskPointChanges,
  now: number,
): Promise<number> {
  const ends = await lifecycleEnds(trx, before.id);
  if (existsFrom !== undefined && ends && existsFrom < ends.first) {
    await bringFirstForward(trx, before.id, existsFrom);
  }
  if (lifecycle === undefined || lifecycle === before.lifecycle) return now;
  // Two changes within one millisecond are still two, in this order.
  const at = Math.max(now, (ends?.last ?? 0) + 1);
  await addLifecycleChange(trx, before.id, at, lifecycle);
  return at;
}

type Looked = {
  readonly before: LockedPoint | null;
  readonly isOwned: boolean;
  readonly now: number;
};

async function check(trx: Transaction, changes: RiskPointChanges, looked: Looked): Promise<void> {
  const faults = await faultsOf(trx, changes, looked);
  if (faults.length > 0) throw new RuleViolationError(TEXTS.broken, faults);
}

async function faultsOf(
  trx: Transaction,
  changes: RiskPointChanges,
  { before, isOwned, now }: Looked,
): Promise<readonly Fault[]> {
  const { regionCode } = changes;
  const found = riskPointFaults(changes, {
    now,
    before,
    regionIsKnown: typeof regionCode === 'string' && (await isRegion(trx, regionCode)),
    enterpriseExists: isOwned,
    firstAssessedAt: before && (await firstAssessedAt(trx, before.id)),
  });
  return [...found, ...(await placeFaults(trx, changes))];
}

async function placeFaults(
  trx: Transaction,
  { geometry }: RiskPointChanges,
): Promise<readonly Fault[]> {
  if (geometry === undefined) return [];
  const faults = givenShapeFaults(geometry);
  if (faults.length > 0) return faults;
  const crossing = await shapeFault(trx, geometry);
  if (crossing === null) return [];
  const { reason, lon, lat } = crossing;
  const detail = {
    zh: `形状自相交或不完整：位于 [${lon}, ${lat}]（${reason}）。`,
    en: `Is not a simple shape: ${reason} at [${lon}, ${lat}].`,
  };
  return [{ pointer: '/geometry', detail }];
}
