import { useQuery } from '@tanstack/react-query';
import {
  getPublication,
  getToldRegion,
} from '#server/features/publication/publication.contract.ts';
import { getRegion } from '#server/features/regions/regions.contract.ts';
import { useIsShut } from '#client/state/session-store.ts';
import { call } from './client.ts';

const MINUTE_MS = 60_000;

/** What everyone is told; asked for by whoever sees nothing else. */
export function usePublication() {
  const isShut = useIsShut();
  return useQuery({
    queryKey: ['publication'],
    queryFn: ({ signal }) => call(getPublication, {}, { signal }),
    enabled: isShut,
    staleTime: MINUTE_MS,
  });
}

/** An area as everyone is told it, and those directly below. */
export function useToldRegion(code: string) {
  return useQuery({
    queryKey: ['told-region', code],
    queryFn: ({ signal }) => call(getToldRegion, { params: { code } }, { signal }),
    placeholderData: (previous) => (previous?.area.code === code ? previous : undefined),
  });
}

/** A region without any figure: it is open to everyone. */
export function useRegion(code: string | null) {
  return useQuery({
    queryKey: ['open-region', code],
    queryFn: ({ signal }) => call(getRegion, { params: { code: code ?? '' } }, { signal }),
    enabled: code !== null,
    staleTime: MINUTE_MS,
  });
}
