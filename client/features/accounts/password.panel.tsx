import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeOwnPassword } from '#client/api/session.ts';
import { goOn } from '#client/state/came-from.ts';
import { sessionStore } from '#client/state/session-store.ts';
import { useStore } from '#client/state/store.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { SidePage } from '#client/ui/side-page.tsx';
import { SignInCard } from '#client/ui/sign-in-card.tsx';
import { faultsOf, isTooShort } from './account-checks.ts';
import { AccountForm } from './account-form.tsx';
import './accounts.css';
import { PasswordField } from './password-field.tsx';
import { useSending } from './use-sending.ts';

const FIELDS = ['current', 'next', 'again'];

/** Another password; the first one has to be changed before anything else is shown. */
export function PasswordPanel() {
  const { t } = useTranslation();
  const account = useStore(sessionStore).session?.account ?? null;
  if (account === null) {
    return (
      <SidePage page="password" place={t('app.name')}>
        <SignInCard ofPage />
      </SidePage>
    );
  }
  return (
    <SidePage page="password" place={account.fullName} isClosable={!account.mustChangePassword}>
      {account.mustChangePassword ? (
        <p className="notice notice-warn">{t('password.first')}</p>
      ) : null}
      <PasswordForm name={account.name} />
    </SidePage>
  );
}

function PasswordForm({ name }: { readonly name: string }) {
  const { t } = useTranslation();
  const [values, setValues] = useState({ current: '', next: '', again: '' });
  const sending = useSending();
  const { current, next, again } = values;
  const submit = () => {
    const isGood = sending.isGood(
      faultsOf([
        { at: 'current', isWrong: current === '', text: t('account.missing') },
        { at: 'next', isWrong: isTooShort(next), text: t('account.tooShort') },
        { at: 'again', isWrong: again !== next, text: t('account.notTheSame') },
      ]),
    );
    if (!isGood) return;
    sending.send(async () => {
      await changeOwnPassword({ current, next });
      uiStore.set({ toast: { text: t('password.done') } });
      goOn();
    });
  };
  const field = (key: keyof typeof values, kind: 'current' | 'new', label: string) => (
    <PasswordField
      kind={kind}
      name={key}
      isAgain={key === 'again'}
      label={label}
      value={values[key]}
      faults={sending.faults}
      onChange={(value) => setValues({ ...values, [key]: value })}
    />
  );
  return (
    <AccountForm
      sending={sending}
      fields={FIELDS}
      submitLabel={t('password.save')}
      testId="password-form"
      onSubmit={submit}
    >
      {/* Password managers keep a password under the name that stands in its form. */}
      <input type="text" name="username" autoComplete="username" value={name} readOnly hidden />
      {field('current', 'current', t('password.current'))}
      {field('next', 'new', t('password.next'))}
      {field('again', 'new', t('password.again'))}
    </AccountForm>
  );
}
