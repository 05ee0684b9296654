import { useTranslation } from 'react-i18next';
import type { ImportReport } from '#server/features/imports/import-report.contract.ts';

/** Where an import stands, in words; never in a colour of the levels. */
export function StateChip({ state }: { readonly state: ImportReport['state'] }) {
  const { t } = useTranslation();
  return (
    <span className="import-state" data-state={state}>
      {t(`imports.state.${state}`)}
    </span>
  );
}
