import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '#client/api/problem.ts';
import { makeFirstAdministrator, recoverAccount, useLinkUse } from '#client/api/session.ts';
import { goOn } from '#client/state/came-from.ts';
import { linkToken } from '#client/state/link-token.ts';
import type { Faults } from '#client/ui/form/faults.ts';
import { TextField } from '#client/ui/form/fields.tsx';
import { SidePage } from '#client/ui/side-page.tsx';
import { useFormats } from '#client/ui/use-format.ts';
import { faultsOf, isAccountName, isTooShort } from './account-checks.ts';
import { AccountForm } from './account-form.tsx';
import './accounts.css';
import { AccountNameField, PasswordField } from './password-field.tsx';
import { Refusal } from './refusal.tsx';
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
        <OneTimeLink page={page} token={linkToken} />
      )}
    </SidePage>
  );
}

type LinkProps = Props & { readonly token: string };

/** Whether the address is of use is told before anything is typed. */
function OneTimeLink({ page, token }: LinkProps) {
  const use = useLinkUse({ token, purpose: page === 'set-up' ? 'set-up' : 'recovery' });
  // Without a network the answer may take long, and what is typed is not lost.
  if (use.isPending && use.fetchStatus !== 'paused') return null;
  if (use.error instanceof ApiProblem && FINAL.includes(use.error.status)) {
    return <Refusal problem={use.error} faults={NO_FAULTS} fields={NO_FIELDS} />;
  }
  return (
    <>
      {use.data?.account ? <Whose {...use.data.account} until={use.data.expiresAt} /> : null}
      <OneTimeForm page={page} token={token} account={use.data?.account?.name} />
    </>
  );
}

/** Over an open line, or of no use: typing a password would only give it away. */
const FINAL: readonly number[] = [403, 410];
const NO_FAULTS: Faults = {};
const NO_FIELDS: readonly string[] = [];

type WhoseProps = { readonly name: string; readonly fullName: string; readonly until: string };

/** Whose password is set, and how long the address is good. */
function Whose({ name, fullName, until }: WhoseProps) {
  const { t } = useTranslation();
  const format = useFormats();
  return (
    <p className="why-hint" data-testid="link-whose">
      {t('recover.whose', { name, fullName, time: format.dateTime(until) })}
    </p>
  );
}

const FIELDS = ['name', 'fullName', 'password', 'again'];

type FormProps = LinkProps & {
  /** For the program that keeps passwords; undefined: it is typed, or not known. */
  readonly account: string | undefined;
};

function OneTimeForm({ page, token, account }: FormProps) {
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
      {account === undefined ? null : (
        <input type="text" autoComplete="username" value={account} readOnly hidden />
      )}
      <PasswordField {...common('password')} kind="new" label={t('password.next')} />
      <PasswordField {...common('again')} kind="new" isAgain label={t('password.again')} />
    </AccountForm>
  );
}
