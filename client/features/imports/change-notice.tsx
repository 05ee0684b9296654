import { useTranslation } from 'react-i18next';
import { useChangeImport } from '#client/api/imports.ts';
import { ApiProblem } from '#client/api/problem.ts';
import { WarnIcon } from '#client/ui/icons.tsx';
import { RefusalNotice } from './refusal-notice.tsx';

type Props = { readonly id: string; readonly error: Error | null };

/** Why a change or a commit did not go through; after a change of the register: look again. */
export function ChangeNotice({ id, error }: Props) {
  const { t } = useTranslation();
  const again = useChangeImport(id);
  if (error === null) return null;
  if (!(error instanceof ApiProblem) || error.slug !== 'conflict') {
    return <RefusalNotice error={error} />;
  }
  return (
    <div className="notice notice-warn" role="alert" data-testid="import-conflict">
      <WarnIcon />
      <div className="notice-body">
        <p className="notice-title">{t('imports.conflict.title')}</p>
        <p>{t('imports.conflict.text')}</p>
        {error.detail === null ? null : <p className="notice-detail">{error.detail}</p>}
        <button
          type="button"
          className="button"
          disabled={again.isPending}
          onClick={() => again.mutate({})}
        >
          {t(again.isPending ? 'imports.conflict.comparing' : 'imports.conflict.again')}
        </button>
        {again.error === null ? null : <p className="notice-detail">{again.error.message}</p>}
      </div>
    </div>
  );
}
