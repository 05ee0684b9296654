import { keepPreviousData, queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import type { ResponseOf } from '#server/contract/endpoint.ts';
import type { DegreeCrs } from '#server/domain/crs/crs.ts';
import { offsetMetres } from '#server/domain/geometry/offset-metres.ts';
import { listRiskPoints } from '#server/features/risk-points/risk-points.contract.ts';
import { searchAll } from '#server/features/search/search.contract.ts';
import { useMay } from '#client/state/session-store.ts';
import { useViewPart } from '#client/state/view-store.ts';
import { call } from './client.ts';

export type SearchAnswer = ResponseOf<typeof searchAll>;
export type SearchGroup = SearchAnswer['groups'][number];
export type SearchItem = SearchGroup['items'][number];

export type SearchAsked = {
  readonly q: string;
  /** System of a coordinate. */
  readonly crs: DegreeCrs;
  /** Null: everywhere. */
  readonly region: string | null;
};

/** Rows of each kind. */
const ROWS = 5;

/** What a text may mean; a newer text aborts the request for the older one. */
export function useSearch({ q, crs, region }: SearchAsked) {
  const basis = useViewPart((view) => view.basis);
  const query = { q, crs, basis, region: region ?? undefined, limit: String(ROWS) };
  const mayRead = useMay('register.read');
  return useQuery({
    queryKey: ['search', query],
    queryFn: ({ signal }) => call(searchAll, { query }, { signal }),
    enabled: mayRead && q !== '',
    placeholderData: keepPreviousData,
    staleTime: 20_000,
    retry: false,
  });
}

/** Regions that hold a position (`lng,lat`, degrees, WGS 84), from the root down; empty outside all of them. */
export function usePathAt(position: string) {
  return useQuery(pathAt(position));
}

/** Regions that hold each of several positions, as `usePathAt` tells them; undefined: not known yet. */
export function usePathsAt(positions: readonly string[]) {
  return useQueries({
    queries: positions.map(pathAt),
    combine: (answers) => answers.map(({ data }) => data),
  });
}

function pathAt(position: string) {
  return queryOptions({
    queryKey: ['path-at', position],
    queryFn: async ({ signal }) => {
      const { groups } = await call(searchAll, { query: { q: position, limit: '1' } }, { signal });
      return groups.find(({ kind }) => kind === 'coordinate')?.items[0]?.parentPath ?? [];
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** Risk points within a distance are looked for in a box of this half height, metres. */
export const NEAR_METRES = 2000;
const MOST_NEAR = 200;

/** Risk points round a position, the nearest first, with their distance in metres. */
export function useRiskPointsNear([lng, lat]: readonly [number, number]) {
  const basis = useViewPart((view) => view.basis);
  const bbox = boxRound(lng, lat)
    .map((degrees) => degrees.toFixed(6))
    .join(',');
  return useQuery({
    queryKey: ['risk-points-near', bbox, basis],
    queryFn: async ({ signal }) => {
      const query = { bbox, basis, limit: String(MOST_NEAR) };
      const { items, total } = await call(listRiskPoints, { query }, { signal });
      const near = items
        .map((item) => ({ item, metres: offsetMetres([lng, lat], item.position) }))
        .filter(({ metres }) => metres <= NEAR_METRES)
        .toSorted((a, b) => a.metres - b.metres);
      return { near, isWhole: (total ?? 0) <= MOST_NEAR };
    },
  });
}

/** A degree of latitude has 111.3 km everywhere, one of longitude less towards the poles. */
function boxRound(lng: number, lat: number): readonly [number, number, number, number] {
  const up = NEAR_METRES / 111_320;
  const across = up / Math.max(0.05, Math.cos((lat * Math.PI) / 180));
  return [
    Math.max(-180, lng - across),
    Math.max(-90, lat - up),
    Math.min(180, lng + across),
    Math.min(90, lat + up),
  ];
}
