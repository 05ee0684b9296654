import type { KeyboardEvent, MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isolate, toggleHidden } from '#client/state/legend-filter.ts';
import type { LegendKey } from '#client/state/url-state.ts';
import { viewStore } from '#client/state/view-store.ts';
import { Swatch } from '#client/ui/swatch.tsx';
import { useFormats, useLang } from '#client/ui/use-format.ts';
import { lookOf } from '#client/ui/words.ts';

type Props = {
  readonly of: LegendKey;
  /** Null while the counts are on the way. */
  readonly count: number | null;
  readonly isHidden: boolean;
};

/** One class: click or Space shows and hides it, double-click, Alt-click or Shift+Space isolates. */
export function LegendRow({ of: key, count, isHidden }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const format = useFormats();
  const only = () => viewStore.set({ hide: isolate(viewStore.get().hide, key) }, 'replace');
  const toggle = () => viewStore.set({ hide: toggleHidden(viewStore.get().hide, key) }, 'replace');
  const onClick = (event: MouseEvent) => (event.altKey ? only() : toggle());
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== ' ' || !event.shiftKey) return;
    // Keeps the button from turning the same key into a click.
    event.preventDefault();
    only();
  };
  return (
    <li>
      <button
        type="button"
        className={`legend-row${isHidden ? ' is-hidden' : ''}`}
        data-testid={`legend-row-${key}`}
        aria-pressed={!isHidden}
        title={t('legend.rowHint')}
        onClick={onClick}
        // The two clicks before have switched it off and on again, so isolating starts clean.
        onDoubleClick={only}
        onKeyDown={onKeyDown}
      >
        <Swatch of={key} isHidden={isHidden} />
        <span className="legend-name">{lookOf(key, lang).name}</span>
        <span className="legend-count">{count === null ? '–' : format.number(count)}</span>
      </button>
    </li>
  );
}
