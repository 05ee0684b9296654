import { useTranslation } from 'react-i18next';
import type { ImportReport } from '#server/features/imports/import-report.contract.ts';
import { WarnIcon } from '#client/ui/icons.tsx';
import { useFormats } from '#client/ui/use-format.ts';
import { publicPlaces } from './import-words.ts';

/** Says before writing that risk points without an enterprise become those of public places. */
export function PublicPlaceNotice({ report }: { readonly report: ImportReport }) {
  const { t } = useTranslation();
  const format = useFormats();
  const points = publicPlaces(report);
  if (points === 0 || report.state !== 'ready') return null;
  return (
    <div className="notice notice-warn" role="status" data-testid="import-public-places">
      <WarnIcon />
      <div className="notice-body">
        <p className="notice-title">
          {t('imports.notice.publicPlaces', { count: format.number(points) })}
        </p>
        <p>{t('imports.notice.publicPlacesNext')}</p>
      </div>
    </div>
  );
}
