import { useTranslation } from 'react-i18next';
import type { Paged } from '#client/ui/paged-list.tsx';
import { ProblemNotice } from '#client/ui/problem-notice.tsx';
import { useFormats } from '#client/ui/use-format.ts';

type Props = {
  readonly query: Pick<
    Paged<unknown>,
    'hasNextPage' | 'isFetchingNextPage' | 'isFetchNextPageError' | 'fetchNextPage' | 'error'
  >;
  readonly shown: number;
  readonly total: number;
};

/** How many of the rows are on screen, and the next page of them. */
export function MoreRows({ query, shown, total }: Props) {
  const { t } = useTranslation();
  const format = useFormats();
  if (!query.hasNextPage) return null;
  const next = () => void query.fetchNextPage();
  if (query.isFetchNextPageError) return <ProblemNotice error={query.error} onRetry={next} />;
  return (
    <p className="import-more">
      <span className="row-note">
        {t('imports.rows.shown', { shown: format.number(shown), total: format.number(total) })}
      </span>
      <button type="button" className="button" disabled={query.isFetchingNextPage} onClick={next}>
        {query.isFetchingNextPage ? t('list.loadingMore') : t('app.more')}
      </button>
    </p>
  );
}
