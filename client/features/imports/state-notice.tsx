import { useTranslation } from 'react-i18next';
import type { ImportReport } from '#server/features/imports/import-report.contract.ts';
import { Name } from '#client/ui/name.tsx';
import { WarnIcon } from '#client/ui/icons.tsx';
import { CancelButton } from './cancel-button.tsx';
import { standingOf } from './import-words.ts';
import { ImportLink } from './import-link.tsx';

/** Why an import cannot go on as it is, and the next step. */
export function StateNotice({ report }: { readonly report: ImportReport }) {
  const { t } = useTranslation();
  const standing = standingOf(report);
  if (standing === null) return null;
  return (
    <div className="notice notice-warn" role="status" data-testid="import-state-notice">
      <WarnIcon />
      <div className="notice-body">
        <p className="notice-title">{t(`imports.notice.${standing}`)}</p>
        {report.problem === null ? null : (
          <p>
            <Name of={report.problem} />
          </p>
        )}
        <p>{t(`imports.notice.${standing}Next`)}</p>
        <div className="import-notice-actions">
          {standing === 'undecided' ? null : (
            <ImportLink to={null} className="button">
              {t('imports.notice.again')}
            </ImportLink>
          )}
          {report.state === 'rejected' ? <CancelButton id={report.id} isQuiet /> : null}
        </div>
      </div>
    </div>
  );
}
