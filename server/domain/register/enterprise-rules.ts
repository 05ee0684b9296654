import type { Fault } from '../errors.ts';
import type { Position } from '../geometry/bbox.ts';
import { checkUscc } from '../identifiers/uscc.ts';
import type { Lifecycle } from '../lifecycle.ts';
import type { Names } from '../names.ts';
import { fieldFaults, positionFaults, regionFaults } from './shared-rules.ts';

/** What people say of an enterprise 企业; everything else follows from it. */
export type EnterpriseDraft = {
  readonly names: Names;
  readonly uscc: string | null;
  readonly usccReason: string | null;
  readonly lifecycle: Lifecycle;
  readonly fields: readonly string[];
  readonly category: string | null;
  readonly industry: string | null;
  readonly address: string | null;
  readonly principalPost: Names | null;
  readonly principalName: string | null;
  /** EPSG:4326, [lon, lat]. */
  readonly position: Position;
  /** The region it is said to lie in. */
  readonly regionCode: string | null;
  readonly attributes: Readonly<Record<string, string>>;
};

/** Members that are absent stay as they are; one that is there as `undefined` is known to be unusable. */
export type EnterpriseChanges = {
  readonly [K in keyof EnterpriseDraft]?: EnterpriseDraft[K] | undefined;
};

/** A new one: what is absent is empty. */
export type NewEnterprise = EnterpriseChanges &
  Pick<EnterpriseDraft, 'names' | 'lifecycle' | 'position'>;

/** Its unified social credit code as stored. */
export type CreditCode = Pick<EnterpriseDraft, 'uscc' | 'usccReason'>;

export type EnterpriseFacts = {
  readonly regionIsKnown: boolean;
  /** As it is; null for a new enterprise. */
  readonly before: CreditCode | null;
};

/** Every rule that the changes break. Pure, so that a form can ask it too. */
export function enterpriseFaults(
  changes: EnterpriseChanges,
  { regionIsKnown, before }: EnterpriseFacts,
): readonly Fault[] {
  return [
    ...creditCodeFaults(changes, before),
    ...fieldFaults(changes.fields),
    ...positionFaults(changes.position),
    ...regionFaults(changes.regionCode, regionIsKnown),
  ];
}

/**
 * The credit code as it is to be stored: a reason is kept only beside a code that fails its check. Null where the
 * changes leave it alone.
 */
export function creditCodeAfter(
  changes: EnterpriseChanges,
  before: CreditCode | null,
): CreditCode | null {
  if (changes.uscc === undefined && changes.usccReason === undefined) return null;
  const { uscc, usccReason } = merged(changes, before);
  const needsReason = uscc !== null && !checkUscc(uscc).valid;
  return { uscc, usccReason: needsReason ? usccReason : null };
}

function creditCodeFaults(changes: EnterpriseChanges, before: CreditCode | null): readonly Fault[] {
  // A member that could not be read has its own fault: no second one for what it may have been.
  if (isUnusable(changes, 'uscc') || isUnusable(changes, 'usccReason')) return [];
  const after = creditCodeAfter(changes, before);
  if (after === null) return [];
  if (after.uscc === null) {
    if (typeof changes.usccReason !== 'string') return [];
    const detail = {
      zh: '保留原因只用于未通过校验的代码；这里没有代码。',
      en: 'A reason keeps a code that fails its check; there is no code.',
    };
    return [{ pointer: '/usccReason', detail }];
  }
  if (after.usccReason !== null) return [];
  const pointer = changes.uscc === undefined ? '/usccReason' : '/uscc';
  return checkUscc(after.uscc).faults.map(({ zh, en }) => ({
    pointer,
    detail: {
      zh: `${zh}；如须保留请填写原因。`,
      en: `${en}; give usccReason to keep the code as it is.`,
    },
  }));
}

function merged(changes: EnterpriseChanges, before: CreditCode | null): CreditCode {
  const { uscc = before?.uscc ?? null, usccReason = before?.usccReason ?? null } = changes;
  return { uscc, usccReason };
}

function isUnusable(changes: EnterpriseChanges, key: keyof EnterpriseDraft): boolean {
  return Object.hasOwn(changes, key) && changes[key] === undefined;
}
