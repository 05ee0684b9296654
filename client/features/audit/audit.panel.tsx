import { useTranslation } from 'react-i18next';
import { auditFileHref, useAudit } from '#client/api/audit.ts';
import { useAbout } from '#client/api/queries.ts';
import { isFiltered, NO_AUDIT_FILTER } from '#client/state/audit-filter.ts';
import type { AuditFilter } from '#client/state/audit-filter.ts';
import { viewStore } from '#client/state/view-store.ts';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { SidePage } from '#client/ui/side-page.tsx';
import { RowSkeletons } from '#client/ui/skeletons.tsx';
import { useLang } from '#client/ui/use-format.ts';
import './audit.css';
import { AuditFilters } from './audit-filters.tsx';
import { AuditTable } from './audit-table.tsx';

type Props = { readonly filter: AuditFilter };

const COMMAND = 'npm run cli -- audit verify';

/** What one looks for stands in the address: it can be sent to a colleague. */
const search = (filter: AuditFilter) =>
  viewStore.set({ page: { kind: 'audit', filter } }, 'replace');

/** Who did what, when and from where, for auditors. */
export function AuditPanel({ filter }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const { data: about, error, refetch } = useAbout();
  const timeZone = about?.timeZone;
  return (
    <SidePage page="audit" place={t('app.name')}>
      <p className="why-hint audit-verify">
        {t('audit.verify')} <code className="mono">{COMMAND}</code>
      </p>
      <AuditFilters filter={filter} onChange={search} />
      {timeZone === undefined ? (
        <>{error === null ? <RowSkeletons rows={8} /> : null}</>
      ) : (
        <>
          <p className="audit-tools">
            {isFiltered(filter) ? (
              <button
                type="button"
                className="link"
                data-testid="audit-clear"
                onClick={() => search(NO_AUDIT_FILTER)}
              >
                {t('audit.clear')}
              </button>
            ) : null}
            <a
              className="button"
              download
              data-testid="audit-file"
              href={auditFileHref(filter, { timeZone, language: lang === 'en' ? 'en' : 'zh' })}
            >
              {t('audit.file')}
            </a>
          </p>
          <Events filter={filter} timeZone={timeZone} />
        </>
      )}
      {timeZone === undefined && error !== null ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : null}
    </SidePage>
  );
}

function Events({ filter, timeZone }: Props & { readonly timeZone: string }) {
  const { t } = useTranslation();
  const query = useAudit(filter, timeZone);
  const { data, error, hasNextPage, isFetchingNextPage } = query;
  if (data === undefined) {
    return error === null ? (
      <RowSkeletons rows={8} />
    ) : (
      <ProblemNotice error={error} onRetry={() => void query.refetch()} />
    );
  }
  const events = data.pages.flatMap((page) => page.items);
  if (events.length === 0) {
    return (
      <p className="empty">{t(isFiltered(filter) ? 'audit.nothingFound' : 'audit.nothing')}</p>
    );
  }
  return (
    <div className={query.isPlaceholderData ? 'is-refreshing' : undefined}>
      <AuditTable events={events} filter={filter} timeZone={timeZone} onSearch={search} />
      {error === null ? null : (
        <ProblemNotice
          error={error}
          onRetry={() => void (hasNextPage ? query.fetchNextPage() : query.refetch())}
        />
      )}
      {hasNextPage ? (
        <div className="rows-more">
          <button
            type="button"
            className="button button-quiet"
            data-testid="audit-more"
            disabled={isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {isFetchingNextPage ? t('list.loadingMore') : t('app.more')}
          </button>
        </div>
      ) : null}
    </div>
  );
}
