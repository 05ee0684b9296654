import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { CSSProperties, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { placeStore } from '#client/state/place-store.ts';
import { useStore } from '#client/state/store.ts';
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
import { PlaceHint } from './place-hint.tsx';
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
  const { onPlace } = useStore(placeStore);
  return (
    <div className="map-view" style={style} data-placing={onPlace !== null}>
      {canDraw ? <LiveMap {...props} /> : <p className="map-missing">{t('map.noWebgl')}</p>}
    </div>
  );
}

function LiveMap(props: MapViewProps) {
  const container = useRef<HTMLDivElement>(null);
  const [store] = useState(createMapStore);
  const [counts, setCounts] = useState<Counts | null>(null);
  const controller = useController(container, store, props, (seen) => {
    setCounts(seen);
    props.onVisibleCounts?.(seen);
  });
  const choose = (feature: SeenFeature) => {
    const intent = intentOf(feature);
    store.set({ chooser: null });
    if (intent !== null) controller.current?.follow(intent);
  };
  return (
    <>
      <div ref={container} className="map-canvas" />
      <BusyBar store={store} />
      <Crosshair store={store} />
      <HoverTooltip store={store} />
      <ChooserPopup
        store={store}
        onChoose={choose}
        onDismiss={() => controller.current?.map.getCanvas().focus()}
      />
      <FeaturesListbox
        store={store}
        onPoint={(feature) => controller.current?.point(feature)}
        onChoose={choose}
      />
      <LiveRegion store={store} counts={counts} />
      <PlaceHint onPut={() => controller.current?.putAtCentre()} />
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
  report: (counts: Counts) => void,
): RefObject<MapController | null> {
  const { t } = useTranslation();
  const controller = useRef<MapController | null>(null);
  const onCounts = useEffectEvent(report);
  const onTrouble = useEffectEvent((isTroubled: boolean) =>
    onProblem?.(isTroubled ? t('map.tilesFailed') : null),
  );

  useEffect(() => {
    if (container.current === null) return undefined;
    const made = createMapController({
      container: container.current,
      store,
      onCounts: (counts) => onCounts(counts),
      onTrouble: (isTroubled) => onTrouble(isTroubled),
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
  }, [container, t]);
  return controller;
}
