import type { Work } from '#server/db/transaction.ts';
import type { Bilingual } from '#server/domain/bilingual.ts';
import { registerFaultText } from '#server/domain/register-faults.ts';
import type { RegisterFaultKind } from '#server/domain/register-faults.ts';
import { FAULT_CHECKS } from './fault-checks.sql.ts';
import type { FaultCheck } from './fault-checks.sql.ts';
import { countFaults, listFaults } from './register-faults.store.ts';
import type { FaultFilter, FaultPlace, FoundFault } from './register-faults.store.ts';

type Transaction = Parameters<Work<unknown>>[0];

/** Place in the list: the check, and the place within it. */
export type ListPlace = readonly [check: number, ...FaultPlace];

export type ListedFault = FoundFault & {
  readonly kind: RegisterFaultKind;
  readonly subjectKind: FaultCheck['subject'];
  readonly text: Bilingual;
  readonly place: ListPlace;
};

export type FaultCount = { readonly kind: RegisterFaultKind; readonly n: number };

export type FaultPage = {
  readonly items: readonly ListedFault[];
  /** On the first page only. */
  readonly counts: readonly FaultCount[] | null;
};

export type RegisterFaultsService = ReturnType<typeof createRegisterFaults>;

export function createRegisterFaults(read: <T>(work: Work<T>) => Promise<T>) {
  return {
    /** The faults of the kinds asked for (default: of all), kind by kind. */
    list: (
      filter: FaultFilter,
      kinds: readonly RegisterFaultKind[] | undefined,
      after: ListPlace | null,
      limit: number,
    ): Promise<FaultPage> =>
      read(async (trx) => ({
        items: await listFrom(trx, filter, kinds, after, limit),
        counts: after === null ? await countsOf(trx, filter, kinds) : null,
      })),
  };
}

async function listFrom(
  trx: Transaction,
  filter: FaultFilter,
  kinds: readonly RegisterFaultKind[] | undefined,
  after: ListPlace | null,
  limit: number,
): Promise<readonly ListedFault[]> {
  const items: ListedFault[] = [];
  const [first = 0, ...place] = after ?? [];
  for (const [index, check] of FAULT_CHECKS.entries()) {
    if (index < first || kinds?.includes(check.kind) === false) continue;
    const from = after !== null && index === first ? (place as unknown as FaultPlace) : null;
    const found = await listFaults(trx, check, filter, from, limit - items.length);
    items.push(...found.map((fault) => toListed(fault, check, index)));
    if (items.length >= limit) break;
  }
  return items;
}

async function countsOf(
  trx: Transaction,
  filter: FaultFilter,
  kinds: readonly RegisterFaultKind[] | undefined,
): Promise<readonly FaultCount[]> {
  const checks = FAULT_CHECKS.filter(({ kind }) => kinds?.includes(kind) !== false);
  const counts = await countFaults(trx, checks, filter);
  const byKind = new Map<RegisterFaultKind, number>();
  for (const [index, { kind }] of checks.entries()) {
    byKind.set(kind, (byKind.get(kind) ?? 0) + (counts[index] ?? 0));
  }
  return [...byKind].map(([kind, n]) => ({ kind, n }));
}

function toListed(fault: FoundFault, { kind, subject }: FaultCheck, index: number): ListedFault {
  const { severity, subject: row } = fault;
  return {
    ...fault,
    kind,
    subjectKind: subject,
    text: registerFaultText(kind, fault),
    place: [index, severity, row.names.zh, row.id],
  };
}
