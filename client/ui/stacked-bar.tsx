import { useTranslation } from 'react-i18next';
import type { PointCounts } from '#server/contract/level.contract.ts';
import { LEGEND_KEYS } from '#client/state/url-state.ts';
import { useViewPart } from '#client/state/view-store.ts';
import { useFormats, useLang } from './use-format.ts';
import { countOf, lookOf } from './words.ts';

type Props = { readonly counts: PointCounts; readonly size?: 'row' | 'panel' };

/** Shares of the classes, always in the order 1-2-3-4, not assessed, expired, not applicable. */
export function StackedBar({ counts, size = 'row' }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const format = useFormats();
  const hide = useViewPart((view) => view.hide);
  const parts = LEGEND_KEYS.map((key) => ({ key, count: countOf(counts, key) })).filter(
    ({ count }) => count > 0,
  );
  const label = parts
    .map(({ key, count }) => `${lookOf(key, lang).name} ${format.number(count)}`)
    .join(t('app.listSeparator'));
  return (
    <>
      <span className="visually-hidden">{label === '' ? t('count.none') : label}</span>
      <span className={`bar bar-${size}`} aria-hidden="true">
        {parts.map(({ key, count }) => (
          <span
            key={key}
            className={`bar-part class-${key}${hide.includes(key) ? ' is-hidden' : ''}`}
            style={{ flexGrow: count }}
          />
        ))}
      </span>
    </>
  );
}
