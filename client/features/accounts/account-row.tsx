import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccountChanges } from '#client/api/accounts.ts';
import type { Account } from '#client/api/accounts.ts';
import { sessionStore } from '#client/state/session-store.ts';
import { useStore } from '#client/state/store.ts';
import { useFormats } from '#client/ui/use-format.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { GrantForm } from './grant-form.tsx';
import { GrantLine } from './grant-line.tsx';
import { Refusal } from './refusal.tsx';
import { Secret } from './secret.tsx';
import { useSending } from './use-sending.ts';

type Props = { readonly account: Account };

/** One account: who it is, what it may do, and what can be done with it. */
export function AccountRow({ account }: Props) {
  const { t } = useTranslation();
  const [isGranting, setGranting] = useState(false);
  const { name, fullName, grants, isDisabled, isDemo } = account;
  return (
    <li
      className={`account-row${isDisabled ? ' is-disabled' : ''}`}
      data-testid={`account-${name}`}
    >
      <p className="account-title">
        <span className="account-full-name">{fullName}</span>
        {name === fullName ? null : <span className="mono row-note">{name}</span>}
        <Badges account={account} />
      </p>
      {grants.length === 0 ? <p className="empty">{t('accounts.noGrants')}</p> : null}
      <ul className="grants">
        {grants.map((grant) => (
          <GrantLine key={grant.id} grant={grant} isFixed={isDemo} />
        ))}
      </ul>
      {isGranting ? <GrantForm accountId={account.id} onDone={() => setGranting(false)} /> : null}
      {isGranting || isDemo ? null : (
        <Actions account={account} onGrant={() => setGranting(true)} />
      )}
    </li>
  );
}

function Badges({ account }: Props) {
  const { t } = useTranslation();
  return (
    <>
      {account.isDisabled ? <span className="badge">{t('accounts.disabled')}</span> : null}
      {account.mustChangePassword ? <span className="badge">{t('accounts.fresh')}</span> : null}
    </>
  );
}

function Actions({ account, onGrant }: Props & { readonly onGrant: () => void }) {
  const { t } = useTranslation();
  const format = useFormats();
  const own = useStore(sessionStore).session?.account?.id;
  const { disable, recover } = useAccountChanges();
  const sending = useSending();
  const [link, setLink] = useState<{ url: string; until: string } | null>(null);
  const { id, fullName, isDisabled } = account;
  if (link !== null) {
    return (
      <Secret
        label={t('accounts.recoveryLink', { name: fullName })}
        hint={t('accounts.recoveryHint', { time: format.dateTime(link.until) })}
        value={link.url}
        onDone={() => setLink(null)}
      />
    );
  }
  const makeLink = () =>
    sending.send(async () => {
      const { url, expiresAt } = await recover(id);
      setLink({ url, until: expiresAt });
    });
  return (
    <>
      <p className="account-actions">
        <button type="button" className="link" data-testid="grant-add" onClick={onGrant}>
          {t('accounts.addGrant')}
        </button>
        {isDisabled ? null : (
          <button type="button" className="link" data-testid="recovery-link" onClick={makeLink}>
            {t('accounts.recover')}
          </button>
        )}
        {isDisabled ? (
          <button
            type="button"
            className="link"
            onClick={() => sending.send(() => disable(id, false))}
          >
            {t('accounts.enable')}
          </button>
        ) : null}
        {isDisabled || id === own ? null : (
          <ConfirmButton
            label={t('accounts.disable')}
            of={fullName}
            confirm={t('accounts.disableConfirm')}
            testId="account-disable"
            isSending={sending.isSending}
            run={() => sending.send(() => disable(id, true))}
          />
        )}
      </p>
      <Refusal problem={sending.problem} faults={sending.faults} fields={[]} />
    </>
  );
}
