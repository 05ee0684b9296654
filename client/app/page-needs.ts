import type { Permission } from '#server/domain/policy/permission.ts';
import { allows } from '#client/state/session-store.ts';
import type { Session } from '#client/state/session-store.ts';
import { isLeft } from '#client/state/seen-as.ts';
import type { SeenAs } from '#client/state/seen-as.ts';
import type { ViewPage } from '#client/state/url-state.ts';

/** What a page is of use with; `account`: to whoever is signed in. */
const NEEDS: Readonly<Record<ViewPage['kind'], Permission | 'account' | 'nothing'>> = {
  imports: 'imports.write',
  faults: 'register.read',
  deleted: 'register.read',
  'sign-in': 'nothing',
  password: 'nothing',
  'set-up': 'nothing',
  recover: 'nothing',
  accounts: 'accounts.manage',
  keys: 'account',
  audit: 'audit.read',
};

/** Whether a page answers the reader with more than a refusal. */
export function isOpenTo(
  page: ViewPage,
  session: Session | null,
  seenAs: SeenAs | null = null,
): boolean {
  const needed = NEEDS[page.kind];
  if (needed === 'nothing') return true;
  if (needed === 'account') return session?.account != null;
  return allows(session, needed) && isLeft(needed, seenAs);
}
