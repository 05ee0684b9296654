import { isEverything, NOTHING } from './row-scope.ts';
import type { RowScope, ScopePart } from './row-scope.ts';
import type { Access, Permission } from './permission.ts';
import { hasPermission } from './role.ts';
import type { RoleId } from './role.ts';

/** A role in a part of the register. */
export type CallerGrant = { readonly role: RoleId; readonly part: ScopePart };

/** Who asks: somebody who is signed in, or a program with a key of his. */
export type SignedIn = {
  readonly accountId: string;
  readonly name: string;
  /** The key that was sent; null: a session. */
  readonly keyId: string | null;
  /** A key that changes nothing, whatever its account may. */
  readonly isReadOnly: boolean;
  readonly isDemo: boolean;
  /** The first password must be changed before anything else. */
  readonly mustChangePassword: boolean;
  /** Those in force. */
  readonly grants: readonly CallerGrant[];
};

/** Null: whoever sends no credentials. */
export type Caller = SignedIn | null;

const CHANGING: ReadonlySet<Permission> = new Set([
  'register.write',
  'assessments.write',
  'imports.write',
  'accounts.manage',
]);

/** About everybody's accounts: a key that is narrowed to some regions does not have them. */
export const PLACELESS: ReadonlySet<Permission> = new Set(['accounts.manage', 'audit.read']);

/** Whether it lets its holder change something. */
export function isChanging(permission: Permission): boolean {
  return CHANGING.has(permission);
}

/** Rows in which the caller has a permission. */
export function scopeOf(caller: Caller, permission: Permission): RowScope {
  if (caller === null) return NOTHING;
  if (caller.isReadOnly && isChanging(permission)) return NOTHING;
  return caller.grants
    .filter(({ role }) => hasPermission(role, permission))
    .map(({ part }) => part);
}

export type Decision = 'allowed' | 'unauthenticated' | 'change-password' | 'forbidden';

/** Whether the caller may use an operation at all; which rows it gives is the scope's matter. */
export function decide(caller: Caller, { tier, permission, hasPublicView }: Access): Decision {
  if (caller === null) {
    return tier === 'public' || hasPublicView === true ? 'allowed' : 'unauthenticated';
  }
  if (permission === null) return 'allowed';
  if (caller.mustChangePassword) return 'change-password';
  const scope = scopeOf(caller, permission);
  const isEnough = PLACELESS.has(permission) ? isEverything(scope) : scope.length > 0;
  return isEnough ? 'allowed' : 'forbidden';
}
