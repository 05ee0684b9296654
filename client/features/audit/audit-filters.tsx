import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AUDIT_ACTIONS, auditActionName } from '#server/domain/audit-words.ts';
import { useAuditAccounts } from '#client/api/audit.ts';
import { isAuditDay } from '#client/state/audit-filter.ts';
import type { AuditFilter } from '#client/state/audit-filter.ts';
import { ChoiceField, TextField, useCommon } from '#client/ui/form/fields.tsx';
import { useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';

type Props = {
  readonly filter: AuditFilter;
  readonly onChange: (filter: AuditFilter) => void;
};

const FAULTLESS = {};

/** What the events are chosen by. */
export function AuditFilters({ filter, onChange }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const accounts = useAuditAccounts() ?? [];
  const known = accounts.map(({ id, name }) => ({ value: id, label: name ?? id }));
  const { account, action, subject } = filter;
  const who = account === null || known.some(({ value }) => value === account) ? [] : [account];
  const what = AUDIT_ACTIONS.map((value) => ({
    value,
    label: nameIn(auditActionName(value), lang),
  }));
  const other = action === null || what.some(({ value }) => value === action) ? [] : [action];
  const all = { value: '', label: t('audit.all') };
  const plain = (value: string) => ({ value, label: value });
  return (
    <form className="audit-filters" onSubmit={(event) => event.preventDefault()}>
      <ChoiceField
        name="account"
        label={t('audit.who')}
        faults={FAULTLESS}
        value={account ?? ''}
        choices={[all, ...known, ...who.map(plain)]}
        onChange={(value) => onChange({ ...filter, account: value === '' ? null : value })}
      />
      <ChoiceField
        name="action"
        label={t('audit.what')}
        faults={FAULTLESS}
        value={action ?? ''}
        choices={[all, ...what, ...other.map(plain)]}
        onChange={(value) => onChange({ ...filter, action: value === '' ? null : value })}
      />
      <SubjectField value={subject} onChange={(next) => onChange({ ...filter, subject: next })} />
      <DayField
        name="from"
        label={t('audit.from')}
        value={filter.from}
        onChange={(from) => onChange({ ...filter, from })}
      />
      <DayField
        name="to"
        label={t('audit.to')}
        value={filter.to}
        onChange={(to) => onChange({ ...filter, to })}
      />
    </form>
  );
}

/** Text that is being typed; it follows the value when that is changed elsewhere. */
function useTyped(value: string | null): readonly [string, (text: string) => void] {
  const [seen, setSeen] = useState(value);
  const [text, setText] = useState(value ?? '');
  if (value !== seen) {
    setSeen(value);
    setText(value ?? '');
  }
  return [text, setText];
}

type FieldProps = {
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
};

/** An id is pasted whole: it is looked for when the field is left or Enter is pressed. */
function SubjectField({ value, onChange }: FieldProps) {
  const { t } = useTranslation();
  const [text, setText] = useTyped(value);
  const take = () => {
    // As the list shows it, too.
    const id = text.trim().replace(/^…/, '');
    const next = id === '' ? null : id;
    if (next !== value) onChange(next);
  };
  return (
    <TextInput
      {...useCommon({ name: 'subject', label: t('audit.subject'), faults: FAULTLESS })}
      className="audit-subject-field"
      classNames={{ input: 'mono' }}
      value={text}
      maxLength={100}
      spellCheck={false}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
      }}
    />
  );
}

type DayProps = FieldProps & { readonly name: string; readonly label: string };

function DayField({ name, label, value, onChange }: DayProps) {
  const [text, setText] = useTyped(value);
  return (
    <TextField
      name={name}
      label={label}
      faults={FAULTLESS}
      value={text}
      max={10}
      type="date"
      onChange={(next) => {
        setText(next);
        // A year that is being typed goes through 0002 and 0020.
        if (next === '' || isAuditDay(next)) onChange(next === '' ? null : next);
      }}
    />
  );
}
