import { useTranslation } from 'react-i18next';
import type { Assessment } from '#server/features/assessments/assessments.contract.ts';
import type { RiskPointDetail } from '#server/features/risk-points/risk-points.contract.ts';
import { useAssessments } from '#client/api/queries.ts';
import { Name } from '#client/ui/name.tsx';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { Section } from '#client/ui/section.tsx';
import { RowSkeletons } from '#client/ui/skeletons.tsx';
import { Swatch } from '#client/ui/swatch.tsx';
import { useFormats, useLang } from '#client/ui/use-format.ts';
import { levelName } from '#client/ui/words.ts';
import { withStanding } from './record-standing.ts';
import type { Standing } from './record-standing.ts';

/** The newest assessments of the point and its hazard sources; none is ever changed or removed. */
export function AssessmentRecords({ point }: { readonly point: RiskPointDetail }) {
  const { t } = useTranslation();
  const { data, error, refetch, dataUpdatedAt } = useAssessments(point.id);
  return (
    <Section title={t('riskPoint.assessments')}>
      {data === undefined && error === null ? <RowSkeletons rows={2} /> : null}
      {error !== null && data === undefined ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : null}
      {data?.items.length === 0 ? <p className="empty">{t('riskPoint.noAssessments')}</p> : null}
      <ul className="items">
        {withStanding(data?.items ?? [], dataUpdatedAt).map(({ item, standing }) => (
          <Record key={item.id} item={item} standing={standing} point={point} />
        ))}
      </ul>
    </Section>
  );
}

type RecordProps = {
  readonly item: Assessment;
  readonly standing: Standing;
  readonly point: RiskPointDetail;
};

function Record({ item, standing, point }: RecordProps) {
  const { t } = useTranslation();
  const format = useFormats();
  const lang = useLang();
  const subject = point.hazardSources.find((source) => source.id === item.subjectId) ?? point;
  const isCurrent = standing === 'in_force' || standing === 'system';
  return (
    <li className={`item${isCurrent ? '' : ' is-past'}`}>
      <Swatch of={item.level === null ? 'not_assessed' : (`${item.level}` as const)} />
      <div className="item-body">
        <p className="item-title">
          {item.level === null ? null : levelName(item.level, lang)}
          <span className="row-tag">{t(`riskPoint.assessmentState.${standing}`)}</span>
        </p>
        <p className="row-note mono">{item.explanation.formula}</p>
        <p className="row-note">
          <Name of={subject.names} />
          <span aria-hidden="true"> · </span>
          {format.date(item.assessedAt)}
        </p>
      </div>
    </li>
  );
}
