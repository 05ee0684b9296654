import { MultiSelect, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  useEnterprisesNamed,
  useJurisdictions,
  useRegionNames,
  useRegionsNamed,
} from '#client/api/accounts.ts';
import { useAbout } from '#client/api/queries.ts';
import type { Faults } from '#client/ui/form/faults.ts';
import { useCommon } from '#client/ui/form/fields.tsx';
import { useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import type { Wanted } from './grant-limits.ts';

const SETTLE_MS = 250;

type ManyProps = {
  readonly wanted: Wanted;
  readonly value: readonly string[];
  readonly faults: Faults;
  readonly onChange: (value: readonly string[]) => void;
};

/** Regions, searched for by name; none is everywhere. */
export function RegionsField({ wanted, value, faults, onChange }: ManyProps) {
  const { t } = useTranslation();
  const lang = useLang();
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), SETTLE_MS);
  const found = useRegionsNamed(q) ?? [];
  const chosen = useRegionNames(value);
  const common = useCommon({
    name: 'regions',
    label: t('accounts.regions'),
    hint: t('accounts.regionsHint'),
    faults,
    isRequired: wanted === 'must',
  });
  const known = new Map<string, string>();
  for (const { code, names, ancestors } of found) {
    const parent = ancestors.at(-1);
    const own = nameIn(names, lang);
    known.set(code, parent === undefined ? own : `${own} · ${nameIn(parent.names, lang)}`);
  }
  for (const [index, code] of value.entries()) {
    const names = chosen[index];
    known.set(code, names === undefined ? code : nameIn(names, lang));
  }
  return (
    <MultiSelect
      {...common}
      data={[...known].map(([code, label]) => ({ value: code, label }))}
      value={[...value]}
      onChange={onChange}
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      placeholder={value.length === 0 ? t('accounts.everywhere') : ''}
      nothingFoundMessage={t('accounts.nothing')}
      comboboxProps={{ shadow: 'md' }}
      searchable
      hidePickedOptions
    />
  );
}

/** Supervising units with an area of their own; a register without any has no such field. */
export function JurisdictionsField({ wanted, value, faults, onChange }: ManyProps) {
  const { t } = useTranslation();
  const lang = useLang();
  const units = useJurisdictions() ?? [];
  const common = useCommon({
    name: 'jurisdictions',
    label: t('accounts.units'),
    hint: t('accounts.unitsHint'),
    faults,
    isRequired: wanted === 'must',
  });
  if (units.length === 0) return null;
  return (
    <MultiSelect
      {...common}
      data={units.map(({ id, names }) => ({ value: id, label: nameIn(names, lang) }))}
      value={[...value]}
      onChange={onChange}
      nothingFoundMessage={t('accounts.nothing')}
      comboboxProps={{ shadow: 'md' }}
      searchable
      hidePickedOptions
    />
  );
}

/** Supervised fields; none is all of them. */
export function FieldsField({ wanted, value, faults, onChange }: ManyProps) {
  const { t } = useTranslation();
  const lang = useLang();
  const fields = useAbout().data?.fields ?? [];
  const common = useCommon({
    name: 'fields',
    label: t('controls.field'),
    faults,
    isRequired: wanted === 'must',
  });
  return (
    <MultiSelect
      {...common}
      data={fields.map(({ code, names }) => ({ value: code, label: nameIn(names, lang) }))}
      value={[...value]}
      onChange={onChange}
      placeholder={value.length === 0 && wanted === 'may' ? t('controls.fieldAll') : ''}
      nothingFoundMessage={t('controls.fieldNone')}
      comboboxProps={{ shadow: 'md' }}
      searchable
      hidePickedOptions
    />
  );
}

type OneProps = {
  readonly wanted: Wanted;
  readonly value: string | null;
  readonly faults: Faults;
  readonly onChange: (value: string | null) => void;
};

/** One enterprise, searched for by name. */
export function EnterpriseField({ wanted, value, faults, onChange }: OneProps) {
  const { t } = useTranslation();
  const lang = useLang();
  const [text, setText] = useState('');
  // What is chosen stands in the field: that is no search.
  const [picked, setPicked] = useState<string | null>(null);
  const [q] = useDebouncedValue(text === picked ? '' : text.trim(), SETTLE_MS);
  const found = useEnterprisesNamed(q) ?? [];
  const known = new Map(found.map(({ id, names }) => [id, nameIn(names, lang)]));
  if (value !== null && picked !== null) known.set(value, picked);
  const common = useCommon({
    name: 'enterpriseId',
    label: t('accounts.enterprise'),
    faults,
    isRequired: wanted === 'must',
  });
  return (
    <Select
      {...common}
      data={[...known].map(([id, label]) => ({ value: id, label }))}
      value={value}
      onChange={(next) => {
        setPicked(next === null ? null : (known.get(next) ?? null));
        onChange(next);
      }}
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      placeholder={t('accounts.enterpriseSearch')}
      nothingFoundMessage={t('accounts.nothing')}
      clearButtonProps={{ 'aria-label': t('accounts.clear') }}
      comboboxProps={{ shadow: 'md' }}
      searchable
      clearable
    />
  );
}
