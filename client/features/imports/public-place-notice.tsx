import { useTranslation } from 'react-i18next';
import type { ImportReport } from '#server/features/imports/import-report.contract.ts';
import { WarnIcon } from '#client/ui/icons.tsx';
import { useFormats } from '#client/ui/use-format.ts';
import { hasEnterpriseColumn } from './import-words.ts';

/** Says before writing that risk points without an enterprise become those of public places. */
export function PublicPlaceNotice({ report }: { readonly report: ImportReport }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { withoutEnterprise, state } = report;
  if (withoutEnterprise === 0 || state !== 'ready') return null;
  return (
    <div className="notice notice-warn" role="status" data-testid="import-public-places">
      <WarnIcon />
      <div className="notice-body">
        <p className="notice-title">
          {t('imports.notice.publicPlaces', { count: format.number(withoutEnterprise) })}
        </p>
        <p>
          {hasEnterpriseColumn(report)
            ? t('imports.notice.publicPlacesEmpty')
            : t('imports.notice.publicPlacesNext')}
        </p>
      </div>
    </div>
  );
}
