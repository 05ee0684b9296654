import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '#client/state/store.ts';
import { useLang } from '#client/ui/use-format.ts';
import type { MapStore } from './map-state.ts';
import { lineOf } from './map-words.ts';
import type { SeenFeature } from './seen-features.ts';

type Props = {
  readonly store: MapStore;
  readonly onPoint: (feature: SeenFeature | null) => void;
  readonly onChoose: (feature: SeenFeature) => void;
};

/**
 * The features in view as a list, the worst first: what a screen reader gets instead of the
 * canvas. Always there; it shows itself while it has the focus.
 */
export function FeaturesListbox({ store, onPoint, onChoose }: Props) {
  const { seen } = useStore(store);
  const { t } = useTranslation();
  const lang = useLang();
  const id = useId();
  const [active, setActive] = useState(0);
  const at = Math.min(active, seen.length - 1);
  const move = (to: number) => {
    const next = Math.max(0, Math.min(seen.length - 1, to));
    setActive(next);
    onPoint(seen[next] ?? null);
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: seen.length - 1 }[event.key];
    if (target !== undefined) move(target);
    const chosen = event.key === 'Enter' || event.key === ' ' ? seen[at] : undefined;
    if (chosen !== undefined) onChoose(chosen);
    if (target !== undefined || chosen !== undefined) event.preventDefault();
  };
  return (
    <div
      className="map-listbox"
      role="listbox"
      tabIndex={0}
      aria-label={seen.length === 0 ? t('map.seenEmpty') : t('map.seen')}
      {...(seen.length === 0 ? {} : { 'aria-activedescendant': `${id}-${at}` })}
      data-testid="map-features"
      onKeyDown={onKeyDown}
      onFocus={() => onPoint(seen[at] ?? null)}
      onBlur={() => onPoint(null)}
    >
      {seen.map((feature, index) => (
        <div
          key={feature.key}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          data-kind={feature.kind}
          data-id={feature.id}
          onClick={() => onChoose(feature)}
        >
          {lineOf(feature, t, lang)}
        </div>
      ))}
    </div>
  );
}
