import { useTranslation } from 'react-i18next';
import type { RiskPointWhy } from '#server/features/risk-points/risk-points.contract.ts';
import { useRiskPointWhy } from '#client/api/queries.ts';
import { LevelChip } from '#client/ui/level-chip.tsx';
import { Name } from '#client/ui/name.tsx';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { RowSkeletons } from '#client/ui/skeletons.tsx';
import { WhyFrame, WhyStep } from '#client/ui/why-frame.tsx';
import { ExplanationSteps } from './explanation-steps.tsx';

type Props = { readonly id: string; readonly isGraded: boolean };

/** The chain clause → factors → formula → band → level → 就高 → dynamic level, with its figures. */
export function RiskPointWhyView({ id, isGraded }: Props) {
  const { t } = useTranslation();
  const { data, error, refetch } = useRiskPointWhy(id, true);
  const explanation = data?.deciding?.explanation;
  return (
    <WhyFrame
      isGraded={isGraded}
      hasUnverified={explanation !== undefined && !explanation.verified}
    >
      {data === undefined && error === null ? <RowSkeletons rows={4} /> : null}
      {error !== null && data === undefined ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : null}
      {data === undefined ? null : (
        <ol className="why-chain">
          {data.deciding === null ? (
            <WhyStep label={t('why.level')}>{t('why.noAssessment')}</WhyStep>
          ) : (
            <ExplanationSteps
              explanation={data.deciding.explanation}
              basis={data.deciding.basis}
              assessedAt={data.deciding.assessedAt}
            />
          )}
          <WorstOf why={data} />
          <Dynamic why={data} />
        </ol>
      )}
    </WhyFrame>
  );
}

function WorstOf({ why }: { readonly why: RiskPointWhy }) {
  const { t } = useTranslation();
  if (why.subjects.length === 0) return null;
  return (
    <WhyStep label={t('why.worstOf')}>
      <p>
        <Name of={why.rule} />
      </p>
      <ul className="why-subjects">
        {why.subjects.map((subject) => (
          <li key={subject.id} className={subject.decides ? 'is-deciding' : undefined}>
            <span className="why-subject-name">
              <Name of={subject.names} />
              {subject.decides ? <span className="row-tag">{t('why.decides')}</span> : null}
            </span>
            <LevelChip state={subject.state} level={subject.level} lastLevel={subject.lastLevel} />
          </li>
        ))}
      </ul>
    </WhyStep>
  );
}

function Dynamic({ why }: { readonly why: RiskPointWhy }) {
  const { t } = useTranslation();
  const { level, applies } = why.dynamic;
  return (
    <WhyStep label={t('why.dynamic')}>
      {level === null ? null : <LevelChip state="assessed" level={level} />}
      <p>{applies.length === 0 ? t('why.dynamicNone') : t('why.dynamicRaised')}</p>
      {applies.length === 0 ? null : (
        <ul className="measure-list">
          {applies.map((rule) => (
            <li key={rule.id}>
              <Name of={rule.text} />
            </li>
          ))}
        </ul>
      )}
    </WhyStep>
  );
}
