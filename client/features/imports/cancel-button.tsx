import { useTranslation } from 'react-i18next';
import { useCancelImport } from '#client/api/imports.ts';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';

type Props = { readonly id: string; readonly isQuiet: boolean };

/** Drops an import that was not written; the register is as it was. */
export function CancelButton({ id, isQuiet }: Props) {
  const { t } = useTranslation();
  const cancel = useCancelImport();
  return (
    <>
      <button
        type="button"
        className={isQuiet ? 'link import-drop-link' : 'button'}
        data-testid="import-cancel"
        disabled={cancel.isPending}
        onClick={() => cancel.mutate(id)}
      >
        {t('imports.cancel')}
      </button>
      {cancel.error === null ? null : <ProblemNotice error={cancel.error} />}
    </>
  );
}
