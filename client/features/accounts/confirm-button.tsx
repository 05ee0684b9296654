import { useState } from 'react';
import { useTranslation } from 'react-i18next';

type Props = {
  readonly label: string;
  /** For those who only hear it: of what. */
  readonly of: string;
  readonly confirm: string;
  readonly testId: string;
  readonly isSending: boolean;
  readonly run: () => void;
};

/** Asks once more in its own place before it takes something away. */
export function ConfirmButton({ label, of, confirm, testId, isSending, run }: Props) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  if (!isAsking) {
    return (
      <button
        type="button"
        className="link"
        data-testid={testId}
        aria-label={`${label}${t('app.colon')}${of}`}
        onClick={() => setAsking(true)}
      >
        {label}
      </button>
    );
  }
  return (
    <span className="confirm">
      <button
        type="button"
        className="button button-danger"
        data-testid={`${testId}-confirm`}
        disabled={isSending}
        ref={(element) => element?.focus()}
        onClick={() => {
          setAsking(false);
          run();
        }}
      >
        {confirm}
      </button>
      <button type="button" className="button" onClick={() => setAsking(false)}>
        {t('form.cancel')}
      </button>
    </span>
  );
}
