import { useQuery } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import {
  changePassword,
  lookAtLink,
  recover,
  setUp,
  signIn,
  signInAsDemo,
  signOut,
} from '#server/features/accounts/session.contract.ts';
import { closeEdit } from '#client/state/edit-store.ts';
import { seeAs, sessionStore } from '#client/state/session-store.ts';
import type { Session } from '#client/state/session-store.ts';
import { call, reloadSession } from './client.ts';
import type { InputOf } from './client.ts';

type Body<E> = NonNullable<InputOf<E>['body' & keyof InputOf<E>]>;

/** Asks who is signed in, and again whenever the page comes back to the front: another tab may have signed out. */
export function startSession(): void {
  void reloadSession().catch(() => undefined);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void reloadSession().catch(() => undefined);
  });
}

/** Each answer says who looks at the page from now on. Throws ApiProblem. */
async function taken(answer: Promise<Session>): Promise<Session> {
  const session = await answer;
  sessionStore.set({ session, problem: null });
  return session;
}

export const openSession = (body: Body<typeof signIn>) => taken(call(signIn, { body }));

export async function openDemoSession(role: string): Promise<void> {
  await taken(call(signInAsDemo, { body: { role } }));
  forgetTyped();
}

/** Nothing that was typed is left to whoever sits here next. Throws ApiProblem. */
export async function closeSession(): Promise<void> {
  await taken(call(signOut, {}));
  forgetTyped();
}

function forgetTyped(): void {
  closeEdit();
  seeAs(null);
  try {
    sessionStorage.clear();
  } catch {
    // Without storage nothing was kept.
  }
}

export const changeOwnPassword = (body: Body<typeof changePassword>) =>
  taken(call(changePassword, { body }));

export const makeFirstAdministrator = (body: Body<typeof setUp>) => taken(call(setUp, { body }));

export const recoverAccount = (body: Body<typeof recover>) => taken(call(recover, { body }));

/** What a one-time address is good for; asked once. */
export function useLinkUse(body: Body<typeof lookAtLink>) {
  return useQuery({
    queryKey: [LINK, body.purpose, body.token],
    queryFn: () => call(lookAtLink, { body }),
    staleTime: Infinity,
    retry: false,
  });
}

const LINK = 'one-time-link';

/** What is open to everyone stays; what was read in another's name is forgotten. */
export function refreshForCaller(client: QueryClient): void {
  const open: readonly unknown[] = ['about', 'methods', LINK];
  void client.invalidateQueries({ queryKey: ['about'] });
  // Queries that the new caller may not send are switched off by the drawing that follows this change.
  setTimeout(() => {
    void client.resetQueries({ predicate: ({ queryKey }) => !open.includes(queryKey[0]) });
  });
}
