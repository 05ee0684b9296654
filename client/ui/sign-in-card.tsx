import { useTranslation } from 'react-i18next';
import { sessionStore } from '#client/state/session-store.ts';
import { useStore } from '#client/state/store.ts';
import { KeyIcon } from './icons.tsx';
import { PageLink } from './page-link.tsx';

const MAP_WORDS = { nobody: 'account.shut', account: 'account.noRole' } as const;
const PAGE_WORDS = { nobody: 'account.shutPage', account: 'account.noRolePage' } as const;

/** In place of what the reader may not see: what it takes to see it. */
export function SignInCard({ ofPage = false }: { readonly ofPage?: boolean }) {
  const { t } = useTranslation();
  const account = useStore(sessionStore).session?.account ?? null;
  const words = ofPage ? PAGE_WORDS : MAP_WORDS;
  return (
    <section className="sign-in-card" data-testid="sign-in-card">
      <KeyIcon size={28} />
      <h1 className="card-title">{t(account === null ? words.nobody : words.account)}</h1>
      {ofPage && account === null ? null : (
        <p>{t(account === null ? 'account.shutText' : 'account.noRoleText')}</p>
      )}
      {account === null ? (
        <PageLink to={{ kind: 'sign-in' }} className="button button-primary">
          {t('account.signIn')}
        </PageLink>
      ) : null}
    </section>
  );
}
