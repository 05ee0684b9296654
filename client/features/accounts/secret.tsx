import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CheckIcon } from '#client/ui/icons.tsx';

type Props = {
  readonly label: string;
  /** What it is good for, and that it is not told again. */
  readonly hint: string;
  readonly value: string;
  readonly onDone: () => void;
};

/** Something that is told once: it stays until the reader says that it has been taken down. */
export function Secret({ label, hint, value, onDone }: Props) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    input.current?.select();
    // Only there on https and on this machine; else what is selected can be copied by hand.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    clipboard?.writeText(value).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <section className="secret" data-testid="secret" aria-label={label}>
      <p className="secret-label" role="status">
        {label}
      </p>
      <div className="secret-line">
        <input
          ref={input}
          className="mono"
          value={value}
          aria-label={label}
          data-testid="secret-value"
          readOnly
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" className="button" data-testid="secret-copy" onClick={copy}>
          {isCopied ? <CheckIcon size={16} /> : null}
          {t(isCopied ? 'account.copied' : 'account.copy')}
        </button>
      </div>
      <p className="why-hint">{hint}</p>
      <button type="button" className="link" onClick={onDone}>
        {t('account.secretDone')}
      </button>
    </section>
  );
}
