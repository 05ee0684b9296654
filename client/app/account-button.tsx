import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { closeSession } from '#client/api/session.ts';
import { leaveEdit } from '#client/state/edit-store.ts';
import { sessionStore, useMay } from '#client/state/session-store.ts';
import type { Session } from '#client/state/session-store.ts';
import { useStore } from '#client/state/store.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { viewStore } from '#client/state/view-store.ts';
import { NO_AUDIT_FILTER } from '#client/state/audit-filter.ts';
import type { ViewPage } from '#client/state/url-state.ts';
import { PersonIcon } from '#client/ui/icons.tsx';
import { PageLink } from '#client/ui/page-link.tsx';
import { useRoleNames } from '#client/ui/role-names.ts';
import { SeenAsItems } from './seen-as.tsx';

/** Who is signed in, and the way in and out. */
export function AccountButton() {
  const { t } = useTranslation();
  const { session } = useStore(sessionStore);
  if (session === null) return null;
  if (session.account !== null) return <AccountMenu account={session.account} session={session} />;
  return (
    <PageLink
      to={{ kind: 'sign-in' }}
      className="button button-primary account-sign-in"
      data-testid="sign-in-link"
    >
      {t('account.signIn')}
    </PageLink>
  );
}

const PASSWORD: ViewPage = { kind: 'password' };
const ACCOUNTS: ViewPage = { kind: 'accounts' };
const AUDIT: ViewPage = { kind: 'audit', filter: NO_AUDIT_FILTER };
const KEYS: ViewPage = { kind: 'keys' };

type Props = { readonly account: NonNullable<Session['account']>; readonly session: Session };

function AccountMenu({ account, session }: Props) {
  const { t } = useTranslation();
  const roles = useRoleNames(session.roles);
  const mayManage = useMay('accounts.manage');
  const label = t('account.menu', { name: account.fullName });
  const mayAudit = useMay('audit.read');
  const pages: readonly { readonly page: ViewPage; readonly label: string }[] = [
    ...(account.isDemo ? [] : [{ page: PASSWORD, label: t('password.title') }]),
    ...(mayManage ? [{ page: ACCOUNTS, label: t('accounts.title') }] : []),
    ...(mayAudit ? [{ page: AUDIT, label: t('audit.title') }] : []),
    ...(account.mustChangePassword || account.isDemo
      ? []
      : [{ page: KEYS, label: t('keys.title') }]),
  ];
  return (
    <Menu position="bottom-end" shadow="md" radius="md" width={240} withinPortal returnFocus>
      <Menu.Target>
        <button
          type="button"
          className="icon-button"
          data-testid="account-button"
          aria-label={label}
          title={label}
        >
          <PersonIcon />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className="account-who" data-testid="account-who">
          <p className="account-full-name">{account.fullName}</p>
          <p className="why-hint">
            {account.name === account.fullName ? '' : account.name}
            {account.name === account.fullName || roles === '' ? '' : ' · '}
            {roles}
          </p>
        </div>
        <Menu.Divider />
        {pages.map(({ page, label: text }) => (
          <Menu.Item
            key={page.kind}
            data-testid={`menu-${page.kind}`}
            onClick={() => viewStore.set({ page }, 'push')}
          >
            {text}
          </Menu.Item>
        ))}
        <SeenAsItems />
        <Menu.Item data-testid="menu-sign-out" onClick={useSignOut()}>
          {t('account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** An open form with something unsaved asks first. */
function useSignOut(): () => void {
  const { t } = useTranslation();
  return () =>
    leaveEdit(() => {
      closeSession()
        .then(() => uiStore.set({ toast: { text: t('account.signedOut') } }))
        .catch(() => uiStore.set({ toast: { text: t('account.notSignedOut') } }));
    });
}
