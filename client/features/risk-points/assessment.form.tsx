import { useRef } from 'react';
import type { SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Method } from '#server/features/methods/methods.contract.ts';
import type { RiskPointDetail } from '#server/features/risk-points/risk-points.contract.ts';
import { useSaveAssessment } from '#client/api/assess.ts';
import { ApiProblem } from '#client/api/problem.ts';
import { useMethods } from '#client/api/queries.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { Section } from '#client/ui/section.tsx';
import { RowSkeletons } from '#client/ui/skeletons.tsx';
import { useLang } from '#client/ui/use-format.ts';
import { levelName, nameIn } from '#client/ui/words.ts';
import { AssessmentPreview } from './assessment-preview.tsx';
import { FactorField } from './factor-field.tsx';
import { faultsByField } from './form-faults.ts';
import { SubjectFields } from './subject-fields.tsx';
import { useAssessmentForm } from './use-assessment-form.ts';

/** Assesses the point or one of its hazard sources; the level is calculated, never picked. */
export function AssessmentForm({ point }: { readonly point: RiskPointDetail }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useMethods(true);
  return (
    <Section
      title={t('form.title')}
      action={
        <button type="button" className="link" onClick={() => uiStore.set({ isFormOpen: false })}>
          {t('form.cancel')}
        </button>
      }
    >
      {data === undefined && error === null ? <RowSkeletons rows={4} /> : null}
      {data === undefined && error !== null ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : null}
      {data === undefined ? null : <LoadedForm point={point} methods={data.items} />}
    </Section>
  );
}

type LoadedProps = { readonly point: RiskPointDetail; readonly methods: readonly Method[] };

function LoadedForm({ point, methods }: LoadedProps) {
  const { t } = useTranslation();
  const form = useAssessmentForm(point, methods);
  const { save, submit } = useSubmit(point, form);
  const problem = save.error instanceof ApiProblem ? save.error : null;
  const faults = faultsByField(
    problem?.faults ?? [],
    form.version?.factors.map(({ id }) => id) ?? [],
  );
  return (
    <form className="form" onSubmit={submit} noValidate data-testid="assessment-form">
      {form.isRestored ? (
        <p className="filter-notes">
          <span>{t('form.draftKept')}</span>
          <button type="button" className="link" onClick={form.clear}>
            {t('form.discard')}
          </button>
        </p>
      ) : null}
      <SubjectFields point={point} methods={methods} form={form} />
      {form.version?.factors.map((factor) => (
        <FactorField
          key={`${form.draft.version}-${factor.id}`}
          factor={factor}
          value={form.values[factor.id]}
          fault={faults.factors[factor.id]}
          onChange={(value) => form.setFactor(factor.id, value)}
        />
      ))}
      <AssessmentPreview form={form} />
      {save.error === null ? null : <ProblemNotice error={save.error} lead={t('form.failed')} />}
      {faults.others.map((fault) => (
        <p key={fault} className="fault">
          {fault}
        </p>
      ))}
      <p className="why-hint">{t('form.inForce')}</p>
      <button
        type="submit"
        className="button button-primary button-wide"
        data-testid="assessment-save"
        disabled={!form.isComplete || save.isPending}
      >
        {save.isPending ? t('form.saving') : t('form.save')}
      </button>
    </form>
  );
}

function useSubmit(point: RiskPointDetail, form: ReturnType<typeof useAssessmentForm>) {
  const { t } = useTranslation();
  const lang = useLang();
  const save = useSaveAssessment();
  // A second click before the button is disabled would store the assessment twice.
  const isSending = useRef(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!form.isComplete || isSending.current) return;
    isSending.current = true;
    const { subjectId, method, version, basis } = form.draft;
    const source = point.hazardSources.find(({ id }) => id === subjectId);
    save.mutate(
      {
        subject: { kind: source === undefined ? 'risk_point' : 'hazard_source', id: subjectId },
        body: { method, version, basis, inputs: { ...form.values } },
      },
      {
        onSuccess: (saved) => {
          form.clear();
          const toast =
            saved.level === null
              ? t('form.savedShort')
              : t('form.saved', {
                  subject: nameIn((source ?? point).names, lang),
                  level: levelName(saved.level, lang),
                });
          uiStore.set({ isFormOpen: false, toast: { text: toast } });
        },
        onSettled: () => {
          isSending.current = false;
        },
      },
    );
  };
  return { save, submit };
}
