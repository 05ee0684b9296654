import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { makeFirstAdministrator, recoverAccount } from '#client/api/session.ts';
import { goOn } from '#client/state/came-from.ts';
import { linkToken } from '#client/state/link-token.ts';
import { TextField } from '#client/ui/form/fields.tsx';
import { SidePage } from '#client/ui/side-page.tsx';
import { faultsOf, isAccountName, isTooShort } from './account-checks.ts';
import { AccountForm } from './account-form.tsx';
import './accounts.css';
import { AccountNameField, PasswordField } from './password-field.tsx';
import { useSending } from './use-sending.ts';

type Props = { readonly page: 'set-up' | 'recover' };

/** Pages behind a one-time address: the first administrator, or a new password. */
export function OneTimePanel({ page }: Props) {
  const { t } = useTranslation();
  return (
    <SidePage page={page} place={t('app.name')}>
      {linkToken === null ? (
        <p className="notice notice-warn">{t('account.noToken')}</p>
      ) : (
        <OneTimeForm page={page} token={linkToken} />
      )}
    </SidePage>
  );
}

const FIELDS = ['name', 'fullName', 'password', 'again'];

function OneTimeForm({ page, token }: Props & { readonly token: string }) {
  const { t } = useTranslation();
  const [values, setValues] = useState({ name: '', fullName: '', password: '', again: '' });
  const sending = useSending();
  const isNew = page === 'set-up';
  const { name, fullName, password, again } = values;
  const submit = () => {
    const isGood = sending.isGood(
      faultsOf([
        { at: 'name', isWrong: isNew && !isAccountName(name.trim()), text: t('account.nameRule') },
        {
          at: 'fullName',
          isWrong: isNew && fullName.trim() === '',
          text: t('account.missing'),
        },
        { at: 'password', isWrong: isTooShort(password), text: t('account.tooShort') },
        { at: 'again', isWrong: again !== password, text: t('account.notTheSame') },
      ]),
    );
    if (!isGood) return;
    const typed = { token, name: name.trim(), fullName: fullName.trim(), password };
    sending.send(async () => {
      await (isNew ? makeFirstAdministrator(typed) : recoverAccount({ token, password }));
      goOn();
    });
  };
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
      submitLabel={t(`${page}.send`)}
      testId={`${page}-form`}
      onSubmit={submit}
    >
      {isNew ? (
        <>
          <AccountNameField
            {...common('name')}
            label={t('account.name')}
            hint={t('account.nameRule')}
            isOwn
          />
          <TextField {...common('fullName')} label={t('account.fullName')} max={100} isRequired />
        </>
      ) : null}
      <PasswordField {...common('password')} kind="new" label={t('password.next')} />
      <PasswordField {...common('again')} kind="new" isAgain label={t('password.again')} />
    </AccountForm>
  );
}
