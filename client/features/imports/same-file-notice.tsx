import { useTranslation } from 'react-i18next';
import type { ImportReport } from '#server/features/imports/import-report.contract.ts';
import { useFormats } from '#client/ui/use-format.ts';
import { ImportLink } from './import-link.tsx';

/** Says, while nothing is written yet, that the very same file came before, and leads to that import. */
export function SameFileNotice({ report }: { readonly report: ImportReport }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { sameFileAs: same, state } = report;
  if (same === null || (state !== 'ready' && state !== 'rejected')) return null;
  const { committedAt } = same;
  return (
    <div className="notice" role="status" data-testid="import-same-file">
      <div className="notice-body">
        <p className="notice-title">
          {committedAt === null
            ? t('imports.notice.sameFileOpen', { time: format.dateTime(same.createdAt) })
            : t('imports.notice.sameFileWritten', { time: format.dateTime(committedAt) })}
        </p>
        <p>
          {committedAt === null
            ? t('imports.notice.sameFileOpenNext')
            : t('imports.notice.sameFileWrittenNext')}{' '}
          <ImportLink to={same.id} className="link">
            {t('imports.notice.sameFileLink')}
          </ImportLink>
        </p>
      </div>
    </div>
  );
}
