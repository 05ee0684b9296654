import { useTranslation } from 'react-i18next';
import type { EnterpriseDetail } from '#server/features/enterprises/enterprises.contract.ts';
import { useEnterprise } from '#client/api/queries.ts';
import { CardHead } from '#client/ui/card-head.tsx';
import { Counts } from '#client/ui/counts.tsx';
import { Facts } from '#client/ui/facts.tsx';
import { FieldBadges } from '#client/ui/field-badges.tsx';
import { LevelChip } from '#client/ui/level-chip.tsx';
import { Name } from '#client/ui/name.tsx';
import { Place, RegionFlag } from '#client/ui/place.tsx';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { Restricted } from '#client/ui/restricted.tsx';
import { Section } from '#client/ui/section.tsx';
import { AddLink } from '#client/ui/edit-links.tsx';
import { CardSkeleton } from '#client/ui/skeletons.tsx';
import { RiskPointList } from '#client/ui/subject-lists.tsx';
import { useFormats } from '#client/ui/use-format.ts';
import { EnterpriseActions } from './enterprise-actions.tsx';

/** Card of an enterprise: who it is, what it holds, and its risk points. */
export function EnterprisePanel({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { data, error, refetch } = useEnterprise(id);
  if (error !== null && data === undefined) {
    return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) return <CardSkeleton />;
  const points = data.counts.total + data.counts.nNotApplicable;
  return (
    <>
      <CardHead
        names={data.names}
        kicker={<Kicker enterprise={data} />}
        chip={<LevelChip state={data.state} level={data.level} lastLevel={data.lastLevel} isMain />}
        canAskWhy={false}
        counts={data.counts}
      />
      <p className="rule-label">{t('enterprise.pointsHighest')}</p>
      <EnterpriseActions enterprise={data} />
      <RegionFlag flag={data.regionFlag} />
      <Counts counts={data.counts} />
      <EnterpriseFacts enterprise={data} />
      <Section
        title={t('enterprise.riskPoints')}
        count={format.number(points)}
        action={
          <AddLink
            label={t('edit.add')}
            edit={{ kind: 'risk-point', id: null, enterpriseId: id }}
          />
        }
      >
        <RiskPointList within={{ enterprise: id }} withOwner={false} />
      </Section>
    </>
  );
}

function Kicker({ enterprise }: { readonly enterprise: EnterpriseDetail }) {
  const { t } = useTranslation();
  return (
    <>
      <span>{t('enterprise.kind')}</span>
      <span className={`badge lifecycle-${enterprise.lifecycle}`}>
        {t(`enterprise.lifecycle.${enterprise.lifecycle}`)}
      </span>
      {enterprise.demo ? <span className="badge badge-demo">{t('enterprise.demo')}</span> : null}
    </>
  );
}

function EnterpriseFacts({ enterprise }: { readonly enterprise: EnterpriseDetail }) {
  const { t } = useTranslation();
  return (
    <Facts
      facts={[
        {
          label: t('enterprise.fields'),
          value: enterprise.fields.length === 0 ? null : <FieldBadges codes={enterprise.fields} />,
        },
        {
          label: t('enterprise.principalPost'),
          value:
            enterprise.principalPost === null ? (
              t('riskPoint.notRecorded')
            ) : (
              <Name of={enterprise.principalPost} />
            ),
        },
        {
          label: t('edit.principalName'),
          value: enterprise.withheld.includes('principalName') ? (
            <Restricted />
          ) : (
            enterprise.principalName
          ),
        },
        {
          label: t('enterprise.uscc'),
          value: enterprise.uscc === null ? null : <span className="mono">{enterprise.uscc}</span>,
        },
        { label: t('edit.uscc.reason'), value: enterprise.usccReason },
        { label: t('edit.category'), value: enterprise.category },
        { label: t('enterprise.address'), value: enterprise.address },
        { label: t('enterprise.industry'), value: enterprise.industry },
        { label: t('enterprise.position'), value: <Place position={enterprise.position} /> },
      ]}
    />
  );
}
