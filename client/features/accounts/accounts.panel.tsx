import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccountChanges, useAccounts } from '#client/api/accounts.ts';
import type { Account } from '#client/api/accounts.ts';
import { sessionStore } from '#client/state/session-store.ts';
import { useStore } from '#client/state/store.ts';
import { TextField } from '#client/ui/form/fields.tsx';
import { PlusIcon } from '#client/ui/icons.tsx';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { SidePage } from '#client/ui/side-page.tsx';
import { RowSkeletons } from '#client/ui/skeletons.tsx';
import { faultsOf, isAccountName } from './account-checks.ts';
import { AccountForm } from './account-form.tsx';
import { AccountRow } from './account-row.tsx';
import './accounts.css';
import { AccountNameField } from './password-field.tsx';
import { Secret } from './secret.tsx';
import { useSending } from './use-sending.ts';

/** Accounts and what they may do, for administrators. */
export function AccountsPanel() {
  const { t } = useTranslation();
  const { data, error, refetch } = useAccounts();
  const isDemo = useStore(sessionStore).session?.account?.isDemo === true;
  return (
    <SidePage page="accounts" place={t('app.name')}>
      {isDemo ? <p className="why-hint">{t('accounts.demoLooks')}</p> : <AddAccount />}
      {error !== null && data === undefined ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : null}
      {data === undefined && error === null ? <RowSkeletons rows={6} /> : null}
      {data === undefined ? null : <Lists accounts={data.items.filter(isOfUse)} />}
    </SidePage>
  );
}

/** Accounts of a demonstration that is over are of no use to anybody. */
function isOfUse({ isDemo, isDisabled }: Account): boolean {
  return !(isDemo && isDisabled);
}

/** What can be changed comes first. */
function Lists({ accounts }: { readonly accounts: readonly Account[] }) {
  const { t } = useTranslation();
  const real = accounts.filter(({ isDemo }) => !isDemo);
  const demo = accounts.filter(({ isDemo }) => isDemo);
  return (
    <>
      {real.length === 0 ? <p className="empty">{t('accounts.none')}</p> : null}
      <ul className="account-rows">
        {real.map((account) => (
          <AccountRow key={account.id} account={account} />
        ))}
      </ul>
      {demo.length === 0 ? null : (
        <>
          <h2 className="section-title account-section">{t('accounts.demo')}</h2>
          <p className="why-hint">{t('accounts.demoFixed')}</p>
          <ul className="account-rows">
            {demo.map((account) => (
              <AccountRow key={account.id} account={account} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

const FIELDS = ['name', 'fullName'];
const EMPTY = { name: '', fullName: '' };

function AddAccount() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<{ name: string; password: string } | null>(null);
  const [values, setValues] = useState(EMPTY);
  const sending = useSending();
  const { add } = useAccountChanges();
  const submit = () => {
    const name = values.name.trim();
    const fullName = values.fullName.trim();
    const isGood = sending.isGood(
      faultsOf([
        { at: 'name', isWrong: !isAccountName(name), text: t('account.nameRule') },
        { at: 'fullName', isWrong: fullName === '', text: t('account.missing') },
      ]),
    );
    if (!isGood) return;
    sending.send(async () => {
      const { firstPassword } = await add({ name, fullName });
      setMade({ name, password: firstPassword });
      setValues(EMPTY);
      setOpen(false);
    });
  };
  if (made !== null) {
    return (
      <Secret
        label={t('accounts.firstPassword', { name: made.name })}
        hint={t('accounts.firstPasswordHint')}
        value={made.password}
        onDone={() => setMade(null)}
      />
    );
  }
  if (!isOpen) {
    return (
      <button
        type="button"
        className="button account-add"
        data-testid="account-add"
        onClick={() => setOpen(true)}
      >
        <PlusIcon size={16} /> {t('accounts.add')}
      </button>
    );
  }
  const common = (key: keyof typeof values) => ({
    name: key,
    value: values[key],
    faults: sending.faults,
    onChange: (value: string) => setValues({ ...values, [key]: value }),
  });
  return (
    <AccountForm
      sending={sending}
      fields={FIELDS}
      submitLabel={t('accounts.create')}
      testId="account-form"
      onSubmit={submit}
      onCancel={() => setOpen(false)}
    >
      <AccountNameField
        {...common('name')}
        label={t('account.name')}
        hint={t('account.nameRule')}
        isOwn={false}
      />
      <TextField {...common('fullName')} label={t('account.fullName')} max={100} isRequired />
    </AccountForm>
  );
}
