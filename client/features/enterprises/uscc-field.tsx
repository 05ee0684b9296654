import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkUscc } from '#server/domain/identifiers/uscc.ts';
import { TextField } from '#client/ui/form/fields.tsx';
import type { Faults } from '#client/ui/form/faults.ts';
import { CheckIcon } from '#client/ui/icons.tsx';
import { useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import { plainUscc } from './enterprise-values.ts';

type Props = {
  readonly code: string;
  readonly reason: string;
  readonly faults: Faults;
  readonly onCode: (code: string) => void;
  readonly onReason: (reason: string) => void;
};

const LENGTH = 18;

/** The credit code, checked while it is typed; one that fails can be kept with a reason. */
export function UsccField({ code, reason, faults, onCode, onReason }: Props) {
  const { t } = useTranslation();
  const [wantsReason, setWantsReason] = useState(false);
  const plain = plainUscc(code);
  const isValid = plain !== null && checkUscc(plain).valid;
  const canKeep = plain !== null && !isValid;
  const hasReason = canKeep && (wantsReason || reason !== '' || faults['usccReason'] !== undefined);
  return (
    <>
      <TextField
        name="uscc"
        label={t('enterprise.uscc')}
        value={code}
        faults={faults}
        max={40}
        isMono
        hint={
          plain === null || faults['uscc'] !== undefined ? undefined : (
            <UsccHint code={plain} isValid={isValid} />
          )
        }
        onChange={onCode}
      />
      {canKeep && !hasReason ? (
        <button
          type="button"
          className="link field-link"
          data-testid="uscc-keep"
          onClick={() => setWantsReason(true)}
        >
          {t('edit.uscc.keep')}
        </button>
      ) : null}
      {hasReason ? (
        <TextField
          name="usccReason"
          label={t('edit.uscc.reason')}
          hint={t('edit.uscc.reasonHint')}
          value={reason}
          faults={faults}
          max={200}
          isRequired
          onChange={onReason}
        />
      ) : null}
    </>
  );
}

type HintProps = { readonly code: string; readonly isValid: boolean };

/** Which digit is wrong and what is expected; while the code is short only how long it is. */
function UsccHint({ code, isValid }: HintProps) {
  const { t } = useTranslation();
  const lang = useLang();
  if (isValid) {
    return (
      <span className="uscc-hint" data-testid="uscc-check">
        <CheckIcon size={14} /> {t('edit.uscc.valid')}
      </span>
    );
  }
  const texts =
    code.length === LENGTH
      ? checkUscc(code).faults.map((fault) => nameIn(fault, lang))
      : [t('edit.uscc.length', { length: code.length })];
  return (
    <span className="uscc-hint is-wrong" data-testid="uscc-check" aria-live="polite">
      {texts.map((text) => (
        <span key={text} className="fault-line">
          {text}
        </span>
      ))}
    </span>
  );
}
