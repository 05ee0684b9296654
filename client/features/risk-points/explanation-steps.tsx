import { useTranslation } from 'react-i18next';
import type { Explanation } from '#server/features/assessments/assessments.contract.ts';
import { LevelChip } from '#client/ui/level-chip.tsx';
import { Name } from '#client/ui/name.tsx';
import { Unverified } from '#client/ui/unverified.tsx';
import { useFormats } from '#client/ui/use-format.ts';
import { WhyStep } from '#client/ui/why-frame.tsx';

type Props = {
  readonly explanation: Explanation;
  readonly basis?: 'current' | 'inherent';
  /** RFC 3339; absent in a preview. */
  readonly assessedAt?: string;
};

/** The steps of one assessment: clause, factors with their scale text, formula, band, level. */
export function ExplanationSteps({ explanation, basis, assessedAt }: Props) {
  const { t } = useTranslation();
  const format = useFormats();
  const { band } = explanation;
  return (
    <>
      <WhyStep label={t('why.clause')}>
        <p>
          <Name of={explanation.clause} />
        </p>
        <p className="why-hint">
          <Name of={explanation.name} />
          <span aria-hidden="true"> · </span>
          <span className="mono">{explanation.version}</span>
        </p>
        {basis === undefined || assessedAt === undefined ? null : (
          <p className="why-hint">
            {t('why.basisIs', { basis: t(`controls.${basis}`) })}
            <span aria-hidden="true"> · </span>
            {t('why.assessedOn', { date: format.date(assessedAt) })}
          </p>
        )}
      </WhyStep>
      <WhyStep label={t('why.factors')}>
        <ul className="why-factors">
          {explanation.factors.map((factor) => (
            <li key={factor.id}>
              <span className="why-value mono">
                {t('why.factorValue', { id: factor.id, value: factor.value })}
              </span>
              <span>
                <strong>
                  <Name of={factor.name} />
                </strong>{' '}
                <Name of={factor.text} /> {factor.verified ? null : <Unverified />}
              </span>
            </li>
          ))}
        </ul>
      </WhyStep>
      <WhyStep label={t('why.formula')}>
        <p className="why-formula mono">{explanation.formula}</p>
      </WhyStep>
      <WhyStep label={t('why.band')}>
        <p>
          <span className="mono">{band.range}</span> <Name of={band.label} />{' '}
          {band.verified ? null : <Unverified />}
        </p>
        {band.level === null ? null : <LevelChip state="assessed" level={band.level} />}
      </WhyStep>
    </>
  );
}
