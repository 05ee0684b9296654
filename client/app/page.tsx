import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionStore, useSeenAs } from '#client/state/session-store.ts';
import { useStore } from '#client/state/store.ts';
import type { ViewPage } from '#client/state/url-state.ts';
import { viewStore } from '#client/state/view-store.ts';
import { SignInCard } from '#client/ui/sign-in-card.tsx';
import { useCard } from './cards.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { isOpenTo } from './page-needs.ts';

const PAGE_SIDES = ['left'] as const;

const ImportsPanel = lazy(async () => {
  const { ImportsPanel } = await import('#client/features/imports/imports.panel.tsx');
  return { default: ImportsPanel };
});

const FaultsPanel = lazy(async () => {
  const { FaultsPanel } = await import('#client/features/register-faults/faults.panel.tsx');
  return { default: FaultsPanel };
});

const SignInPanel = lazy(async () => {
  const { SignInPanel } = await import('#client/features/accounts/sign-in.panel.tsx');
  return { default: SignInPanel };
});

const PasswordPanel = lazy(async () => {
  const { PasswordPanel } = await import('#client/features/accounts/password.panel.tsx');
  return { default: PasswordPanel };
});

const OneTimePanel = lazy(async () => {
  const { OneTimePanel } = await import('#client/features/accounts/one-time.panel.tsx');
  return { default: OneTimePanel };
});

const AccountsPanel = lazy(async () => {
  const { AccountsPanel } = await import('#client/features/accounts/accounts.panel.tsx');
  return { default: AccountsPanel };
});

const KeysPanel = lazy(async () => {
  const { KeysPanel } = await import('#client/features/accounts/keys.panel.tsx');
  return { default: KeysPanel };
});

const AuditPanel = lazy(async () => {
  const { AuditPanel } = await import('#client/features/audit/audit.panel.tsx');
  return { default: AuditPanel };
});

const DeletionsPanel = lazy(async () => {
  const { DeletionsPanel } = await import('#client/features/deletions/deletions.panel.tsx');
  return { default: DeletionsPanel };
});

type Props = { readonly page: ViewPage; readonly isCovering: boolean };

/** A page beside the map, or over it where there is no room for both. */
export function Page({ page, isCovering }: Props) {
  const card = useCard(PAGE_SIDES);
  const { session } = useStore(sessionStore);
  const seenAs = useSeenAs();
  return (
    <div
      ref={isCovering ? undefined : card}
      className={`page-slot card${isCovering ? ' is-covering' : ''}`}
    >
      <ErrorBoundary>
        <Suspense fallback={null}>
          {session === null && !isOpenTo(page, null) ? null : (
            <>{isOpenTo(page, session, seenAs) ? <Content page={page} /> : <ShutPage />}</>
          )}
        </Suspense>
      </ErrorBoundary>
    </div>
  );
}

function Content({ page }: { readonly page: ViewPage }) {
  if (page.kind === 'imports') return <ImportsPanel id={page.id} />;
  if (page.kind === 'faults') return <FaultsPanel />;
  if (page.kind === 'deleted') return <DeletionsPanel />;
  if (page.kind === 'sign-in') return <SignInPanel />;
  if (page.kind === 'password') return <PasswordPanel />;
  if (page.kind === 'accounts') return <AccountsPanel />;
  if (page.kind === 'audit') return <AuditPanel filter={page.filter} />;
  if (page.kind === 'keys') return <KeysPanel />;
  return <OneTimePanel page={page.kind} />;
}

function ShutPage() {
  const { t } = useTranslation();
  return (
    <section
      id="panel"
      tabIndex={-1}
      className="side-page shut-page"
      aria-label={t('account.shutPage')}
    >
      <div className="panel-body">
        <SignInCard ofPage />
        <button
          type="button"
          className="link"
          onClick={() => viewStore.set({ page: null }, 'push')}
        >
          {t('account.toMap')}
        </button>
      </div>
    </section>
  );
}
