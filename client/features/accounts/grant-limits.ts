import { ROLES } from '#server/domain/policy/role.ts';
import type { Limit, Role, RoleId } from '#server/domain/policy/role.ts';
import type { NewGrant } from '#client/api/accounts.ts';
import type { Faults } from '#client/ui/form/faults.ts';
import { faultsOf } from './account-checks.ts';

export type Wanted = 'no' | 'may' | 'must';

export type GrantLimits = Readonly<Record<'regions' | Limit, Wanted>>;

/** Which limits a grant of the role is asked for; the service refuses what its role does not take. */
export function limitsOf(id: RoleId): GrantLimits {
  const { needs, isPlaced }: Role = ROLES[id];
  const wanted = (limit: Limit, otherwise: Wanted) => (needs.includes(limit) ? 'must' : otherwise);
  if (!isPlaced) return { regions: 'no', fields: 'no', enterprise: 'no', expiry: 'may' };
  // An enterprise lies in one place and is supervised in its own fields: more would only hide parts of it.
  const isOfEnterprise = needs.includes('enterprise');
  return {
    regions: isOfEnterprise ? 'no' : 'may',
    fields: wanted('fields', isOfEnterprise ? 'no' : 'may'),
    // An agency is often engaged by one enterprise.
    enterprise: wanted('enterprise', needs.includes('expiry') ? 'may' : 'no'),
    expiry: wanted('expiry', 'may'),
  };
}

/** The end of a day (`2027-01-31`) where the reader is, RFC 3339; null: no day. */
export function endOfDay(day: string): string | null {
  const at = new Date(`${day}T23:59:59`);
  return day === '' || Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** What the form of a grant holds. */
export type GrantValues = {
  readonly role: RoleId;
  readonly regions: readonly string[];
  /** Ids; of the supervising units whose areas cut across regions. */
  readonly jurisdictions: readonly string[];
  readonly fields: readonly string[];
  readonly enterpriseId: string | null;
  /** `2027-01-31`, or empty. */
  readonly lastDay: string;
};

/** Limits that the role is never granted without. */
export function missingLimits(values: GrantValues, text: string): Faults {
  const { role, fields, enterpriseId, lastDay } = values;
  const limits = limitsOf(role);
  return faultsOf([
    { at: 'fields', isWrong: limits.fields === 'must' && fields.length === 0, text },
    { at: 'enterpriseId', isWrong: limits.enterprise === 'must' && enterpriseId === null, text },
    { at: 'expiresAt', isWrong: limits.expiry === 'must' && lastDay === '', text },
  ]);
}

/** What was typed for another role before and is not shown any more is left out. */
export function grantBody(accountId: string, values: GrantValues): NewGrant {
  const { role, regions, jurisdictions, fields, enterpriseId, lastDay } = values;
  const limits = limitsOf(role);
  return {
    accountId,
    role,
    regions: limits.regions === 'no' || regions.length === 0 ? null : [...regions],
    // Named in the same breath as regions: either of the two is enough.
    jurisdictions: limits.regions === 'no' ? [] : [...jurisdictions],
    fields: limits.fields === 'no' || fields.length === 0 ? null : [...fields],
    enterpriseId: limits.enterprise === 'no' ? null : enterpriseId,
    expiresAt: endOfDay(lastDay),
  };
}
