import { useTranslation } from 'react-i18next';

/** Marks a figure or clause that was not checked against the official text. */
export function Unverified() {
  const { t } = useTranslation();
  return (
    <span className="unverified" title={t('app.unverifiedHint')}>
      {t('app.unverified')}
    </span>
  );
}
