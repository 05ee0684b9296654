import { useComputedColorScheme } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '#client/state/store.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { paddingStore } from './cards.ts';

// The map library is the largest part by far: the panel is readable before it has arrived.
const MapView = lazy(async () => {
  const { MapView } = await import('#client/map/map-view.tsx');
  return { default: MapView };
});

/** The map under everything; when it cannot be drawn, lists and details go on working. */
export function MapSlot({ isCovered }: { readonly isCovered: boolean }) {
  const { t } = useTranslation();
  const theme = useComputedColorScheme('light');
  const padding = useStore(paddingStore);
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <main className="shell-map" id="map" aria-label={t('map.label')} inert={isCovered}>
      <ErrorBoundary fallback={<p className="map-problem">{t('map.failed')}</p>}>
        <Suspense fallback={<p className="visually-hidden">{t('map.loading')}</p>}>
          <MapView padding={padding} theme={theme} onProblem={setProblem} />
        </Suspense>
      </ErrorBoundary>
      {problem === null ? null : (
        <output className="map-problem card">
          <span>{problem}</span>
          <button type="button" className="link" onClick={() => setProblem(null)}>
            {t('app.close')}
          </button>
        </output>
      )}
    </main>
  );
}
