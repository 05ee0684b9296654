import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from './problem-notice.tsx';
import { RowSkeletons } from './skeletons.tsx';

type Page<T> = { readonly items: readonly T[]; readonly next: string | null };

/** The part of an infinite query that the list needs. */
export type Paged<T> = {
  readonly data: { readonly pages: readonly Page<T>[] } | undefined;
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly isPlaceholderData: boolean;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly isFetchNextPageError: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
  readonly refetch: () => Promise<unknown>;
};

type Props<T> = {
  readonly query: Paged<T>;
  readonly isShown: (item: T) => boolean;
  readonly renderRow: (item: T) => ReactNode;
  readonly empty: ReactNode;
};

/** Rows of a keyset-paged list; the next page is fetched when its end comes into view. */
export function PagedList<T>({ query, isShown, renderRow, empty }: Props<T>) {
  const { data, error, isPending, hasNextPage } = query;
  const items = (data?.pages ?? []).flatMap((page) => page.items).filter(isShown);
  if (isPending) return <RowSkeletons rows={6} />;
  if (error !== null && data === undefined) {
    return <ProblemNotice error={error} onRetry={() => void query.refetch()} />;
  }
  return (
    <div className={query.isPlaceholderData ? 'is-refreshing' : undefined}>
      {items.length === 0 && !hasNextPage ? empty : null}
      <ul className="rows" data-rows>
        {items.map(renderRow)}
      </ul>
      {hasNextPage ? <NextPage query={query} /> : null}
    </div>
  );
}

function NextPage<T>({ query }: { readonly query: Paged<T> }) {
  const { t } = useTranslation();
  const mark = useRef<HTMLDivElement>(null);
  const { fetchNextPage, isFetchingNextPage, isFetchNextPageError } = query;

  // Runs anew after each page: a page may add no visible row, and the mark then never leaves the view.
  useEffect(() => {
    const element = mark.current;
    if (element === null || isFetchingNextPage || isFetchNextPageError) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) void fetchNextPage();
      },
      { rootMargin: '400px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [fetchNextPage, isFetchingNextPage, isFetchNextPageError]);

  return (
    <div ref={mark} className="rows-more">
      {isFetchNextPageError ? (
        <ProblemNotice error={query.error} onRetry={() => void fetchNextPage()} />
      ) : (
        <button
          type="button"
          className="button button-quiet"
          disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {isFetchingNextPage ? t('list.loadingMore') : t('app.more')}
        </button>
      )}
    </div>
  );
}
