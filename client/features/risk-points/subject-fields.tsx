import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Method } from '#server/features/methods/methods.contract.ts';
import type { RiskPointDetail } from '#server/features/risk-points/risk-points.contract.ts';
import { Name } from '#client/ui/name.tsx';
import { Unverified } from '#client/ui/unverified.tsx';
import { useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import type { AssessmentFormState } from './use-assessment-form.ts';

type Props = {
  readonly point: RiskPointDetail;
  readonly methods: readonly Method[];
  readonly form: AssessmentFormState;
};

/** What is assessed, on which basis, by which method and variant. */
export function SubjectFields({ point, methods, form }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const { draft, method, version } = form;
  return (
    <>
      <NativeSelect
        label={t('form.subject')}
        value={draft.subjectId}
        data-testid="assessment-subject"
        onChange={(event) => form.setSubject(event.currentTarget.value)}
        data={[
          ...point.hazardSources.map(({ id, names }) => ({
            value: id,
            label: nameIn(names, lang),
          })),
          { value: point.id, label: t('form.subjectPoint') },
        ]}
      />
      <div className="field">
        <span className="field-label">{t('form.basis')}</span>
        <SegmentedControl
          fullWidth
          aria-label={t('form.basis')}
          value={draft.basis}
          onChange={(next) => form.setBasis(next === 'inherent' ? 'inherent' : 'current')}
          data={[
            { value: 'current', label: t('form.basisCurrent') },
            { value: 'inherent', label: t('form.basisInherent') },
          ]}
        />
      </div>
      <div className="field">
        <span className="field-label">{t('form.method')}</span>
        <SegmentedControl
          fullWidth
          aria-label={t('form.method')}
          value={draft.method}
          onChange={form.setMethod}
          data={methods.map(({ id, names }) => ({ value: id, label: nameIn(names, lang) }))}
        />
      </div>
      {method !== undefined && method.versions.length > 1 ? (
        <NativeSelect
          label={t('form.version')}
          value={draft.version}
          data-testid="assessment-version"
          onChange={(event) => form.setVersion(event.currentTarget.value)}
          data={method.versions.map((each) => ({
            value: each.version,
            label: nameIn(each.name, lang),
          }))}
        />
      ) : null}
      {version === undefined ? null : (
        <p className="why-hint">
          <Name of={version.clause} /> {version.verified ? null : <Unverified />}
        </p>
      )}
    </>
  );
}
