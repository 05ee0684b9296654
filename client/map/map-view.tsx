import { useEffect, useRef, useState } from 'react';
import type { CSSProperties, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { ChooserPopup } from './chooser-popup.tsx';
import { hasWebgl } from './create-map.ts';
import { FeaturesListbox } from './features-listbox.tsx';
import { HoverTooltip } from './hover-tooltip.tsx';
import './map.css';
import type { Padding } from './map-camera.ts';
import { createMapController } from './map-controller.ts';
import type { MapController } from './map-controller.ts';
import { BusyBar, Crosshair, LiveRegion } from './map-overlays.tsx';
import { intentOf } from './map-pointer.ts';
import { createMapStore } from './map-state.ts';
import type { MapStore } from './map-state.ts';
import type { Theme } from './palette.ts';
import type { Counts, SeenFeature } from './seen-features.ts';
import { ZoomControls } from './zoom-controls.tsx';

export type MapViewProps = {
  /** Pixels of the map that cards cover; the node is framed in what is left. */
  readonly padding: Padding;
  readonly theme: Theme;
  /** Risk points in view by class of the legend, hidden classes included. */
  readonly onVisibleCounts?: (counts: Counts) => void;
  /** A sentence to show without blocking anything; null once all is well again. */
  readonly onProblem?: (text: string | null) => void;
};

/** The map and everything drawn over it. Without WebGL it says so, and the panel still works. */
export function MapView(props: MapViewProps) {
  const { t } = useTranslation();
  const [canDraw] = useState(hasWebgl);
  const style = {
    '--map-top': `${props.padding.top}px`,
    '--map-right': `${props.padding.right}px`,
    '--map-bottom': `${props.padding.bottom}px`,
    '--map-left': `${props.padding.left}px`,
  } as CSSProperties;
  return (
    <section className="map-view" data-theme={props.theme} style={style} aria-label={t('map.label')}>
      {canDraw ? <LiveMap {...props} /> : <p className="map-missing">{t('map.noWebgl')}</p>}
    </section>
  );
}

function LiveMap(props: MapViewProps) {
  const container = useRef<HTMLDivElement>(null);
  const [store] = useState(createMapStore);
  const [counts, setCounts] = useState<Counts | null>(null);
  const report = (seen: Counts) => {
    setCounts(seen);
    props.onVisibleCounts?.(seen);
  };
  const controller = useController(container, store, props, report);
  const choose = (feature: SeenFeature) => {
    const intent = intentOf(feature);
    store.set({ chooser: null });
    if (intent !== null) controller.current?.follow(intent);
  };
  const focusMap = () => controller.current?.map.getCanvas().focus();
  return (
    <>
      <div ref={container} className="map-canvas" />
      <BusyBar store={store} />
      <Crosshair store={store} />
      <HoverTooltip store={store} />
      <ChooserPopup store={store} onChoose={choose} onDismiss={focusMap} />
      <FeaturesListbox
        store={store}
        onPoint={(feature) => controller.current?.point(feature)}
        onChoose={choose}
      />
      <LiveRegion store={store} counts={counts} />
      <ZoomControls
        onZoom={(steps) => controller.current?.camera.zoomBy(steps)}
        onFit={() => controller.current?.reframe()}
      />
    </>
  );
}

/** Makes the map once and keeps it in step with the properties. */
function useController(
  container: RefObject<HTMLDivElement | null>,
  store: MapStore,
  { padding, theme, onProblem }: MapViewProps,
  onCounts: (counts: Counts) => void,
): RefObject<MapController | null> {
  const { t, i18n } = useTranslation();
  const controller = useRef<MapController | null>(null);
  const latest = useRef({ onCounts, onProblem, t, padding });
  latest.current = { onCounts, onProblem, t, padding };

  useEffect(() => {
    if (container.current === null) return;
    const made = createMapController({
      container: container.current,
      store,
      locale: { 'Map.Title': latest.current.t('map.label') },
      onCounts: (counts) => latest.current.onCounts(counts),
      onTrouble: (isTroubled) =>
        latest.current.onProblem?.(isTroubled ? latest.current.t('map.tilesFailed') : null),
    });
    controller.current = made;
    return () => {
      controller.current = null;
      made.destroy();
    };
  }, [container, store]);

  const { top, right, bottom, left } = padding;
  useEffect(() => {
    controller.current?.setPadding({ top, right, bottom, left });
  }, [top, right, bottom, left]);
  useEffect(() => controller.current?.setTheme(theme), [theme]);
  useEffect(() => {
    const root = container.current;
    root?.querySelector('canvas')?.setAttribute('aria-label', t('map.label'));
    const button = root?.querySelector('.maplibregl-ctrl-attrib-button');
    for (const name of ['aria-label', 'title']) button?.setAttribute(name, t('map.attribution'));
  }, [container, t, i18n.language]);
  return controller;
}
