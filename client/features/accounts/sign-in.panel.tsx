import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openSession } from '#client/api/session.ts';
import { goOn } from '#client/state/came-from.ts';
import { SidePage } from '#client/ui/side-page.tsx';
import { faultsOf } from './account-checks.ts';
import { AccountForm } from './account-form.tsx';
import './accounts.css';
import { AccountNameField, PasswordField } from './password-field.tsx';
import { useSending } from './use-sending.ts';

const FIELDS = ['name', 'password'];

/** Name and password. */
export function SignInPanel() {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const sending = useSending();
  const submit = () => {
    const missing = t('account.missing');
    const isGood = sending.isGood(
      faultsOf([
        { at: 'name', isWrong: name.trim() === '', text: missing },
        { at: 'password', isWrong: password === '', text: missing },
      ]),
    );
    if (!isGood) return;
    sending.send(async () => {
      await openSession({ name: name.trim(), password });
      goOn();
    });
  };
  return (
    <SidePage page="sign-in" place={t('app.name')}>
      <AccountForm
        sending={sending}
        fields={FIELDS}
        submitLabel={t('account.signIn')}
        testId="sign-in-form"
        onSubmit={submit}
      >
        <AccountNameField
          name="name"
          label={t('account.name')}
          value={name}
          faults={sending.faults}
          onChange={setName}
          isOwn
        />
        <PasswordField
          kind="current"
          name="password"
          label={t('account.password')}
          value={password}
          faults={sending.faults}
          onChange={setPassword}
        />
      </AccountForm>
      <p className="why-hint account-foot">{t('sign-in.forgotten')}</p>
    </SidePage>
  );
}
