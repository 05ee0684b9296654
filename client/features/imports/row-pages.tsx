import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportReport } from '#server/features/imports/import-report.contract.ts';
import { useImportRows } from '#client/api/imports.ts';
import type { RowStatusTab } from '#client/api/imports.ts';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { RowSkeletons } from '#client/ui/skeletons.tsx';
import { useFormats } from '#client/ui/use-format.ts';
import { ChangeList } from './change-list.tsx';
import { tableColumns } from './columns.ts';
import { MoreRows } from './more-rows.tsx';
import { RowTable } from './row-table.tsx';

type Props = { readonly report: ImportReport; readonly status: RowStatusTab };

/** The rows of one tab: field by field where they change something, else as a table. */
export function RowPages({ report, status }: Props) {
  const { t } = useTranslation();
  const format = useFormats();
  const [isUnfolded, setUnfolded] = useState(false);
  const query = useImportRows(report.id, status, true);
  const { data, error, isPending } = query;
  const rows = (data?.pages ?? []).flatMap(({ items }) => items);
  if (isPending) return <RowSkeletons rows={4} />;
  if (error !== null && data === undefined) {
    return <ProblemNotice error={error} onRetry={() => void query.refetch()} />;
  }
  if (rows.length === 0) return <p className="empty">{t(`imports.empty.${status}`)}</p>;
  const columns = tableColumns(report, rows, isUnfolded);
  const hidden = report.columns.length - columns.length;
  return (
    <>
      {status === 'changed' ? (
        <ChangeList report={report} rows={rows} />
      ) : (
        <>
          {hidden > 0 || isUnfolded ? (
            <button
              type="button"
              className="link import-unfold"
              aria-expanded={isUnfolded}
              onClick={() => setUnfolded(!isUnfolded)}
            >
              {isUnfolded
                ? t('imports.rows.fold')
                : t('imports.rows.unfold', { columns: format.number(report.columns.length) })}
            </button>
          ) : null}
          <RowTable
            report={report}
            columns={columns}
            rows={rows}
            canEdit={report.state === 'ready' && status === 'faulty'}
          />
        </>
      )}
      <MoreRows query={query} shown={rows.length} total={report[status]} />
    </>
  );
}
