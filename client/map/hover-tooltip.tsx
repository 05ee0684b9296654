import { useTranslation } from 'react-i18next';
import { LEGEND_KEYS } from '#client/state/url-state.ts';
import type { Language } from '#client/state/url-state.ts';
import { useStore } from '#client/state/store.ts';
import { Swatch } from '#client/ui/swatch.tsx';
import { useFormats, useLang } from '#client/ui/use-format.ts';
import { lookOf } from '#client/ui/words.ts';
import type { MapStore, Spot } from './map-state.ts';
import { levelWordsOf, remarksOn, titleOf } from './map-words.ts';
import type { Counts, SeenFeature } from './seen-features.ts';

/** Width kept free right of the pointer before the card flips to its left, CSS pixels. */
const ROOM = 260;
const OFFSET = 16;

/** Name, level and counts of what is under the pointer. The same is in the list and the panel. */
export function HoverTooltip({ store }: { readonly store: MapStore }) {
  const { hovered, chooser } = useStore(store);
  const lang = useLang();
  if (hovered === null || chooser !== null) return null;
  const { feature, spot } = hovered;
  return (
    <div className="map-tooltip" style={placeOf(spot)} aria-hidden="true">
      <Heading feature={feature} lang={lang} />
      {feature.counts === null ? null : <CountRows counts={feature.counts} />}
      <Footer feature={feature} />
    </div>
  );
}

function Heading({ feature, lang }: { readonly feature: SeenFeature; readonly lang: Language }) {
  const { t } = useTranslation();
  const words = levelWordsOf(feature, t, lang);
  return (
    <div className="map-tooltip-head">
      <strong>{titleOf(feature, t, lang)}</strong>
      {words === '' ? null : (
        <span className="map-tooltip-level">
          {feature.legendKey === null ? null : <Swatch of={feature.legendKey} size="small" />}
          {words}
        </span>
      )}
    </div>
  );
}

function CountRows({ counts }: { readonly counts: Counts }) {
  const lang = useLang();
  const format = useFormats();
  const keys = LEGEND_KEYS.filter((key) => Number(key) > 0 || counts[key] > 0);
  return (
    <div className="map-tooltip-counts">
      {keys.map((key) => (
        <span key={key} className="map-tooltip-count">
          <Swatch of={key} size="small" />
          <span>{lookOf(key, lang).name}</span>
          <b>{format.number(counts[key])}</b>
        </span>
      ))}
    </div>
  );
}

function Footer({ feature }: { readonly feature: SeenFeature }) {
  return useFootLines(feature).map((line) => (
    <div key={line} className="map-tooltip-foot">
      {line}
    </div>
  ));
}

function useFootLines(feature: SeenFeature): readonly string[] {
  const { t } = useTranslation();
  const lang = useLang();
  const format = useFormats();
  const { kind, counts, assessed, total } = feature;
  if (kind === 'cell') return [t('map.cellHint')];
  if (kind !== 'region') return remarksOn(feature, t, lang);
  // What everyone is told has no counts.
  if (counts === null) return [];
  const figures = { assessed: format.number(assessed), total: format.number(total) };
  return [t('map.tooltipAssessed', figures)];
}

/** Beside the pointer, on the side with room. */
function placeOf({ x, y }: Spot): { readonly [key: string]: string } {
  const { innerWidth, innerHeight } = window;
  return {
    ...(x + ROOM > innerWidth
      ? { right: `${innerWidth - x + OFFSET}px` }
      : { left: `${x + OFFSET}px` }),
    ...(y + ROOM > innerHeight
      ? { bottom: `${innerHeight - y + OFFSET}px` }
      : { top: `${y + OFFSET}px` }),
  };
}
