import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '#client/state/store.ts';
import { useLang } from '#client/ui/use-format.ts';
import type { MapStore } from './map-state.ts';
import { lineOf } from './map-words.ts';
import type { SeenFeature } from './seen-features.ts';

const ROWS = 8;

type Props = {
  readonly store: MapStore;
  readonly onPoint: (feature: SeenFeature | null) => void;
  readonly onChoose: (feature: SeenFeature) => void;
};

/**
 * The features in view as a list, the worst first: what a screen reader gets instead of the
 * canvas. Always there; it shows itself while it has the focus. Enter opens the chosen one.
 */
export function FeaturesListbox({ store, onPoint, onChoose }: Props) {
  const { seen } = useStore(store);
  const { t } = useTranslation();
  const lang = useLang();
  const [key, setKey] = useState('');
  const find = (wanted: string) => seen.find((feature) => feature.key === wanted) ?? null;
  const open = () => {
    const feature = find(key) ?? seen[0];
    if (feature !== undefined) onChoose(feature);
  };
  return (
    <select
      className="map-listbox"
      size={ROWS}
      value={find(key) === null ? '' : key}
      aria-label={seen.length === 0 ? t('map.seenEmpty') : t('map.seen')}
      data-testid="map-features"
      onChange={(event) => {
        setKey(event.target.value);
        onPoint(find(event.target.value));
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') open();
      }}
      onDoubleClick={open}
      onBlur={() => onPoint(null)}
    >
      {seen.map((feature) => (
        <option key={feature.key} value={feature.key} data-kind={feature.kind} data-id={feature.id}>
          {lineOf(feature, t, lang)}
        </option>
      ))}
    </select>
  );
}
