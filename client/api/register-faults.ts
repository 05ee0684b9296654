import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { RegisterFaultKind } from '#server/domain/register-faults.ts';
import { listRegisterFaults } from '#server/features/register-faults/register-faults.contract.ts';
import { useViewPart } from '#client/state/view-store.ts';
import { call } from './client.ts';
import { PAGE_SIZE } from './queries.ts';

export type FaultsWithin = { readonly region: string } | { readonly enterprise: string };

/** Pages of what is wrong or missing in a register, kind by kind; the first one brings the counts. */
export function useRegisterFaults(within: FaultsWithin, kind: RegisterFaultKind | null) {
  const basis = useViewPart((view) => view.basis);
  const query = { ...within, kind: kind ?? undefined, basis, limit: String(PAGE_SIZE) };
  return useInfiniteQuery({
    queryKey: ['register-faults', query],
    queryFn: ({ signal, pageParam }) =>
      call(listRegisterFaults, { query: { ...query, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

/** How many faults of each kind; only their counts are looked at. */
export function useFaultCounts(within: FaultsWithin) {
  return useRegisterFaults(within, null).data?.pages[0]?.counts;
}
