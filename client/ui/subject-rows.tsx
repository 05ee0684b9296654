import { useTranslation } from 'react-i18next';
import type { Enterprise } from '#server/features/enterprises/enterprises.contract.ts';
import type { RiskPoint } from '#server/features/risk-points/risk-points.contract.ts';
import { legendKeyOf } from '#client/state/legend-filter.ts';
import { useViewPart } from '#client/state/view-store.ts';
import { Name } from './name.tsx';
import { Row } from './row.tsx';
import { StackedBar } from './stacked-bar.tsx';
import { useFormats, useLang } from './use-format.ts';
import { lookOf } from './words.ts';

/** An enterprise in a list, with the shares of its risk points. */
export function EnterpriseRow({ item }: { readonly item: Enterprise }) {
  const { t } = useTranslation();
  const format = useFormats();
  const lang = useLang();
  const key = legendKeyOf(item.state, item.level);
  return (
    <Row
      to={{ kind: 'enterprise', id: item.id }}
      testId={`enterprise-row-${item.id}`}
      mark={{ of: key, lastLevel: item.lastLevel }}
      title={<Name of={item.names} />}
      aside={
        <>
          <span className="row-figure">{format.number(item.counts.total)}</span>
          <span className="row-note">
            {item.lifecycle === 'running'
              ? t('region.majorCount', { count: item.counts.n1 })
              : t(`enterprise.lifecycle.${item.lifecycle}`)}
          </span>
        </>
      }
    >
      <span className="visually-hidden">{lookOf(key, lang).name}</span>
      <StackedBar counts={item.counts} />
    </Row>
  );
}

type PointProps = {
  readonly item: RiskPoint;
  /** Inside an enterprise its own name need not be repeated on every row. */
  readonly withOwner: boolean;
};

/** A risk point in a list: who owns it, until when its assessment holds. */
export function RiskPointRow({ item, withOwner }: PointProps) {
  const { t } = useTranslation();
  const format = useFormats();
  const lang = useLang();
  const colour = useViewPart((view) => view.colour);
  const level = colour === 'dynamic' ? (item.dynamicLevel ?? item.level) : item.level;
  const key = legendKeyOf(item.state, level);
  return (
    <Row
      to={{ kind: 'risk-point', id: item.id }}
      testId={`risk-point-row-${item.id}`}
      mark={{ of: key, lastLevel: item.lastLevel }}
      title={<Name of={item.names} />}
      aside={item.dueAt === null ? undefined : <DueNote dueAt={item.dueAt} format={format.date} />}
    >
      <span className="row-note">
        <span className="row-level">{lookOf(key, lang).name}</span>
        <span aria-hidden="true"> · </span>
        {withOwner && item.enterprise !== null ? (
          <Name of={item.enterprise.names} />
        ) : (
          t(`riskPoint.kind.${item.kind}`)
        )}
      </span>
    </Row>
  );
}

function DueNote({ dueAt, format }: { dueAt: string; format: (iso: string) => string }) {
  const { t } = useTranslation();
  return (
    <span className="row-note" title={t('riskPoint.dueLabel')}>
      {t('riskPoint.dueShort', { date: format(dueAt) })}
    </span>
  );
}
