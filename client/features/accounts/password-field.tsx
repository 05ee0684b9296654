import { PasswordInput, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Faults } from '#client/ui/form/faults.ts';
import { useCommon } from '#client/ui/form/fields.tsx';

type Props = {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly faults: Faults;
  readonly onChange: (value: string) => void;
};

type PasswordProps = Props & {
  readonly kind: 'current' | 'new';
  /** Typed once more: the rule stands beside the first. */
  readonly isAgain?: boolean;
};

/** A password; it can be looked at while it is typed. */
export function PasswordField({ kind, isAgain = false, value, onChange, ...rest }: PasswordProps) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      {...useCommon({
        ...rest,
        isRequired: true,
        hint: kind === 'new' && !isAgain ? t('account.passwordRule') : undefined,
      })}
      autoComplete={`${kind}-password`}
      value={value}
      maxLength={200}
      visibilityToggleButtonProps={{ 'aria-label': t('account.showPassword') }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

type NameProps = Props & { readonly isOwn: boolean; readonly hint?: ReactNode };

/** The name typed at sign-in; `isOwn`: of whoever types it. */
export function AccountNameField({ isOwn, value, onChange, ...rest }: NameProps) {
  return (
    <TextInput
      {...useCommon({ ...rest, isRequired: true })}
      autoComplete={isOwn ? 'username' : 'off'}
      autoCapitalize="none"
      spellCheck={false}
      value={value}
      maxLength={64}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
