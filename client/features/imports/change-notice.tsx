import { useTranslation } from 'react-i18next';
import { ApiProblem } from '#client/api/problem.ts';
import { WarnIcon } from '#client/ui/icons.tsx';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';

type Props = { readonly error: Error | null };

/** Why a change or a commit did not go through; where the register has changed: look again. */
export function ChangeNotice({ error }: Props) {
  const { t } = useTranslation();
  if (error === null) return null;
  if (!(error instanceof ApiProblem) || error.slug !== 'conflict') {
    const faults = error instanceof ApiProblem ? error.faults : [];
    return (
      <>
        <ProblemNotice error={error} lead={t('imports.notSaved')} />
        {faults.map(({ detail }) => (
          <p key={detail} className="fault">
            {detail}
          </p>
        ))}
      </>
    );
  }
  return (
    <div className="notice notice-warn" role="alert" data-testid="import-conflict">
      <WarnIcon />
      <div className="notice-body">
        <p className="notice-title">{t('imports.conflict.title')}</p>
        <p>{t('imports.conflict.text')}</p>
        {error.detail === null ? null : <p className="notice-detail">{error.detail}</p>}
      </div>
    </div>
  );
}
