import { useTranslation } from 'react-i18next';
import { ApiProblem } from '#client/api/problem.ts';
import type { FailureSlug } from '#client/api/problem.ts';
import { useAbout } from '#client/api/queries.ts';
import { WarnIcon } from './icons.tsx';
import { NodeLink } from './node-link.tsx';
import { PageLink } from './page-link.tsx';

type Props = {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
  /** Shown first, e.g. that nothing was lost. */
  readonly lead?: string | undefined;
};

const WITH_OWN_STEP = [
  'not-found',
  'unauthenticated',
  'forbidden',
  'gone',
  'network',
  'invalid-request',
  'invalid-body',
  'rule-violation',
  'too-many-requests',
  'overloaded',
  'query-timeout',
  'stale',
  'conflict',
] as const satisfies readonly FailureSlug[];

/** Asking again changes nothing. */
const WITHOUT_RETRY: readonly FailureSlug[] = ['not-found', 'unauthenticated', 'forbidden'];

/** A failure in plain words: what happened, one next step, and a number for the administrator. */
export function ProblemNotice({ error, onRetry, lead }: Props) {
  const { t } = useTranslation();
  const problem =
    error instanceof ApiProblem ? error : new ApiProblem({ slug: 'unreadable', status: 0 });
  const step = WITH_OWN_STEP.find((slug) => slug === problem.slug) ?? 'default';
  return (
    <div className="notice notice-error" role="alert">
      <WarnIcon />
      <div className="notice-body">
        <p className="notice-title">{t(`problem.title.${problem.slug}`)}</p>
        {lead === undefined ? null : <p>{lead}</p>}
        <p>{t(`problem.next.${step}`)}</p>
        {problem.retryAfterSeconds === null ? null : (
          <p>{t('problem.retryAfter', { seconds: problem.retryAfterSeconds })}</p>
        )}
        {problem.detail === null || problem.slug === 'not-found' ? null : (
          <p className="notice-detail">{problem.detail}</p>
        )}
        {problem.instance === null ? null : (
          <p className="notice-detail">{t('problem.instance', { id: problem.instance })}</p>
        )}
        {problem.slug === 'not-found' ? <RootLink /> : null}
        {problem.slug === 'unauthenticated' ? (
          <PageLink to={{ kind: 'sign-in' }} className="button">
            {t('account.signIn')}
          </PageLink>
        ) : null}
        {onRetry === undefined || WITHOUT_RETRY.includes(problem.slug) ? null : (
          <button type="button" className="button" onClick={onRetry}>
            {t('app.retry')}
          </button>
        )}
      </div>
    </div>
  );
}

/** What is not found has no known parent: the way back starts at the root. */
function RootLink() {
  const { t } = useTranslation();
  const root = useAbout().data?.roots[0];
  if (root === undefined) return null;
  return (
    <NodeLink to={{ kind: 'region', code: root }} className="button">
      {t('problem.goUp')}
    </NodeLink>
  );
}
