import {
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { ResponseOf } from '#server/contract/endpoint.ts';
import { listImportFields } from '#server/features/imports/import-files.contract.ts';
import {
  cancelImport,
  changeImport,
  commitImport,
  createImport,
  fixImportRow,
  getImport,
  listImportPlaces,
  listImportRows,
  listImports,
  listMissingRows,
} from '#server/features/imports/imports.contract.ts';
import type { ImportReport, ImportRow } from '#server/features/imports/import-report.contract.ts';
import type { RowTab } from '#client/state/url-state.ts';
import { call } from './client.ts';
import type { InputOf } from './client.ts';
import { pollDelay } from './import-poll.ts';

/** Rows of one page of an import. */
const ROW_PAGE = 100;

export type ImportChange = NonNullable<InputOf<typeof changeImport>['body']>;
export type ImportUpload = {
  readonly query: NonNullable<InputOf<typeof createImport>['query']>;
  readonly file: Blob;
};
/** Another reading of the coordinates, to be compared with the present one. */
export type OtherReading = { readonly crs: string; readonly swapped: boolean };
/** Rows by what writing them would do; `missing` are records, not rows. */
export type RowStatusTab = Exclude<RowTab, 'missing'>;

type RowPages = InfiniteData<{ items: ImportRow[]; next: string | null }, string | undefined>;

/**
 * Tried whatever the browser thinks of the network: the service may well be on this machine, and a
 * failure that is told is better than a wait without a word.
 */
const ALWAYS = { networkMode: 'always' } as const;

const keys = {
  list: ['imports'],
  one: (id: string) => ['import', id],
  rows: (id: string) => ['import-rows', id],
  places: (id: string) => ['import-places', id],
  missing: (id: string) => ['import-missing', id],
};

/** Earlier imports, the newest first; asked for again while one of them is at work. */
export function useImports() {
  return useQuery({
    queryKey: keys.list,
    queryFn: ({ signal }) => call(listImports, { query: { limit: '20' } }, { signal }),
    staleTime: 0,
    refetchInterval: (query) =>
      query.state.data?.items.some(({ state }) => pollDelay({ state }) !== false) === true
        ? 5000
        : false,
  });
}

/** One import; while work is under way it is asked for again and again, seldom from a hidden page. */
export function useImport(id: string) {
  return useQuery({
    queryKey: keys.one(id),
    queryFn: ({ signal }) => call(getImport, { params: { id } }, { signal }),
    ...ALWAYS,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      pollDelay({
        state: state.data?.state,
        isHidden: document.hidden,
        hasFailed: state.status === 'error',
      }),
    refetchIntervalInBackground: true,
  });
}

/** Pages of rows in the order of the file. They stay as they are until the tab is opened again. */
export function useImportRows(id: string, status: RowStatusTab, isEnabled: boolean) {
  return useInfiniteQuery({
    queryKey: [...keys.rows(id), status],
    queryFn: ({ signal, pageParam }) =>
      call(
        listImportRows,
        { params: { id }, query: { status, limit: String(ROW_PAGE), cursor: pageParam } },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: isEnabled,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The first rows, whatever becomes of them: examples of what stands in the columns. */
export function useFirstRows(id: string, isEnabled: boolean) {
  return useQuery({
    queryKey: [...keys.rows(id), 'first'],
    queryFn: ({ signal }) =>
      call(listImportRows, { params: { id }, query: { limit: '5' } }, { signal }),
    enabled: isEnabled,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Where the rows lie as they are read, or by the first reading while none is decided. */
export function useImportPlaces(id: string, isEnabled: boolean) {
  return useQuery({ ...placesBy(id, null), enabled: isEnabled });
}

/** Where each of several other readings would put the rows, in their order. */
export function useOtherPlaces(id: string, others: readonly OtherReading[]) {
  return useQueries({
    queries: others.map((other) => placesBy(id, other)),
    combine: answersOfReadings,
  });
}

type Places = ResponseOf<typeof listImportPlaces>;

function answersOfReadings(
  answers: readonly { readonly data: Places | undefined; readonly isFetching: boolean }[],
) {
  return {
    places: answers.map(({ data }) => data?.items),
    offsets: answers.map(({ data }) => data?.offsetMetres ?? null),
    isFetching: answers.some(({ isFetching }) => isFetching),
  };
}

function placesBy(id: string, other: OtherReading | null) {
  const query =
    other === null ? {} : ({ crs: other.crs, swapped: other.swapped ? 'true' : 'false' } as const);
  return queryOptions({
    queryKey: [...keys.places(id), query],
    queryFn: ({ signal }) => call(listImportPlaces, { params: { id }, query }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Records of the same source that the file leaves out. */
export function useMissingRows(id: string) {
  return useInfiniteQuery({
    queryKey: keys.missing(id),
    queryFn: ({ signal, pageParam }) =>
      call(
        listMissingRows,
        { params: { id }, query: { limit: String(ROW_PAGE), cursor: pageParam } },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

/** Fields that a column may fill; they change with the program only. */
export function useImportFields(kind: ImportReport['kind']) {
  return useQuery({
    queryKey: ['import-fields', kind],
    queryFn: ({ signal }) => call(listImportFields, { params: { kind } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Sends a file; the answer comes when it is read, or after ten seconds while it is being read. */
export function useCreateImport() {
  const client = useQueryClient();
  return useMutation({
    ...ALWAYS,
    mutationFn: ({ query, file }: ImportUpload) => call(createImport, { query, upload: file }),
    onSuccess: (report) => keepReport(client, report),
  });
}

/** Has the rows read again another way; without a change they are compared with the register anew. */
export function useChangeImport(id: string) {
  const client = useQueryClient();
  return useMutation({
    ...ALWAYS,
    mutationFn: (body: ImportChange) => call(changeImport, { params: { id }, body }),
    onSuccess: (report) => {
      keepReport(client, report);
      return dropRows(client, id);
    },
    onError: () => client.invalidateQueries({ queryKey: keys.one(id) }),
  });
}

export function useCancelImport() {
  const client = useQueryClient();
  return useMutation({
    ...ALWAYS,
    mutationFn: (id: string) => call(cancelImport, { params: { id } }),
    onSuccess: (report) => keepReport(client, report),
  });
}

/** Corrects cells of one row; its new judgement takes its place where it stands. */
export function useFixRow(id: string) {
  const client = useQueryClient();
  return useMutation({
    ...ALWAYS,
    mutationFn: ({ row, cells }: { row: number; cells: Readonly<Record<string, string>> }) =>
      call(fixImportRow, { params: { id, row: String(row) }, body: { cells: { ...cells } } }),
    onSuccess: async (fixed) => {
      client.setQueriesData<RowPages>(
        { queryKey: keys.rows(id), predicate: ({ queryKey }) => queryKey[2] !== 'first' },
        (pages) => pages && withRow(pages, fixed),
      );
      void client.invalidateQueries({ queryKey: keys.places(id) });
      // Other tabs are read anew when they are opened; the one on screen keeps its rows.
      void client.invalidateQueries({ queryKey: keys.rows(id), refetchType: 'none' });
      await client.invalidateQueries({ queryKey: keys.one(id) });
    },
  });
}

/** Writes the rows in one transaction, the faulty ones left out where that is asked for. */
export function useCommitImport(id: string) {
  const client = useQueryClient();
  return useMutation({
    ...ALWAYS,
    mutationFn: (skipFaulty: boolean) =>
      call(commitImport, { params: { id }, body: { skipFaulty } }),
    onSuccess: (report) => keepReport(client, report),
    onError: () => lookAgain(client, id),
  });
}

/** The register or the import is not as this page thinks: everything about it is read anew. */
async function lookAgain(client: QueryClient, id: string): Promise<void> {
  await client.invalidateQueries({ queryKey: keys.one(id) });
  await dropRows(client, id);
}

/** Forgets what is known of the rows: they were read again. */
export function dropRows(client: QueryClient, id: string): Promise<void[]> {
  return Promise.all(
    [keys.rows(id), keys.places(id), keys.missing(id)].map((queryKey) =>
      client.resetQueries({ queryKey }),
    ),
  );
}

function keepReport(client: QueryClient, report: ImportReport): void {
  client.setQueryData(keys.one(report.id), report);
  void client.invalidateQueries({ queryKey: keys.list });
}

function withRow(pages: RowPages, fixed: ImportRow): RowPages {
  return {
    ...pages,
    pages: pages.pages.map((page) => ({
      ...page,
      items: page.items.map((row) => (row.row === fixed.row ? fixed : row)),
    })),
  };
}
