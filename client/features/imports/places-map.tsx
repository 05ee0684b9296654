import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bbox } from '#server/domain/geometry/bbox.ts';
import type { RowStatus } from '#server/domain/import/row-status.ts';
import { ROW_STATUSES } from '#server/domain/import/row-status.ts';
import { createBaseMap } from '#client/map/base-map.ts';
import type { BaseMap } from '#client/map/base-map.ts';
import { hasWebgl } from '#client/map/create-map.ts';
import { ZoomControls } from '#client/map/zoom-controls.tsx';
import { useFormats, useLang } from '#client/ui/use-format.ts';
import type { Reading } from './import-words.ts';
import { comparisonBox, placeData, placesBox } from './places.ts';
import type { ImportPlace } from './places.ts';
import { PLACE_LAYERS, placesLayer, placeSources } from './places.layer.ts';

type Props = {
  readonly places: readonly ImportPlace[];
  /** The reading that is compared with the present one. */
  readonly other: Reading | null;
  /** Whether the rows were judged: before a reading is chosen nothing is known of them but places. */
  readonly isJudged: boolean;
  readonly isStale: boolean;
};

type Pointed = { readonly row: number; readonly status: RowStatus };

/** Where the rows lie before anything is written; the other reading as second dots. */
export function PlacesMap({ places: given, other, isJudged, isStale }: Props) {
  const { t } = useTranslation();
  const [canDraw] = useState(hasWebgl);
  const places = useMemo(
    () => (isJudged ? given : given.map((place) => ({ ...place, status: 'new' as const }))),
    [given, isJudged],
  );
  const [pointed, setPointed] = useState<Pointed | null>(null);
  return (
    <figure className="import-map" data-testid="import-map" aria-busy={isStale}>
      {canDraw ? (
        <LiveMap places={places} onPoint={setPointed} />
      ) : (
        <p className="map-missing">{t('map.noWebgl')}</p>
      )}
      <figcaption>
        {pointed === null ? (
          <MapKey places={places} hasOther={other !== null} isJudged={isJudged} />
        ) : (
          <span>
            {t('imports.rows.row', { row: pointed.row })}
            {isJudged ? ` · ${t(`imports.tab.${pointed.status}`)}` : ''}
          </span>
        )}
      </figcaption>
    </figure>
  );
}

function LiveMap({
  places,
  onPoint,
}: Pick<Props, 'places'> & { readonly onPoint: (row: Pointed | null) => void }) {
  const { t } = useTranslation();
  const lang = useLang();
  const theme = useComputedColorScheme('light');
  const container = useRef<HTMLDivElement>(null);
  const base = useRef<BaseMap | null>(null);
  const data = useMemo(() => placeData(places), [places]);
  const box = useMemo(() => placesBox(places), [places]);
  const point = useEffectEvent(onPoint);
  const closer = useMemo(() => comparisonBox(places), [places]);
  const refit = useEffectEvent(() => fit(base.current, closer ?? box, 0));

  useEffect(() => {
    if (container.current === null) return undefined;
    const made = createBaseMap(container.current);
    made.map.getCanvas().setAttribute('aria-label', t('imports.crs.map'));
    for (const layer of PLACE_LAYERS) {
      made.map.on('mousemove', layer, ({ features }) => {
        const { row, status } = features?.[0]?.properties ?? {};
        point({ row: Number(row), status: status as RowStatus });
      });
      made.map.on('mouseleave', layer, () => point(null));
    }
    made.map.on('resize', () => refit());
    base.current = made;
    return () => {
      base.current = null;
      made.destroy();
    };
  }, [t]);
  useEffect(() => {
    void base.current?.draw({ theme, lang }, { module: placesLayer, sources: placeSources(data) });
  }, [theme, lang, data]);
  // Two readings that would lie on each other are shown on one row, close by.
  useEffect(() => fit(base.current, closer ?? box, 0), [closer, box]);
  return (
    <div className="import-map-frame map-view">
      <div ref={container} className="import-map-canvas" />
      <ZoomControls
        onZoom={(steps) => base.current?.map.easeTo({ zoom: base.current.map.getZoom() + steps })}
        onFit={() => fit(base.current, box, 300)}
      />
    </div>
  );
}

/** Brings every place into the small map; `duration` in milliseconds. */
function fit(base: BaseMap | null, box: Bbox | null, duration: number): void {
  if (box !== null) base?.map.fitBounds([...box], { padding: 36, maxZoom: 15, duration });
}

type KeyProps = {
  readonly places: readonly ImportPlace[];
  readonly hasOther: boolean;
  readonly isJudged: boolean;
};

/** What the dots mean and how many there are; a text for those who do not see the map. */
function MapKey({ places, hasOther, isJudged }: KeyProps) {
  const { t } = useTranslation();
  const format = useFormats();
  const count = (status: RowStatus) => places.filter((place) => place.status === status).length;
  const warned = places.filter(({ isWarned }) => isWarned).length;
  if (places.length === 0) return <span>{t('imports.crs.noPlaces')}</span>;
  return (
    <ul className="import-key">
      {ROW_STATUSES.filter((status) => count(status) > 0).map((status) => (
        <li key={status}>
          <span className="import-dot" data-status={status} aria-hidden="true" />
          {isJudged ? t(`imports.tab.${status}`) : t('imports.crs.places')}{' '}
          {format.number(count(status))}
        </li>
      ))}
      {warned > 0 ? (
        <li>
          <span className="import-dot" data-status="warned" aria-hidden="true" />
          {t('imports.tab.warned')} {format.number(warned)}
        </li>
      ) : null}
      {hasOther ? (
        <li>
          <span className="import-dot" data-status="other" aria-hidden="true" />
          {t('imports.crs.otherReading')}
        </li>
      ) : null}
      {comparisonBox(places) === null ? null : <li>{t('imports.crs.closeUp')}</li>}
    </ul>
  );
}
