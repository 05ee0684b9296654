import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { placeStore } from '#client/state/place-store.ts';
import { useStore } from '#client/state/store.ts';
import { useLang } from '#client/ui/use-format.ts';
import type { MapStore } from './map-state.ts';
import { lengthOf, lineOf } from './map-words.ts';
import type { Counts } from './seen-features.ts';

/** The live region waits until the map has been still for so long, milliseconds. */
const QUIET_MS = 900;

/** A hairline over the map while tiles are on their way; never in the way. */
export function BusyBar({ store }: { readonly store: MapStore }) {
  const { isBusy } = useStore(store);
  return <div className="map-busy" data-busy={isBusy} aria-hidden="true" />;
}

/** Where the keyboard points: Enter opens what lies under it. */
export function Crosshair({ store }: { readonly store: MapStore }) {
  const { isAiming, centre } = useStore(store);
  const { onPlace } = useStore(placeStore);
  const { t } = useTranslation();
  if (!isAiming) return null;
  return (
    <div
      className="map-crosshair"
      style={{ left: `${centre.x}px`, top: `${centre.y}px` }}
      aria-hidden="true"
    >
      <svg width="44" height="44" viewBox="-22 -22 44 44">
        <path d="M-20 0H-6M6 0H20M0-20V-6M0 6V20" className="map-crosshair-halo" />
        <path d="M-20 0H-6M6 0H20M0-20V-6M0 6V20" />
      </svg>
      {onPlace === null ? <span>{t('map.aim')}</span> : null}
    </div>
  );
}

type LiveProps = { readonly store: MapStore; readonly counts: Counts | null };

/** Says politely, once the map is still, how wide the view is and what it holds. */
export function LiveRegion({ store, counts }: LiveProps) {
  const { extent, spoken } = useStore(store);
  const { t } = useTranslation();
  const lang = useLang();
  const [said, setSaid] = useState('');
  const parts = [];
  if (extent !== null) {
    const width = lengthOf(extent.width, t);
    parts.push(t('map.extent', { width, height: lengthOf(extent.height, t) }));
  }
  if (counts !== null) {
    const sum = Object.entries(counts).reduce(
      (total, [key, count]) => (key === 'not_applicable' ? total : total + count),
      0,
    );
    parts.push(t('map.seenPoints', { count: sum }));
    parts.push(t('map.seenMajor', { count: counts['1'] }));
  }
  const text = spoken === null ? parts.join(t('app.listSeparator')) : lineOf(spoken, t, lang);
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), spoken === null ? QUIET_MS : 0);
    return () => clearTimeout(timer);
  }, [text, spoken]);
  return (
    <output className="visually-hidden" aria-live="polite" data-testid="map-live">
      {said}
    </output>
  );
}
