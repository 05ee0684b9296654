import type { z } from 'zod';
import type { Permission } from '#server/domain/policy/permission.ts';
import type { session as sessionContract } from '#server/features/accounts/session.contract.ts';
import { isLeft, viewHeader } from './seen-as.ts';
import type { SeenAs } from './seen-as.ts';
import { createStore, useStore } from './store.ts';

export type Session = z.output<typeof sessionContract>;

/** Through whose eyes an account looks; of no account but this one. */
export type Seen = { readonly by: string; readonly as: SeenAs };

type Known = {
  /** Null: not asked yet, or the service has not answered. */
  readonly session: Session | null;
  /** Why it is not known; null: it is, or the answer is on its way. */
  readonly problem: unknown;
  readonly seen: Seen | null;
};

/** Who looks at the page, and what he may do. */
export const sessionStore = createStore<Known>({ session: null, problem: null, seen: null });

/** Whether a session allows something. With a first password nothing is allowed until that is changed. */
export function allows(session: Session | null, permission: Permission): boolean {
  if (session === null || session.account?.mustChangePassword === true) return false;
  return session.permissions.includes(permission);
}

/** Through whose eyes the reader looks at the map; null: his own. */
export function seenAsOf({ session, seen }: Known): SeenAs | null {
  const account = session?.account ?? null;
  return seen !== null && account !== null && seen.by === account.id ? seen.as : null;
}

export function useSeenAs(): SeenAs | null {
  return seenAsOf(useStore(sessionStore));
}

/** Whether he sees a part of the register only: counts and colours are of that part. */
export function useSeesPart(): boolean {
  const known = useStore(sessionStore);
  return known.session?.isLimited === true || seenAsOf(known) !== null;
}

/** Null: his own again. */
export function seeAs(as: SeenAs | null): void {
  const by = sessionStore.get().session?.account?.id;
  sessionStore.set({ seen: as === null || by === undefined ? null : { by, as } });
}

function mayIn(known: Known, permission: Permission): boolean {
  return allows(known.session, permission) && isLeft(permission, seenAsOf(known));
}

export function may(permission: Permission): boolean {
  return mayIn(sessionStore.get(), permission);
}

/** Whether the reader may do something somewhere: what he may not do is not offered to him. */
export function useMay(permission: Permission): boolean {
  return mayIn(useStore(sessionStore), permission);
}

/** Whether it is known that the reader may see nothing but the ground of the map. */
export function useIsShut(): boolean {
  const known = useStore(sessionStore);
  return known.session !== null && !mayIn(known, 'register.read');
}

/** Whether he sees what everyone is told, and no more: nobody, or an account that looks as the public. */
export function seesPublicOnly(): boolean {
  const known = sessionStore.get();
  if (known.session === null) return false;
  return known.session.account === null || seenAsOf(known)?.kind === 'public';
}

/** Changes with everything that makes the service answer otherwise; null: nobody knows yet. */
export function callerKey(session: Session | null, seenAs: SeenAs | null = null): string | null {
  if (session === null) return null;
  const { account, roles } = session;
  if (account === null) return 'nobody';
  const eyes = seenAs === null ? '' : viewHeader(seenAs);
  return [account.id, account.mustChangePassword, ...roles.toSorted(), eyes].join(' ');
}

const presentKey = (): string | null => {
  const known = sessionStore.get();
  return callerKey(known.session, seenAsOf(known));
};

/**
 * Calls back when it is known who looks at the page (`isFirst`), and when somebody else does, or the same with other
 * roles.
 */
export function onCallerChange(listener: (isFirst: boolean) => void): () => void {
  let last = presentKey();
  return sessionStore.subscribe(() => {
    const next = presentKey();
    if (next === last) return;
    const isFirst = last === null;
    last = next;
    listener(isFirst);
  });
}
