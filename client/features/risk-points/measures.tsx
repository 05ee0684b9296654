import { useTranslation } from 'react-i18next';
import type { RiskPointDetail } from '#server/features/risk-points/risk-points.contract.ts';
import { Name } from '#client/ui/name.tsx';
import { Section } from '#client/ui/section.tsx';
import { AddLink, ItemActions } from '#client/ui/edit-links.tsx';
import { useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';

/** Order of the hierarchy of controls: what removes the risk before what only limits the harm. */
const KINDS = ['engineering', 'management', 'training', 'ppe', 'emergency'] as const;

/** What is being done about it, by kind of measure. */
export function Measures({ point }: { readonly point: RiskPointDetail }) {
  const { t } = useTranslation();
  const lang = useLang();
  const groups = KINDS.map((kind) => ({
    kind,
    measures: point.measures.filter((measure) => measure.kind === kind),
  })).filter(({ measures }) => measures.length > 0);
  const sourceOf = (id: string | null) => point.hazardSources.find((source) => source.id === id);
  return (
    <Section
      title={t('riskPoint.measures')}
      count={String(point.measures.length)}
      action={
        <AddLink
          label={t('edit.add')}
          edit={{ kind: 'measure', id: null, riskPointId: point.id }}
        />
      }
    >
      {groups.length === 0 ? <p className="empty">{t('riskPoint.noMeasures')}</p> : null}
      {groups.map(({ kind, measures }) => (
        <div key={kind} className="measure-group">
          <h3 className="measure-kind">{t(`riskPoint.measureKind.${kind}`)}</h3>
          <ul className="measure-list">
            {measures.map((measure) => {
              const source = sourceOf(measure.hazardSourceId);
              return (
                <li key={measure.id} className="measure" data-testid={`measure-${measure.id}`}>
                  <span className="measure-text">
                    <Name of={measure.text} />
                    {source === undefined ? null : (
                      <span className="measure-of">
                        <Name of={source.names} />
                      </span>
                    )}
                  </span>
                  <ItemActions
                    edit={{ kind: 'measure', id: measure.id, riskPointId: point.id }}
                    remove={{
                      kind: 'measure',
                      id: measure.id,
                      version: measure.version,
                      name: nameIn(measure.text, lang),
                      along: null,
                      onGone: null,
                      onBack: null,
                    }}
                  />
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </Section>
  );
}
