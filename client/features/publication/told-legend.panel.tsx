import { useTranslation } from 'react-i18next';
import { LEVELS } from '#server/domain/level.ts';
import { usePublication } from '#client/api/publication.ts';
import type { LegendKey } from '#client/state/url-state.ts';
import { Name } from '#client/ui/name.tsx';
import { Swatch } from '#client/ui/swatch.tsx';
import { useLang } from '#client/ui/use-format.ts';
import { lookOf } from '#client/ui/words.ts';

/** The key to what everyone is told: nothing to switch, for there is one view. */
export function ToldLegendPanel() {
  const { t } = useTranslation();
  const lang = useLang();
  const publication = usePublication().data?.publication ?? null;
  if (publication === null) return null;
  return (
    <div className="legend" data-testid="told-legend">
      <div className="legend-head">
        <h2 className="legend-title">{t('legend.title')}</h2>
      </div>
      <ul className="told-legend-rows">
        {LEVELS.map((level) => (
          <li key={level}>
            <Swatch of={String(level) as LegendKey} />
            <span>{lookOf(String(level) as LegendKey, lang).name}</span>
          </li>
        ))}
        <li>
          <Swatch of="not_assessed" />
          <span>{t('level.insufficient')}</span>
        </li>
        <li>
          <span className="swatch swatch-medium swatch-blank" aria-hidden="true" />
          <span>{t('publication.withheldLong', { least: publication.leastTold })}</span>
        </li>
      </ul>
      <div className="legend-foot">
        <p>
          <Name of={publication.ruleLabel} />
        </p>
        <p>
          {t('legend.basis', { basis: t(`controls.${publication.basis}`) })} ·{' '}
          {t('publication.day', { day: publication.day })}
        </p>
      </div>
    </div>
  );
}
