import { useTranslation } from 'react-i18next';
import type { Faults } from './faults.ts';
import { TextField } from './fields.tsx';

/** A name as a form holds it: without an English one the field is empty. */
export type TypedNames = { readonly zh: string; readonly en: string };

type Props = {
  readonly name: string;
  readonly label: string;
  readonly value: TypedNames;
  readonly faults: Faults;
  readonly max: number;
  readonly isRequired?: boolean;
  readonly onChange: (value: TypedNames) => void;
};

/** The Chinese name. */
export function ChineseName({ name, label, value, onChange, isRequired, ...rest }: Props) {
  const { t } = useTranslation();
  return (
    <TextField
      {...rest}
      name={`${name}/zh`}
      label={t('edit.inChinese', { label })}
      value={value.zh}
      isRequired={isRequired ?? false}
      lang="zh-CN"
      onChange={(zh) => onChange({ ...value, zh })}
    />
  );
}

/** The English name, which may be missing. */
export function EnglishName({ name, label, value, faults, max, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <TextField
      faults={faults}
      max={max}
      name={`${name}/en`}
      label={t('edit.inEnglish', { label })}
      value={value.en}
      lang="en"
      onChange={(en) => onChange({ ...value, en })}
    />
  );
}
