import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Fields that are seldom filled in, folded away; a save that is refused for one of them unfolds it. */
export function MoreFields({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <details className="more-fields">
      <summary>{t('edit.more')}</summary>
      <div className="more-fields-body">{children}</div>
    </details>
  );
}
