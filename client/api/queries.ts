import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { getAbout } from '#server/features/about/about.contract.ts';
import { listRiskPointAssessments } from '#server/features/assessments/assessments.contract.ts';
import {
  getEnterprise,
  listEnterprises,
} from '#server/features/enterprises/enterprises.contract.ts';
import { listMethods } from '#server/features/methods/methods.contract.ts';
import {
  getRegionSummary,
  getRegionWhy,
  listRegionChildren,
} from '#server/features/regions/regions.contract.ts';
import type { RegionSummary } from '#server/features/regions/regions.contract.ts';
import {
  getRiskPoint,
  getRiskPointWhy,
  listRiskPoints,
} from '#server/features/risk-points/risk-points.contract.ts';
import { useMay } from '#client/state/session-store.ts';
import { useViewPart } from '#client/state/view-store.ts';
import { call } from './client.ts';
import { ApiProblem } from './problem.ts';

const MINUTE_MS = 60_000;
/** Rows of one page of a list. */
export const PAGE_SIZE = 50;

/** What a list shows; the keys are query parameters of the list endpoints. */
export type ListFilter = {
  readonly region?: string | undefined;
  readonly enterprise?: string | undefined;
  /** west,south,east,north in degrees, WGS 84. */
  readonly bbox?: string | undefined;
  readonly level?: string | undefined;
  readonly dynamic?: string | undefined;
  readonly state?: string | undefined;
  readonly q?: string | undefined;
};

/** Retries only what another try can heal, twice. */
export function shouldRetry(failures: number, error: Error): boolean {
  return failures < 2 && error instanceof ApiProblem && error.isTransient;
}

/** The part of the view that counts and colours depend on, as query parameters. */
export function useScope() {
  const rule = useViewPart((view) => view.rule);
  const basis = useViewPart((view) => view.basis);
  const colour = useViewPart((view) => view.colour);
  const field = useViewPart((view) => view.field) ?? undefined;
  return { rule, basis, colour, field };
}

/** Version, data time, fields and credits. */
export function useAbout() {
  return useQuery({
    queryKey: ['about'],
    queryFn: ({ signal }) => call(getAbout, {}, { signal }),
    staleTime: MINUTE_MS,
  });
}

/** Counts and area colour of a region. Shows what a list already knew until the answer is there. */
export function useRegionSummary(code: string | null) {
  const query = useScope();
  const client = useQueryClient();
  const mayRead = useMay('register.read');
  return useQuery({
    queryKey: ['region', code, query],
    queryFn: ({ signal }) =>
      call(getRegionSummary, { params: { code: code ?? '' }, query }, { signal }),
    enabled: mayRead && code !== null,
    placeholderData: (previous) =>
      previous?.code === code ? previous : findListedRegion(client, code, query),
  });
}

function findListedRegion(client: QueryClient, code: string | null, scope: object) {
  const lists = client.getQueriesData<{ items: RegionSummary[] }>({
    queryKey: ['region-children'],
  });
  return lists
    .filter(([key]) => JSON.stringify(key[2]) === JSON.stringify(scope))
    .flatMap(([, list]) => list?.items ?? [])
    .find((item) => item.code === code);
}

/** Summaries of the regions directly below. */
export function useRegionChildren(code: string) {
  const query = useScope();
  const mayRead = useMay('register.read');
  return useQuery({
    queryKey: ['region-children', code, query],
    enabled: mayRead,
    queryFn: ({ signal }) => call(listRegionChildren, { params: { code }, query }, { signal }),
    placeholderData: (previous, last) => (last?.queryKey[1] === code ? previous : undefined),
  });
}

/** Why the area has its colour; asked for only when it is open. */
export function useRegionWhy(code: string, enabled: boolean) {
  const query = useScope();
  return useQuery({
    queryKey: ['region-why', code, query],
    queryFn: ({ signal }) => call(getRegionWhy, { params: { code }, query }, { signal }),
    enabled,
    placeholderData: (previous) => (previous?.region.code === code ? previous : undefined),
  });
}

export function useEnterprise(id: string | null) {
  const basis = useViewPart((view) => view.basis);
  const mayRead = useMay('register.read');
  return useQuery({
    queryKey: ['enterprise', id, basis],
    queryFn: ({ signal }) =>
      call(getEnterprise, { params: { id: id ?? '' }, query: { basis } }, { signal }),
    enabled: mayRead && id !== null,
    placeholderData: (previous) => (previous?.id === id ? previous : undefined),
  });
}

/** Pages of enterprises, worst level first. */
export function useEnterprises(filter: ListFilter) {
  const { basis, field } = useScope();
  const { enterprise: _, dynamic: __, ...rest } = filter;
  const query = { ...rest, basis, field, limit: String(PAGE_SIZE) };
  return useInfiniteQuery({
    queryKey: ['enterprises', query],
    queryFn: ({ signal, pageParam }) =>
      call(listEnterprises, { query: { ...query, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** Pages of risk points, worst level first. */
export function useRiskPoints(filter: ListFilter) {
  const { basis, field } = useScope();
  const query = { ...filter, basis, field, limit: String(PAGE_SIZE) };
  return useInfiniteQuery({
    queryKey: ['risk-points', query],
    queryFn: ({ signal, pageParam }) =>
      call(listRiskPoints, { query: { ...query, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useRiskPoint(id: string | null) {
  const basis = useViewPart((view) => view.basis);
  const mayRead = useMay('register.read');
  return useQuery({
    queryKey: ['risk-point', id, basis],
    queryFn: ({ signal }) =>
      call(getRiskPoint, { params: { id: id ?? '' }, query: { basis } }, { signal }),
    enabled: mayRead && id !== null,
    placeholderData: (previous) => (previous?.id === id ? previous : undefined),
  });
}

/** Why the risk point has its colour; asked for only when it is open. */
export function useRiskPointWhy(id: string, enabled: boolean) {
  const basis = useViewPart((view) => view.basis);
  return useQuery({
    queryKey: ['risk-point-why', id, basis],
    queryFn: ({ signal }) =>
      call(getRiskPointWhy, { params: { id }, query: { basis } }, { signal }),
    enabled,
    placeholderData: (previous) => (previous?.id === id ? previous : undefined),
  });
}

/** The newest assessments of a risk point and of its hazard sources. */
export function useAssessments(riskPointId: string) {
  const basis = useViewPart((view) => view.basis);
  return useQuery({
    queryKey: ['assessments', riskPointId, basis],
    queryFn: ({ signal }) =>
      call(
        listRiskPointAssessments,
        { params: { id: riskPointId }, query: { basis, limit: '20' } },
        { signal },
      ),
  });
}

/** The assessment methods; they change rarely. */
export function useMethods(enabled: boolean) {
  return useQuery({
    queryKey: ['methods'],
    queryFn: ({ signal }) => call(listMethods, {}, { signal }),
    enabled,
    staleTime: 30 * MINUTE_MS,
  });
}
