import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLang } from '#client/ui/use-format.ts';
import { faultsAt } from './faults.ts';
import type { Faults } from './faults.ts';

type Common = {
  /** Member of the body, also the place its faults point at. */
  readonly name: string;
  readonly label: string;
  readonly faults: Faults;
  readonly hint?: ReactNode;
  readonly isRequired?: boolean;
};

type TextProps = Common & {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly max: number;
  readonly placeholder?: string;
  readonly lang?: string;
  readonly type?: 'text' | 'date';
  readonly isMono?: boolean;
};

/** One line of text. */
export function TextField({ value, onChange, max, placeholder, lang, type, ...rest }: TextProps) {
  return (
    <TextInput
      {...useCommon(rest)}
      classNames={{ input: rest.isMono === true ? 'mono' : '' }}
      value={value}
      maxLength={max}
      type={type ?? 'text'}
      placeholder={placeholder}
      lang={lang}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Several lines of text. */
export function LongField({ value, onChange, max, placeholder, lang, ...rest }: TextProps) {
  return (
    <Textarea
      {...useCommon(rest)}
      value={value}
      maxLength={max}
      placeholder={placeholder}
      lang={lang}
      autosize
      minRows={3}
      maxRows={10}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

type ChoiceProps<T extends string> = Common & {
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
};

/** One of a few. */
export function ChoiceField<T extends string>({
  value,
  choices,
  onChange,
  ...rest
}: ChoiceProps<T>) {
  const chosen = (text: string) => choices.find((choice) => choice.value === text)?.value;
  return (
    <NativeSelect
      {...useCommon(rest)}
      value={value}
      data={[...choices]}
      onChange={(event) => {
        const next = chosen(event.currentTarget.value);
        if (next !== undefined) onChange(next);
      }}
    />
  );
}

/** Label, hint and faults as the input components take them. */
export function useCommon({ name, label, faults, hint, isRequired = false }: Common) {
  const texts = faultsAt(faults, name);
  return {
    label,
    name,
    'data-testid': `field-${name.replace('/', '-')}`,
    description: hint,
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as (
      | 'label'
      | 'input'
      | 'description'
      | 'error'
    )[],
    withAsterisk: isRequired,
    'aria-required': isRequired || undefined,
    error: texts.length === 0 ? undefined : <FaultTexts texts={texts} />,
  };
}

/** What is wrong, each in its own line; what the service says in English is framed in Chinese. */
export function FaultTexts({ texts }: { readonly texts: readonly string[] }) {
  const { t } = useTranslation();
  const lang = useLang();
  return texts.map((text) => (
    <span key={text} className="fault-line">
      {lang === 'en' || /[\u4e00-\u9fff]/.test(text) ? text : t('edit.refused', { detail: text })}
    </span>
  ));
}
