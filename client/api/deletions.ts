import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { listDeletions } from '#server/features/deletions/deletions.contract.ts';
import { call } from './client.ts';
import { PAGE_SIZE } from './queries.ts';

/** Pages of what was deleted in the region and not restored, the newest first; undefined: everywhere. */
export function useDeletions(region: string | undefined) {
  const query = { region, limit: String(PAGE_SIZE) };
  return useInfiniteQuery({
    queryKey: ['deletions', query],
    queryFn: ({ signal, pageParam }) =>
      call(listDeletions, { query: { ...query, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}
