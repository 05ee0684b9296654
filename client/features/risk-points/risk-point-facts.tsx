import { useTranslation } from 'react-i18next';
import { controlFault, defaultControlLevel } from '#server/domain/control.ts';
import type { RiskPointDetail } from '#server/features/risk-points/risk-points.contract.ts';
import { Facts } from '#client/ui/facts.tsx';
import { FieldBadges } from '#client/ui/field-badges.tsx';
import { WarnIcon } from '#client/ui/icons.tsx';
import { LevelChip } from '#client/ui/level-chip.tsx';
import { Name } from '#client/ui/name.tsx';
import { Place } from '#client/ui/place.tsx';
import { Restricted } from '#client/ui/restricted.tsx';
import { Section } from '#client/ui/section.tsx';
import { useFormats, useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';

type Props = { readonly point: RiskPointDetail };

/** Since when, until when, and the dynamic level beside the assessed one. */
export function StateFacts({ point }: Props) {
  const { t } = useTranslation();
  const format = useFormats();
  const { dynamicLevel, level, dueAt } = point;
  return (
    <div className="state-facts">
      {dynamicLevel === null ? null : (
        <p className="dynamic-line">
          <span className="dynamic-label">
            {t('riskPoint.dynamic')}
            {t('app.colon')}
          </span>
          {dynamicLevel === level ? (
            t('riskPoint.dynamicSame')
          ) : (
            <>
              <LevelChip state="assessed" level={dynamicLevel} />
              <span className="row-note">{t('riskPoint.dynamicRaised')}</span>
            </>
          )}
        </p>
      )}
      <p className="roll-up-line">
        <span className="unbroken">{t('riskPoint.since', { date: format.date(point.since) })}</span>
        {dueAt === null ? null : (
          <>
            {' · '}
            <span className="unbroken">
              {point.state === 'expired'
                ? t('riskPoint.overdue', { date: format.date(dueAt) })
                : t('riskPoint.due', { date: format.date(dueAt) })}
            </span>
          </>
        )}
      </p>
    </div>
  );
}

/** Who must act: control level, department and post. */
export function Responsibility({ point }: Props) {
  const { t } = useTranslation();
  const { controlLevel, department, post } = point;
  const lang = useLang();
  const fault = controlLevel === null ? null : controlFault(point.level, controlLevel);
  const usual = point.level === null ? null : defaultControlLevel[point.level];
  const missing = t('riskPoint.notRecorded');
  return (
    <Section title={t('riskPoint.responsible')}>
      <Facts
        facts={[
          {
            label: t('riskPoint.controlLevel.label'),
            value:
              controlLevel !== null ? (
                t(`riskPoint.controlLevel.${controlLevel}`)
              ) : usual === null ? (
                missing
              ) : (
                <>
                  {missing}{' '}
                  <span className="row-note">
                    {t('riskPoint.controlUsual', {
                      control: t(`riskPoint.controlLevel.${usual}`),
                    })}
                  </span>
                </>
              ),
          },
          {
            label: t('riskPoint.department'),
            value: department === null ? missing : <Name of={department} />,
          },
          { label: t('riskPoint.post'), value: post === null ? missing : <Name of={post} /> },
          {
            label: t('edit.person'),
            value: point.withheld.includes('person') ? <Restricted /> : point.person,
          },
        ]}
      />
      {fault === null ? null : (
        <p className="notice notice-warn">
          <WarnIcon size={16} /> {nameIn(fault, lang)}
        </p>
      )}
    </Section>
  );
}

/** Further columns of the register as they were imported, under their own names. */
export function Attributes({ point }: Props) {
  const { t } = useTranslation();
  const facts = Object.entries(point.attributes).map(([label, value]) => ({ label, value }));
  const isWithheld = point.withheld.includes('attributes');
  if (!isWithheld && facts.every(({ value }) => value === '')) return null;
  return (
    <Section title={t('riskPoint.attributes')}>
      {isWithheld ? <Restricted /> : <Facts facts={facts} />}
    </Section>
  );
}

/** What kind of place it is and where. */
export function RiskPointFacts({ point }: Props) {
  const { t } = useTranslation();
  return (
    <Facts
      facts={[
        {
          label: t('enterprise.fields'),
          value: point.fields.length === 0 ? null : <FieldBadges codes={point.fields} />,
        },
        { label: t('edit.category'), value: point.category },
        { label: t('edit.location'), value: point.location },
        { label: t('enterprise.position'), value: <Place position={point.position} /> },
      ]}
    />
  );
}
