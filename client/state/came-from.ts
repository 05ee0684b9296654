import { sessionStore } from './session-store.ts';
import type { ViewPage } from './url-state.ts';
import { viewStore } from './view-store.ts';

const PASSING: readonly string[] = ['sign-in', 'password', 'set-up', 'recover'];

let last: ViewPage | null = pageToReturnTo(viewStore.get().page, null);

viewStore.subscribe(() => {
  last = pageToReturnTo(viewStore.get().page, last);
});

/** The page itself, unless one only passes through it: then the one before. */
export function pageToReturnTo(page: ViewPage | null, before: ViewPage | null): ViewPage | null {
  return page !== null && PASSING.includes(page.kind) ? before : page;
}

/** After signing in: to where one was asked to. A first password is changed before that. */
export function goOn(): void {
  const isFirst = sessionStore.get().session?.account?.mustChangePassword === true;
  viewStore.set({ page: isFirst ? { kind: 'password' } : last }, 'replace');
}
