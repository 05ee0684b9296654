import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportReport } from '#server/features/imports/import-report.contract.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { viewStore } from '#client/state/view-store.ts';
import { keptAs } from './import-words.ts';
import { openImport } from './leaving.ts';

/**
 * Says, when the page is left for the map, that the import is kept, and offers the way back; whoever is back by another
 * way does not read it any more.
 */
export function useKeptNotice(id: string, report: ImportReport | undefined): void {
  const { t } = useTranslation();
  const tell = useEffectEvent(() => {
    const kept = report === undefined ? null : keptAs(report.state);
    // Among the imports it is seen that it is kept.
    if (report === undefined || kept === null || viewStore.get().page?.kind === 'imports') return;
    uiStore.set({
      toast: {
        ofImport: report.id,
        text: t(`imports.kept.${kept}`, { name: report.fileName ?? t('imports.unnamed') }),
        action: { label: t('imports.kept.back'), run: () => openImport(report.id) },
      },
    });
  });
  useEffect(() => {
    if (uiStore.get().toast?.ofImport === id) uiStore.set({ toast: null });
  }, [id]);
  useEffect(() => () => tell(), []);
}
