import { useTranslation } from 'react-i18next';

/** Stands for a value that this reader is not told, so that nobody takes it for an empty one. */
export function Restricted() {
  const { t } = useTranslation();
  return (
    <span className="row-note" title={t('app.restricted.hint')}>
      {t('app.restricted.label')}
    </span>
  );
}
