import { useTranslation } from 'react-i18next';
import { useEvaluation } from '#client/api/assess.ts';
import { LevelChip } from '#client/ui/level-chip.tsx';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { useFormats, useLang } from '#client/ui/use-format.ts';
import { nameIn } from '#client/ui/words.ts';
import { ExplanationSteps } from './explanation-steps.tsx';
import type { AssessmentFormState } from './use-assessment-form.ts';

/** Score, level and reason of what is chosen, before anything is stored. */
export function AssessmentPreview({ form }: { readonly form: AssessmentFormState }) {
  const { t } = useTranslation();
  const format = useFormats();
  const lang = useLang();
  const { draft, values, isComplete, missing } = form;
  const { data, error, refetch } = useEvaluation(
    isComplete ? values : null,
    draft.method,
    draft.version,
  );
  return (
    <div className="preview" aria-live="polite" data-testid="assessment-preview">
      <h3 className="why-label">{t('form.preview')}</h3>
      {isComplete ? null : (
        <p className="why-hint">
          {missing.length === form.version?.factors.length
            ? t('form.previewEmpty')
            : t('form.previewRemaining', {
                list: missing
                  .map(({ id, name }) => `${id} ${nameIn(name, lang)}`)
                  .join(t('app.listSeparator')),
              })}
        </p>
      )}
      {isComplete && error !== null ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : null}
      {isComplete && error === null && data !== undefined ? (
        <>
          <p className="preview-result">
            {data.level === null ? null : <LevelChip state="assessed" level={data.level} />}
            <span>{t('form.score', { score: format.score(data.score) })}</span>
          </p>
          <ol className="why-chain">
            <ExplanationSteps explanation={data.explanation} />
          </ol>
        </>
      ) : null}
    </div>
  );
}
