import { MultiSelect, TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAbout } from '#client/api/queries.ts';
import { useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import type { Faults } from './faults.ts';
import { useCommon } from './fields.tsx';

type FieldsProps = {
  readonly value: readonly string[];
  readonly faults: Faults;
  readonly onChange: (codes: readonly string[]) => void;
};

/** Supervised fields, any number of them. */
export function SupervisedFields({ value, faults, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const lang = useLang();
  const fields = useAbout().data?.fields ?? [];
  const known = fields.map(({ code, names }) => ({ value: code, label: nameIn(names, lang) }));
  // A code that has left the list is still shown, so that it can be taken out.
  const unknown = value
    .filter((code) => !fields.some((field) => field.code === code))
    .map((code) => ({ value: code, label: code }));
  return (
    <MultiSelect
      {...useCommon({ name: 'fields', label: t('enterprise.fields'), faults })}
      value={[...value]}
      data={[...known, ...unknown]}
      onChange={onChange}
      placeholder={value.length === 0 ? t('edit.chooseMany') : ''}
      nothingFoundMessage={t('controls.fieldNone')}
      clearButtonProps={{ 'aria-label': t('edit.clear') }}
      maxDropdownHeight={300}
      hidePickedOptions
      searchable
      clearable
    />
  );
}

type TagsProps = FieldsProps & {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly suggestions: readonly string[];
};

/** Words from a list, or others that are typed in. */
export function TagsField({ name, label, hint, value, faults, suggestions, onChange }: TagsProps) {
  const { t } = useTranslation();
  return (
    <TagsInput
      {...useCommon({ name, label, faults, hint })}
      value={[...value]}
      data={[...suggestions]}
      onChange={onChange}
      maxTags={30}
      placeholder={value.length === 0 ? t('edit.chooseMany') : ''}
      clearButtonProps={{ 'aria-label': t('edit.clear') }}
      maxDropdownHeight={300}
      clearable
      acceptValueOnBlur
    />
  );
}
