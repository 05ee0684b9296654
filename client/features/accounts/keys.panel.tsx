import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeyChanges, useKeys } from '#client/api/accounts.ts';
import type { ApiKey } from '#client/api/accounts.ts';
import { ChoiceField, TextField } from '#client/ui/form/fields.tsx';
import { PlusIcon } from '#client/ui/icons.tsx';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { SidePage } from '#client/ui/side-page.tsx';
import { RowSkeletons } from '#client/ui/skeletons.tsx';
import { useFormats } from '#client/ui/use-format.ts';
import { faultsOf } from './account-checks.ts';
import { AccountForm } from './account-form.tsx';
import './accounts.css';
import { ConfirmButton } from './confirm-button.tsx';
import { RegionsField } from './limit-fields.tsx';
import { Refusal } from './refusal.tsx';
import { Secret } from './secret.tsx';
import { useSending } from './use-sending.ts';

/** The own keys, by which programs use the service. */
export function KeysPanel() {
  const { t } = useTranslation();
  const { data, error, refetch } = useKeys();
  return (
    <SidePage page="keys" place={t('app.name')}>
      <AddKey />
      {error !== null && data === undefined ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : null}
      {data === undefined && error === null ? <RowSkeletons rows={3} /> : null}
      {data?.items.length === 0 ? <p className="empty">{t('keys.none')}</p> : null}
      <ul className="account-rows">
        {(data?.items ?? []).map((key) => (
          <KeyRow key={key.id} of={key} />
        ))}
      </ul>
    </SidePage>
  );
}

function KeyRow({ of: key }: { readonly of: ApiKey }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { revoke } = useKeyChanges();
  const sending = useSending();
  return (
    <li className="account-row" data-testid={`key-${key.name}`}>
      <p className="account-title">
        <span className="account-full-name">{key.name}</span>
        <span className="mono row-note">{key.prefix}…</span>
        <span className="badge">{t(key.isReadOnly ? 'keys.readOnly' : 'keys.readWrite')}</span>
      </p>
      <p className="row-note">
        {t('accounts.until', { day: format.date(key.expiresAt) })}
        <span aria-hidden="true"> · </span>
        {key.usedAt === null
          ? t('keys.neverUsed')
          : t('keys.used', { time: format.dateTime(key.usedAt) })}
      </p>
      <p className="account-actions">
        <ConfirmButton
          label={t('keys.revoke')}
          of={key.name}
          confirm={t('keys.revokeConfirm')}
          testId="key-revoke"
          isSending={sending.isSending}
          run={() => sending.send(() => revoke(key.id))}
        />
      </p>
      <Refusal problem={sending.problem} faults={sending.faults} fields={[]} />
    </li>
  );
}

const DAYS = ['30', '90', '180', '366'] as const;
type Values = {
  readonly name: string;
  readonly isReadOnly: boolean;
  readonly regions: readonly string[];
  readonly days: (typeof DAYS)[number];
};
const EMPTY: Values = { name: '', isReadOnly: true, regions: [], days: '90' };
const FIELDS = ['name', 'isReadOnly', 'regions', 'days'];

function AddKey() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<{ name: string; secret: string } | null>(null);
  if (made !== null) {
    return (
      <Secret
        label={t('keys.secret', { name: made.name })}
        hint={t('keys.secretHint')}
        value={made.secret}
        onDone={() => setMade(null)}
      />
    );
  }
  if (!isOpen) {
    return (
      <button
        type="button"
        className="button account-add"
        data-testid="key-add"
        onClick={() => setOpen(true)}
      >
        <PlusIcon size={16} /> {t('keys.add')}
      </button>
    );
  }
  return (
    <KeyForm
      onCancel={() => setOpen(false)}
      onMade={(name, secret) => {
        setMade({ name, secret });
        setOpen(false);
      }}
    />
  );
}

type FormProps = {
  readonly onCancel: () => void;
  readonly onMade: (name: string, secret: string) => void;
};

function KeyForm({ onCancel, onMade }: FormProps) {
  const { t } = useTranslation();
  const [values, setValues] = useState(EMPTY);
  const sending = useSending();
  const { add } = useKeyChanges();
  const { faults } = sending;
  const change = (patch: Partial<Values>) => setValues({ ...values, ...patch });
  const submit = () => {
    const name = values.name.trim();
    const isMissing = { at: 'name', isWrong: name === '', text: t('account.missing') };
    if (!sending.isGood(faultsOf([isMissing]))) return;
    const { isReadOnly, regions, days } = values;
    sending.send(async () => {
      const { secret } = await add({
        name,
        isReadOnly,
        regions: regions.length === 0 ? null : [...regions],
        days: Number(days),
      });
      onMade(name, secret);
    });
  };
  return (
    <AccountForm
      sending={sending}
      fields={FIELDS}
      submitLabel={t('keys.create')}
      testId="key-form"
      onSubmit={submit}
      onCancel={onCancel}
    >
      <TextField
        name="name"
        label={t('keys.name')}
        hint={t('keys.nameHint')}
        max={100}
        faults={faults}
        value={values.name}
        onChange={(name) => change({ name })}
        isRequired
      />
      <Checkbox
        label={t('keys.onlyReads')}
        checked={values.isReadOnly}
        onChange={(event) => change({ isReadOnly: event.currentTarget.checked })}
      />
      <RegionsField
        wanted="may"
        value={values.regions}
        faults={faults}
        onChange={(regions) => change({ regions })}
      />
      <ChoiceField
        name="days"
        label={t('keys.days')}
        faults={faults}
        value={values.days}
        choices={DAYS.map((value) => ({ value, label: t('keys.dayCount', { days: value }) }))}
        onChange={(days) => change({ days })}
      />
    </AccountForm>
  );
}
