import { useTranslation } from 'react-i18next';
import type { ImportReport } from '#server/features/imports/import-report.contract.ts';
import { Name } from '#client/ui/name.tsx';
import { WarnIcon } from '#client/ui/icons.tsx';
import { CancelButton } from './cancel-button.tsx';
import { ImportLink } from './import-link.tsx';

const SAID = ['rejected', 'failed', 'cancelled'] as const;

/** Why an import cannot go on as it is, and the next step. */
export function StateNotice({ report }: { readonly report: ImportReport }) {
  const { t } = useTranslation();
  const state = SAID.find((each) => each === report.state);
  if (state === undefined) return null;
  const hasChoice = state === 'rejected' && (report.crs?.candidates.length ?? 0) > 0;
  const kind = hasChoice ? 'undecided' : state;
  return (
    <div className="notice notice-warn" role="status" data-testid="import-state-notice">
      <WarnIcon />
      <div className="notice-body">
        <p className="notice-title">{t(`imports.notice.${kind}`)}</p>
        {report.problem === null ? null : (
          <p>
            <Name of={report.problem} />
          </p>
        )}
        <p>{t(`imports.notice.${kind}Next`)}</p>
        <p className="import-notice-actions">
          {hasChoice ? null : (
            <ImportLink to={null} className="button">
              {t('imports.notice.again')}
            </ImportLink>
          )}
          {state === 'rejected' ? <CancelButton id={report.id} isQuiet /> : null}
        </p>
      </div>
    </div>
  );
}
