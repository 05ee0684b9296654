import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ResponseOf } from '#server/contract/endpoint.ts';
import {
  createAccount,
  createGrant,
  createKey,
  createRecoveryLink,
  listAccounts,
  listKeys,
  revokeGrant,
  revokeKey,
  updateAccount,
} from '#server/features/accounts/accounts.contract.ts';
import {
  getEnterprise,
  listEnterprises,
} from '#server/features/enterprises/enterprises.contract.ts';
import { listJurisdictions } from '#server/features/jurisdictions/jurisdictions.contract.ts';
import { getRegion, listRegions } from '#server/features/regions/regions.contract.ts';
import { call, reloadSession } from './client.ts';
import type { InputOf } from './client.ts';

export type Account = ResponseOf<typeof listAccounts>['items'][number];
export type Grant = Account['grants'][number];
export type ApiKey = ResponseOf<typeof listKeys>['items'][number];
export type NewGrant = NonNullable<InputOf<typeof createGrant>['body']>;

/** All accounts with their grants, by name. */
export function useAccounts() {
  return useQuery({
    queryKey: ['accounts'],
    queryFn: ({ signal }) => call(listAccounts, {}, { signal }),
  });
}

export function useKeys() {
  return useQuery({
    queryKey: ['keys'],
    queryFn: ({ signal }) => call(listKeys, {}, { signal }),
  });
}

/** Supervising units with an area of their own: a province has some dozens at most. */
export function useJurisdictions() {
  return useQuery({
    queryKey: ['jurisdictions'],
    queryFn: ({ signal }) => call(listJurisdictions, { query: { limit: '1000' } }, { signal }),
    staleTime: 300_000,
  }).data?.items;
}

/** What an administrator changes; each step reads the list anew. All throw ApiProblem. */
export function useAccountChanges() {
  const client = useQueryClient();
  const then = async <T>(answer: Promise<T>): Promise<T> => {
    const value = await answer;
    await client.invalidateQueries({ queryKey: ['accounts'] });
    // An administrator may have changed what he may do himself.
    void reloadSession().catch(() => undefined);
    return value;
  };
  return {
    add: (body: { name: string; fullName: string }) => then(call(createAccount, { body })),
    disable: (id: string, isDisabled: boolean) =>
      then(call(updateAccount, { params: { id }, body: { isDisabled } })),
    recover: (id: string) => then(call(createRecoveryLink, { params: { id } })),
    grant: (body: NewGrant) => then(call(createGrant, { body })),
    revoke: (id: string) => then(call(revokeGrant, { params: { id } })),
  };
}

/** The own keys. All throw ApiProblem. */
export function useKeyChanges() {
  const client = useQueryClient();
  const then = async <T>(answer: Promise<T>): Promise<T> => {
    const value = await answer;
    await client.invalidateQueries({ queryKey: ['keys'] });
    return value;
  };
  return {
    add: (body: NonNullable<InputOf<typeof createKey>['body']>) => then(call(createKey, { body })),
    revoke: (id: string) => then(call(revokeKey, { params: { id } })),
  };
}

const LASTING_MS = 600_000;

/** Names of regions by their codes; undefined: not known yet, or gone. */
export function useRegionNames(codes: readonly string[]) {
  return useQueries({
    queries: codes.map((code) => ({
      queryKey: ['region-name', code],
      queryFn: () => call(getRegion, { params: { code } }),
      staleTime: LASTING_MS,
      retry: false,
    })),
    combine: (answers) => answers.map(({ data }) => data?.names),
  });
}

export function useEnterpriseName(id: string | null) {
  return useQuery({
    queryKey: ['enterprise-name', id],
    queryFn: () => call(getEnterprise, { params: { id: id ?? '' } }),
    enabled: id !== null,
    staleTime: LASTING_MS,
    retry: false,
  }).data?.names;
}

/** Regions whose name holds the text; the roots first. */
export function useRegionsNamed(q: string) {
  return useQuery({
    queryKey: ['regions-named', q],
    queryFn: ({ signal }) =>
      call(listRegions, { query: { q: q === '' ? undefined : q, limit: '20' } }, { signal }),
    placeholderData: keepPreviousData,
  }).data?.items;
}

export function useEnterprisesNamed(q: string) {
  return useQuery({
    queryKey: ['enterprises-named', q],
    queryFn: ({ signal }) =>
      call(listEnterprises, { query: { q: q === '' ? undefined : q, limit: '20' } }, { signal }),
    placeholderData: keepPreviousData,
  }).data?.items;
}
