import { useTranslation } from 'react-i18next';
import { useMissingRows } from '#client/api/imports.ts';
import { Name } from '#client/ui/name.tsx';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { RowSkeletons } from '#client/ui/skeletons.tsx';
import { MoreRows } from './more-rows.tsx';

/** Records of the same source that the file leaves out: they stay as they are. */
export function MissingList({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const query = useMissingRows(id);
  const { data, error, isPending } = query;
  const items = (data?.pages ?? []).flatMap((page) => page.items);
  if (isPending) return <RowSkeletons rows={3} />;
  if (error !== null && data === undefined) {
    return <ProblemNotice error={error} onRetry={() => void query.refetch()} />;
  }
  if (items.length === 0) return <p className="empty">{t('imports.empty.missing')}</p>;
  return (
    <>
      <ul className="import-missing">
        {items.map((item) => (
          <li key={item.id}>
            <span>
              <Name of={item.names} />
            </span>
            <span className="row-note">{t(`imports.subject.${item.subject}`)}</span>
          </li>
        ))}
      </ul>
      <MoreRows query={query} shown={items.length} total={items.length} />
    </>
  );
}
