import type { ReactNode, SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from './refusal.tsx';
import type { useSending } from './use-sending.ts';

type Props = {
  readonly sending: ReturnType<typeof useSending>;
  readonly fields: readonly string[];
  readonly submitLabel: string;
  readonly testId: string;
  readonly onSubmit: () => void;
  /** Null: there is nothing to go back to. */
  readonly onCancel?: (() => void) | undefined;
  readonly children: ReactNode;
};

/** Fields, what was refused, and the button. */
export function AccountForm(props: Props) {
  const { t } = useTranslation();
  const { sending, fields, onSubmit, onCancel } = props;
  return (
    <form
      className="form edit-form account-form"
      noValidate
      data-testid={props.testId}
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {props.children}
      <Refusal problem={sending.problem} faults={sending.faults} fields={fields} />
      <div className="account-buttons">
        {onCancel === undefined ? null : (
          <button type="button" className="button" onClick={onCancel}>
            {t('form.cancel')}
          </button>
        )}
        <button
          type="submit"
          className="button button-primary"
          data-testid={`${props.testId}-send`}
          disabled={sending.isSending}
        >
          {sending.isSending ? t('account.sending') : props.submitLabel}
        </button>
      </div>
    </form>
  );
}
