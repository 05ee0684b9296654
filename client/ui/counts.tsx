import { useTranslation } from 'react-i18next';
import type { PointCounts } from '#server/contract/level.contract.ts';
import { LEGEND_KEYS } from '#client/state/url-state.ts';
import type { LegendKey } from '#client/state/url-state.ts';
import { StackedBar } from './stacked-bar.tsx';
import { Swatch } from './swatch.tsx';
import { useFormats, useLang } from './use-format.ts';
import { countOf, isGrey, lookOf } from './words.ts';

/** Assessed x of y, the bar, and one tile per class; the three grey kinds are never added up. */
export function Counts({ counts }: { readonly counts: PointCounts }) {
  const { t } = useTranslation();
  const format = useFormats();
  const share = counts.total === 0 ? null : counts.assessed / counts.total;
  return (
    <section className="counts" aria-label={t('count.label')}>
      <p className="counts-line">
        <span>
          {t('count.assessedOf', {
            assessed: format.number(counts.assessed),
            total: format.number(counts.total),
          })}
        </span>
        {share === null ? null : <span className="counts-share">{format.share(share)}</span>}
      </p>
      <StackedBar counts={counts} size="panel" />
      <ul className="tiles">
        {LEGEND_KEYS.map((key) => (
          <Tile key={key} of={key} count={countOf(counts, key)} />
        ))}
      </ul>
      {counts.nNotApplicable === 0 ? null : (
        <p className="counts-note">
          {t('count.excluded', {
            all: format.number(counts.total + counts.nNotApplicable),
            count: format.number(counts.nNotApplicable),
          })}
        </p>
      )}
    </section>
  );
}

function Tile({ of: key, count }: { readonly of: LegendKey; readonly count: number }) {
  const { t } = useTranslation();
  const lang = useLang();
  const format = useFormats();
  const name = lookOf(key, lang).name;
  const label = isGrey(key) ? name : t(`level.short.${key}`);
  return (
    <li className={`tile${count === 0 ? ' is-zero' : ''}`} data-class={key} title={name}>
      <span className="tile-count">{format.number(count)}</span>
      <span className="tile-label">
        <Swatch of={key} size="small" />
        {label}
      </span>
    </li>
  );
}
