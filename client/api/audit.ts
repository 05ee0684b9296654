import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ResponseOf } from '#server/contract/endpoint.ts';
import { startOfDay } from '#server/domain/calendar-day.ts';
import {
  getAuditFile,
  listAudit,
  listAuditAccounts,
} from '#server/features/audit/audit.contract.ts';
import type { AuditFilter } from '#client/state/audit-filter.ts';
import { address, call } from './client.ts';
import { PAGE_SIZE } from './queries.ts';

export type AuditEvent = ResponseOf<typeof listAudit>['items'][number];

const NEXT_DAY_MS = 36 * 3_600_000;

/** What the service is asked: days of the register become instants. */
export function auditQuery({ account, action, subject, from, to }: AuditFilter, timeZone: string) {
  const begin = (day: string) => new Date(startOfDay(day, timeZone)).toISOString();
  return {
    account: account ?? undefined,
    action: action ?? undefined,
    subject: subject ?? undefined,
    from: from === null ? undefined : begin(from),
    to: to === null ? undefined : begin(dayAfter(to)),
  };
}

/** A day and a half after midnight it is the next day, whatever the clocks did. */
function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + NEXT_DAY_MS).toISOString().slice(0, 10);
}

/** Pages of events, the newest first. */
export function useAudit(filter: AuditFilter, timeZone: string) {
  const query = { ...auditQuery(filter, timeZone), limit: String(PAGE_SIZE) };
  return useInfiniteQuery({
    queryKey: ['audit', query],
    queryFn: ({ signal, pageParam }) =>
      call(listAudit, { query: { ...query, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

/** Those of whom the audit tells something. */
export function useAuditAccounts() {
  return useQuery({
    queryKey: ['audit', 'accounts'],
    queryFn: ({ signal }) => call(listAuditAccounts, {}, { signal }),
  }).data?.items;
}

/** Address of the file with the same events. */
export function auditFileHref(
  filter: AuditFilter,
  { timeZone, language }: { readonly timeZone: string; readonly language: 'zh' | 'en' },
): string {
  return address(getAuditFile.path, {}, { ...auditQuery(filter, timeZone), language });
}
