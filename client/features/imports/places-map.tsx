import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { crsNames, isSupportedCrs } from '#server/domain/crs/crs.ts';
import type { Bbox } from '#server/domain/geometry/bbox.ts';
import type { RowStatus } from '#server/domain/import/row-status.ts';
import { ROW_STATUSES } from '#server/domain/import/row-status.ts';
import { usePathsAt } from '#client/api/search.ts';
import { createBaseMap } from '#client/map/base-map.ts';
import type { BaseMap } from '#client/map/base-map.ts';
import { hasWebgl } from '#client/map/create-map.ts';
import { ZoomControls } from '#client/map/zoom-controls.tsx';
import { useFormats, useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import type { Guard } from './coordinates.part.tsx';
import { isSameReading } from './import-words.ts';
import type { Reading } from './import-words.ts';
import { comparisonBox, middlePlace, placeData, placesBox } from './places.ts';
import type { ImportPlace } from './places.ts';
import { PLACE_LAYERS, placesLayer, placeSources } from './places.layer.ts';
import type { PlaceMarks } from './places.layer.ts';
import { ReadingDot } from './reading-dot.tsx';

type Props = {
  readonly places: readonly ImportPlace[];
  readonly crs: Guard;
  /** The readings that are compared with the one that the rows are placed by. */
  readonly compared: readonly Reading[];
  /** The one among them that is looked at. */
  readonly chosen: Reading | null;
  readonly isStale: boolean;
};

type Pointed = {
  readonly row: number;
  readonly status: RowStatus;
  readonly reading: number | null;
};

/** Where the rows lie before anything is written, by every reading that is in question. */
export function PlacesMap({ places: given, crs, compared, chosen, isStale }: Props) {
  const { t } = useTranslation();
  const [canDraw] = useState(hasWebgl);
  // Before a reading is chosen nothing is known of the rows but places.
  const isJudged = crs.decided !== null;
  const places = useMemo(
    () => (isJudged ? given : given.map((place) => ({ ...place, status: 'new' as const }))),
    [given, isJudged],
  );
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const names = useReadingNames(crs, compared);
  const regions = useRegionNames(places, compared.length);
  // Where a reading leads to says more than its dots, the more so where no border is near.
  const named = names.map((name, index) =>
    regions[index] === undefined ? name : t('imports.crs.lies', { name, region: regions[index] }),
  );
  const isLettered = !isJudged && compared.length > 0;
  const marked = compared.findIndex((each) => isSameReading(each, chosen));
  return (
    <figure className="import-map" data-testid="import-map" aria-busy={isStale}>
      {canDraw ? (
        <LiveMap places={places} marks={{ isLettered, chosen: marked }} onPoint={setPointed} />
      ) : (
        <p className="map-missing">{t('map.noWebgl')}</p>
      )}
      <figcaption>
        {pointed === null ? (
          <MapKey places={places} names={named} chosen={marked} isJudged={isJudged} />
        ) : (
          <span>
            {t('imports.rows.row', { row: pointed.row })}
            {isJudged ? ` · ${t(`imports.tab.${pointed.status}`)}` : ''}
            {isLettered || pointed.reading !== null
              ? ` · ${names[pointed.reading === null ? 0 : pointed.reading + 1] ?? ''}`
              : ''}
          </span>
        )}
      </figcaption>
    </figure>
  );
}

/** The reading that the rows are placed by, and after it those it is compared with, in words. */
function useReadingNames(crs: Guard, compared: readonly Reading[]): readonly string[] {
  const { t } = useTranslation();
  const lang = useLang();
  const base = crs.decided ?? crs.candidates[0] ?? null;
  return [...(base === null ? [] : [base]), ...compared].map((reading) => {
    const listed = crs.candidates.find((each) => isSameReading(each, reading));
    if (listed !== undefined) return nameIn(listed.names, lang);
    const name = isSupportedCrs(reading.crs) ? nameIn(crsNames(reading.crs), lang) : reading.crs;
    return reading.swapped ? `${name} · ${t('imports.crs.swapped')}` : name;
  });
}

/** The region into which each reading puts the row in the middle; undefined while it is not known. */
function useRegionNames(places: readonly ImportPlace[], others: number) {
  const { t } = useTranslation();
  const lang = useLang();
  const middle = useMemo(() => middlePlace(places), [places]);
  const spots = [
    middle?.position,
    ...Array.from(
      { length: others },
      (_, index) => middle?.others.find(({ reading }) => reading === index)?.position,
    ),
  ].map((at) => (at === undefined ? null : at.join()));
  const asked = [...new Set(spots.flatMap((at) => at ?? []))];
  const paths = usePathsAt(asked);
  return spots.map((at) => {
    const path = at === null ? undefined : paths[asked.indexOf(at)];
    if (path === undefined) return undefined;
    const region = path.at(-1);
    return region === undefined ? t('imports.crs.nowhere') : nameIn(region.names, lang);
  });
}

type LiveProps = Pick<Props, 'places'> & {
  readonly marks: PlaceMarks;
  readonly onPoint: (row: Pointed | null) => void;
};

function LiveMap({ places, marks, onPoint }: LiveProps) {
  const { t } = useTranslation();
  const lang = useLang();
  const theme = useComputedColorScheme('light');
  const container = useRef<HTMLDivElement>(null);
  const base = useRef<BaseMap | null>(null);
  const { isLettered, chosen } = marks;
  const data = useMemo(() => placeData(places), [places]);
  const box = useMemo(() => placesBox(places), [places]);
  const point = useEffectEvent(onPoint);
  const closer = useMemo(() => comparisonBox(places), [places]);
  const hasOthers = places.some(({ others }) => others.length > 0);
  const maxZoom = hasOthers ? CLOSEST.compared : CLOSEST.plain;
  const refit = useEffectEvent(() => fit(base.current, closer ?? box, { maxZoom, duration: 0 }));

  useEffect(() => {
    if (container.current === null) return undefined;
    const made = createBaseMap(container.current);
    made.map.getCanvas().setAttribute('aria-label', t('imports.crs.map'));
    for (const layer of PLACE_LAYERS) {
      made.map.on('mousemove', layer, ({ features }) => {
        const { row, status, reading } = features?.[0]?.properties ?? {};
        point({
          row: Number(row),
          status: status as RowStatus,
          reading: reading === undefined ? null : Number(reading),
        });
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
    const module = placesLayer({ isLettered, chosen });
    void base.current?.draw({ theme, lang }, { module, sources: placeSources(data) });
  }, [theme, lang, data, isLettered, chosen]);
  // Readings that would lie on each other are shown on one row, close by.
  useEffect(
    () => fit(base.current, closer ?? box, { maxZoom, duration: 0 }),
    [closer, box, maxZoom],
  );
  return (
    <div className="import-map-frame map-view">
      <div ref={container} className="import-map-canvas" />
      <ZoomControls
        onZoom={(steps) => base.current?.map.easeTo({ zoom: base.current.map.getZoom() + steps })}
        onFit={() => fit(base.current, box, { maxZoom, duration: 300 })}
      />
    </div>
  );
}

/**
 * Closer than this no border or name is left to find one's way by. Readings that are compared have to
 * be told apart as well: half a kilometre is about 55 CSS pixels then.
 */
const CLOSEST = { plain: 10, compared: 12.5 };

/** Brings every place into the small map; `duration` in milliseconds. */
function fit(
  base: BaseMap | null,
  box: Bbox | null,
  { maxZoom, duration }: { readonly maxZoom: number; readonly duration: number },
): void {
  if (box !== null) base?.map.fitBounds([...box], { padding: 44, maxZoom, duration });
}

type KeyProps = {
  readonly places: readonly ImportPlace[];
  readonly names: readonly string[];
  readonly chosen: number;
  readonly isJudged: boolean;
};

/** What the dots mean and how many there are; a text for those who do not see the map. */
function MapKey({ places, names, chosen, isJudged }: KeyProps) {
  const { t } = useTranslation();
  const format = useFormats();
  const count = (status: RowStatus) => places.filter((place) => place.status === status).length;
  const warned = places.filter(({ isWarned }) => isWarned).length;
  if (places.length === 0) return <span>{t('imports.crs.noPlaces')}</span>;
  const [, ...others] = names;
  return (
    <ul className="import-key">
      {isJudged ? (
        <>
          {ROW_STATUSES.filter((status) => count(status) > 0).map((status) => (
            <li key={status}>
              <span className="import-dot" data-status={status} aria-hidden="true" />
              {t(`imports.tab.${status}`)} {format.number(count(status))}
            </li>
          ))}
          <li>{names[0]}</li>
        </>
      ) : (
        <ReadingKey index={0} name={names[0] ?? ''} isLettered={others.length > 0} />
      )}
      {warned > 0 ? (
        <li>
          <span className="import-dot" data-status="warned" aria-hidden="true" />
          {t('imports.tab.warned')} {format.number(warned)}
        </li>
      ) : null}
      {others.map((name, index) => (
        <ReadingKey
          key={name}
          index={index + 1}
          name={name}
          isLettered={!isJudged}
          isChosen={index === chosen}
        />
      ))}
      {comparisonBox(places) === null ? null : <li>{t('imports.crs.closeUp')}</li>}
    </ul>
  );
}

type ReadingProps = {
  readonly index: number;
  readonly name: string;
  readonly isLettered: boolean;
  readonly isChosen?: boolean;
};

/** How the places by one reading are drawn. */
function ReadingKey({ index, name, isLettered, isChosen = false }: ReadingProps) {
  return (
    <li className={isChosen ? 'is-chosen' : undefined}>
      <ReadingDot index={index} isLettered={isLettered} />
      {name}
    </li>
  );
}
