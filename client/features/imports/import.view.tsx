import { useEffect, useRef } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ImportReport } from '#server/features/imports/import-report.contract.ts';
import { isAtWork } from '#client/api/import-poll.ts';
import { dropRows, useImport } from '#client/api/imports.ts';
import { ApiProblem } from '#client/api/problem.ts';
import { bumpDataRevision } from '#client/state/data-revision.ts';
import { Name } from '#client/ui/name.tsx';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { CardSkeleton } from '#client/ui/skeletons.tsx';
import { useFormats } from '#client/ui/use-format.ts';
import { CancelButton } from './cancel-button.tsx';
import { ColumnsPart } from './columns.part.tsx';
import { CommitBar } from './commit-bar.tsx';
import { CommitSummary } from './commit-summary.tsx';
import { CoordinatesPart } from './coordinates.part.tsx';
import { FilePart } from './file.part.tsx';
import { bytesText } from './import-words.ts';
import { openTab } from './leaving.ts';
import { ProgressCard } from './progress-card.tsx';
import { RowsPart } from './rows.part.tsx';
import { PublicPlaceNotice } from './public-place-notice.tsx';
import { SameFileNotice } from './same-file-notice.tsx';
import { StateChip } from './state-chip.tsx';
import { StateNotice } from './state-notice.tsx';
import { useKeptNotice } from './use-kept-notice.ts';

/** One import, from what was understood to what was written; it can be left and come back to. */
export function ImportView({ id }: { readonly id: string }) {
  const { data: report, error, refetch } = useImport(id);
  useArrivals(report);
  useKeptNotice(id, report);
  if (report === undefined) {
    return (
      <div className="imports-body">
        {error === null ? (
          <CardSkeleton />
        ) : (
          <ProblemNotice error={error} onRetry={() => void refetch()} />
        )}
      </div>
    );
  }
  const isLost = isAtWork(report.state) && error !== null;
  const { state } = report;
  const hasRows = state === 'ready' || state === 'committing' || state === 'committed';
  const isOver = state === 'failed' || state === 'cancelled';
  return (
    <>
      <div className="imports-body">
        <Facts report={report} />
        {isLost ? <LostNotice error={error} /> : null}
        {isAtWork(state) ? <ProgressCard report={report} /> : null}
        <StateNotice report={report} />
        <SameFileNotice report={report} />
        <PublicPlaceNotice report={report} />
        {state === 'committed' ? <CommitSummary report={report} /> : null}
        {isOver ? null : (
          <>
            <FilePart report={report} />
            <ColumnsPart report={report} />
            {report.crs === null ? null : <CoordinatesPart report={report} crs={report.crs} />}
          </>
        )}
        {hasRows ? <RowsPart report={report} /> : null}
      </div>
      {state === 'ready' || state === 'committing' ? <CommitBar report={report} /> : null}
    </>
  );
}

function Facts({ report }: { readonly report: ImportReport }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { state, problem } = report;
  return (
    <div className="import-facts">
      <StateChip state={state} />
      {report.rows > 0 ? (
        <span>{t('imports.rowCount', { rows: format.number(report.rows) })}</span>
      ) : null}
      <span>{bytesText(report.bytes)}</span>
      <span>{t('imports.sentAt', { time: format.dateTime(report.createdAt) })}</span>
      {problem !== null && state === 'ready' ? <Name of={problem} /> : null}
      {state === 'ready' ? <CancelButton id={report.id} isQuiet /> : null}
    </div>
  );
}

/** The work goes on without this page: only the news of it are missing. */
function LostNotice({ error }: { readonly error: Error | null }) {
  const { t } = useTranslation();
  const isNetwork = !(error instanceof ApiProblem) || error.slug === 'network';
  return (
    <output className="notice notice-warn" data-testid="import-lost">
      {isNetwork ? t('imports.progress.lost') : t('imports.progress.lostService')}
    </output>
  );
}

/** What follows when an import comes to rest: its rows are new, and after writing so is everything. */
function useArrivals(report: ImportReport | undefined): void {
  const client = useQueryClient();
  const last = useRef<ImportReport['state'] | null>(null);
  const id = report?.id;
  const state = report?.state;
  useEffect(() => {
    if (id === undefined || state === undefined) return;
    const before = last.current;
    last.current = state;
    if (before === null || before === state) return;
    if (state === 'committed') {
      bumpDataRevision();
      // What was looked at before is done with: the rows that were taken in are shown.
      openTab(null);
      void client.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] !== 'methods' && queryKey[0] !== 'import-fields',
      });
    } else if (before === 'reading') {
      void dropRows(client, id);
    }
  }, [client, id, state]);
}
