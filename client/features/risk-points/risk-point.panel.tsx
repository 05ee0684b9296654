import { useTranslation } from 'react-i18next';
import type { RiskPointDetail } from '#server/features/risk-points/risk-points.contract.ts';
import { useRiskPoint } from '#client/api/queries.ts';
import { useMay } from '#client/state/session-store.ts';
import { useStore } from '#client/state/store.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { CardHead } from '#client/ui/card-head.tsx';
import { LevelChip } from '#client/ui/level-chip.tsx';
import { RegionFlag } from '#client/ui/place.tsx';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { CardSkeleton } from '#client/ui/skeletons.tsx';
import { AssessmentForm } from './assessment.form.tsx';
import { AssessmentRecords } from './assessment-records.tsx';
import { HazardSources } from './hazard-sources.tsx';
import { Measures } from './measures.tsx';
import { Attributes, Responsibility, RiskPointFacts, StateFacts } from './risk-point-facts.tsx';
import { RiskPointActions } from './risk-point-actions.tsx';
import { RiskPointWhyView } from './risk-point-why.tsx';

/** Card of a risk point: its level, why, what is being done, and who must act. */
export function RiskPointPanel({ id }: { readonly id: string }) {
  const { data, error, refetch } = useRiskPoint(id);
  const { isWhyOpen, isFormOpen } = useStore(uiStore);
  const mayAssess = useMay('assessments.write');
  if (error !== null && data === undefined) {
    return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) return <CardSkeleton />;
  return (
    <>
      <CardHead
        names={data.names}
        kicker={<Kicker point={data} />}
        chip={<LevelChip state={data.state} level={data.level} lastLevel={data.lastLevel} isMain />}
        canAskWhy
      />
      <StateFacts point={data} />
      <RegionFlag flag={data.regionFlag} />
      {isWhyOpen ? <RiskPointWhyView id={id} isGraded={data.level !== null} /> : null}
      {isFormOpen && mayAssess ? (
        <AssessmentForm point={data} />
      ) : (
        <RiskPointActions point={data} />
      )}
      <Responsibility point={data} />
      <HazardSources point={data} />
      <Measures point={data} />
      <AssessmentRecords point={data} />
      <RiskPointFacts point={data} />
      <Attributes point={data} />
    </>
  );
}

function Kicker({ point }: { readonly point: RiskPointDetail }) {
  const { t } = useTranslation();
  return (
    <>
      <span>{t(`riskPoint.kind.${point.kind}`)}</span>
      {point.code === null ? null : <span className="mono">{point.code}</span>}
      {point.lifecycle === 'running' ? null : (
        <span className={`badge lifecycle-${point.lifecycle}`}>
          {t(`enterprise.lifecycle.${point.lifecycle}`)}
        </span>
      )}
      {point.demo ? <span className="badge badge-demo">{t('enterprise.demo')}</span> : null}
    </>
  );
}
