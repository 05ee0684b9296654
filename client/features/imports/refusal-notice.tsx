import { useTranslation } from 'react-i18next';
import { ApiProblem } from '#client/api/problem.ts';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { WarnIcon } from '#client/ui/icons.tsx';

const REMEDIES = [
  'payload-too-large',
  'unsupported-media-type',
  'overloaded',
  'invalid-request',
  'rule-violation',
  'network',
] as const;

type Props = { readonly error: Error; readonly onRetry?: () => void };

/** A file that was refused: every reason at once, and what to do about it. */
export function RefusalNotice({ error, onRetry }: Props) {
  const { t } = useTranslation();
  if (!(error instanceof ApiProblem) || error.slug === 'internal') {
    return <ProblemNotice error={error} onRetry={onRetry} />;
  }
  const remedy = REMEDIES.find((slug) => slug === error.slug) ?? 'rule-violation';
  const faults = error.faults.filter(({ detail }) => detail !== error.detail);
  return (
    <div className="notice notice-error" role="alert" data-testid="import-refused">
      <WarnIcon />
      <div className="notice-body">
        <p className="notice-title">
          {error.slug === 'network' ? t('problem.title.network') : t('imports.refused.title')}
        </p>
        {error.detail === null ? null : <p>{error.detail}</p>}
        {faults.length === 0 ? null : (
          <ul className="import-reasons">
            {faults.map((fault) => (
              <li key={`${fault.pointer ?? fault.parameter ?? ''} ${fault.detail}`}>
                {fault.detail}
              </li>
            ))}
          </ul>
        )}
        <p>{t(`imports.refused.${remedy}`)}</p>
        {error.instance === null ? null : (
          <p className="notice-detail">{t('problem.instance', { id: error.instance })}</p>
        )}
      </div>
    </div>
  );
}
