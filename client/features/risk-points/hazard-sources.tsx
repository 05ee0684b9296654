import { useTranslation } from 'react-i18next';
import type { HazardSource } from '#server/features/hazard-sources/hazard-sources.contract.ts';
import type { RiskPointDetail } from '#server/features/risk-points/risk-points.contract.ts';
import { legendKeyOf } from '#client/state/legend-filter.ts';
import { AddLink, ItemActions } from '#client/ui/edit-links.tsx';
import { Name } from '#client/ui/name.tsx';
import { Section } from '#client/ui/section.tsx';
import { Swatch } from '#client/ui/swatch.tsx';
import { useFormats, useLang } from '#client/ui/use-format.ts';
import { lookOf, nameIn } from '#client/ui/words.ts';

/** The hazard sources inside the point, worst first, each with level, score and method. */
export function HazardSources({ point }: { readonly point: RiskPointDetail }) {
  const { t } = useTranslation();
  const sources = point.hazardSources;
  return (
    <Section
      title={t('riskPoint.hazardSources')}
      count={String(sources.length)}
      action={
        <AddLink
          label={t('edit.add')}
          edit={{ kind: 'hazard-source', id: null, riskPointId: point.id }}
        />
      }
    >
      {sources.length === 0 ? <p className="empty">{t('riskPoint.noHazardSources')}</p> : null}
      <ul className="items">
        {sources.map((source) => (
          <Source key={source.id} source={source} />
        ))}
      </ul>
    </Section>
  );
}

function Source({ source }: { readonly source: HazardSource }) {
  const { t } = useTranslation();
  const format = useFormats();
  const lang = useLang();
  const key = legendKeyOf(source.state, source.level);
  const accidents = source.accidentTypes.map((names) => nameIn(names, lang));
  return (
    <li className="item" data-testid={`hazard-source-${source.id}`}>
      <Swatch of={key} lastLevel={source.lastLevel} size="large" />
      <div className="item-body">
        <p className="item-title">
          <Name of={source.names} />
        </p>
        <p className="row-note">
          <span className="row-level">{lookOf(key, lang).name}</span>
          <span aria-hidden="true"> · </span>
          {t(`riskPoint.hazardKind.${source.kind}`)}
          {source.score === null || source.method === null ? null : (
            <>
              <span aria-hidden="true"> · </span>
              {t('riskPoint.score', {
                method: source.method.toUpperCase(),
                score: format.score(source.score),
              })}
            </>
          )}
        </p>
        {accidents.length === 0 ? null : (
          <p className="row-note">
            {t('riskPoint.accidents', { list: accidents.join(t('app.listSeparator')) })}
          </p>
        )}
      </div>
      <ItemActions
        edit={{ kind: 'hazard-source', id: source.id, riskPointId: source.riskPointId }}
        remove={{
          kind: 'hazard-source',
          id: source.id,
          version: source.version,
          name: nameIn(source.names, lang),
          along: t('edit.delete.alongSource'),
          onGone: null,
          onBack: null,
        }}
      />
    </li>
  );
}
