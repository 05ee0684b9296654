import type { z } from 'zod';
import type { Permission } from '#server/domain/policy/permission.ts';
import type { session as sessionContract } from '#server/features/accounts/session.contract.ts';
import { createStore, useStore } from './store.ts';

export type Session = z.output<typeof sessionContract>;

type Known = {
  /** Null: not asked yet, or the service has not answered. */
  readonly session: Session | null;
  /** Why it is not known; null: it is, or the answer is on its way. */
  readonly problem: unknown;
};

/** Who looks at the page, and what he may do. */
export const sessionStore = createStore<Known>({ session: null, problem: null });

/** Whether a session allows something. With a first password nothing is allowed until that is changed. */
export function allows(session: Session | null, permission: Permission): boolean {
  if (session === null || session.account?.mustChangePassword === true) return false;
  return session.permissions.includes(permission);
}

export function may(permission: Permission): boolean {
  return allows(sessionStore.get().session, permission);
}

/** Whether the reader may do something somewhere: what he may not do is not offered to him. */
export function useMay(permission: Permission): boolean {
  return allows(useStore(sessionStore).session, permission);
}

/** Whether it is known that the reader may see nothing but the ground of the map. */
export function useIsShut(): boolean {
  const { session } = useStore(sessionStore);
  return session !== null && !allows(session, 'register.read');
}

/** Changes with everything that makes the service answer otherwise; null: nobody knows yet. */
export function callerKey(session: Session | null): string | null {
  if (session === null) return null;
  const { account, roles } = session;
  return account === null
    ? 'nobody'
    : [account.id, account.mustChangePassword, ...roles.toSorted()].join(' ');
}

/**
 * Calls back when it is known who looks at the page (`isFirst`), and when somebody else does, or the same with other
 * roles.
 */
export function onCallerChange(listener: (isFirst: boolean) => void): () => void {
  let last = callerKey(sessionStore.get().session);
  return sessionStore.subscribe(() => {
    const next = callerKey(sessionStore.get().session);
    if (next === last) return;
    const isFirst = last === null;
    last = next;
    listener(isFirst);
  });
}
