import { useEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '#client/state/store.ts';
import { CloseIcon } from '#client/ui/icons.tsx';
import { Swatch } from '#client/ui/swatch.tsx';
import { useLang } from '#client/ui/use-format.ts';
import type { MapStore } from './map-state.ts';
import { levelWordsOf, titleOf } from './map-words.ts';
import type { SeenFeature } from './seen-features.ts';

const WIDTH = 300;

type Props = {
  readonly store: MapStore;
  readonly onChoose: (feature: SeenFeature) => void;
  /** The chooser is closed without a choice: focus goes back to the map. */
  readonly onDismiss: () => void;
};

/** Several things lie under one click: a short list instead of a guess. Arrows cycle, Escape closes. */
export function ChooserPopup({ store, onChoose, onDismiss }: Props) {
  const { chooser } = useStore(store);
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (chooser !== null) list.current?.querySelector('button')?.focus();
  }, [chooser]);
  if (chooser === null) return null;
  const { features, spot } = chooser;
  const close = () => {
    store.set({ chooser: null });
    onDismiss();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };
  return (
    <dialog
      open
      className="map-chooser"
      aria-label={t('map.choose', { count: features.length })}
      style={{
        left: `max(8px, min(${spot.x - WIDTH / 2}px, calc(100% - ${WIDTH + 8}px)))`,
        top: `max(8px, min(${spot.y + 14}px, calc(100% - 300px)))`,
      }}
    >
      <div className="map-chooser-head">
        <span>{t('map.choose', { count: features.length })}</span>
        <button
          type="button"
          className="map-chooser-close"
          aria-label={t('app.close')}
          onKeyDown={onKeyDown}
          onClick={close}
        >
          <CloseIcon size={16} />
        </button>
      </div>
      <ul ref={list}>
        {features.map((feature) => (
          <li key={feature.key}>
            <button type="button" onKeyDown={onKeyDown} onClick={() => onChoose(feature)}>
              <Choice feature={feature} />
            </button>
          </li>
        ))}
      </ul>
    </dialog>
  );
}

function Choice({ feature }: { readonly feature: SeenFeature }) {
  const { t } = useTranslation();
  const lang = useLang();
  return (
    <>
      {feature.legendKey === null ? null : <Swatch of={feature.legendKey} />}
      <span className="map-chooser-name">
        {titleOf(feature, t, lang)}
        <small>
          {feature.kind === 'enterprise' ? t('map.enterprise') : t('map.riskPoint')} ·{' '}
          {levelWordsOf(feature, t, lang)}
        </small>
      </span>
    </>
  );
}
