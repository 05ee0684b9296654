import { useQuery } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import {
  createEnterprise,
  deleteEnterprise,
  getEnterprise,
  restoreEnterprise,
  updateEnterprise,
} from '#server/features/enterprises/enterprises.contract.ts';
import {
  createHazardSource,
  deleteHazardSource,
  getHazardSource,
  restoreHazardSource,
  updateHazardSource,
} from '#server/features/hazard-sources/hazard-sources.contract.ts';
import {
  createMeasure,
  deleteMeasure,
  getMeasure,
  restoreMeasure,
  updateMeasure,
} from '#server/features/measures/measures.contract.ts';
import {
  createRiskPoint,
  deleteRiskPoint,
  getRiskPoint,
  restoreRiskPoint,
  updateRiskPoint,
} from '#server/features/risk-points/risk-points.contract.ts';
import type { ResponseOf } from '#server/contract/endpoint.ts';
import { bumpDataRevision } from '#client/state/data-revision.ts';
import { call } from './client.ts';
import type { InputOf } from './client.ts';

const ENDPOINTS = {
  enterprise: {
    get: getEnterprise,
    create: createEnterprise,
    update: updateEnterprise,
    remove: deleteEnterprise,
    restore: restoreEnterprise,
  },
  'risk-point': {
    get: getRiskPoint,
    create: createRiskPoint,
    update: updateRiskPoint,
    remove: deleteRiskPoint,
    restore: restoreRiskPoint,
  },
  'hazard-source': {
    get: getHazardSource,
    create: createHazardSource,
    update: updateHazardSource,
    remove: deleteHazardSource,
    restore: restoreHazardSource,
  },
  measure: {
    get: getMeasure,
    create: createMeasure,
    update: updateMeasure,
    remove: deleteMeasure,
    restore: restoreMeasure,
  },
} as const;

export type RecordKind = keyof typeof ENDPOINTS;
export type RecordOf<K extends RecordKind> = ResponseOf<(typeof ENDPOINTS)[K]['get']>;

type Change = {
  readonly body: object;
  /** Version that the change builds on; null: a new record. */
  readonly version: number | null;
  readonly idempotencyKey: string;
};

/** The record as it is now, past every cache. Throws ApiProblem. */
export function loadRecord<K extends RecordKind>(kind: K, id: string): Promise<RecordOf<K>> {
  return call(ENDPOINTS[kind].get, { params: { id } }) as Promise<RecordOf<K>>;
}

/** The record that a form starts from. */
export function useRecord<K extends RecordKind>(kind: K, id: string) {
  return useQuery({
    queryKey: ['edit-record', kind, id],
    queryFn: () => loadRecord(kind, id),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** Adds the record (no id) or changes it. Throws ApiProblem: `stale` when somebody else was faster. */
export function saveRecord<K extends RecordKind>(
  kind: K,
  id: string | null,
  { body, version, idempotencyKey }: Change,
): Promise<RecordOf<K>> {
  const { create, update } = ENDPOINTS[kind];
  // The forms build bodies member by member; the service checks them whole.
  const answer =
    id === null || version === null
      ? call(create, { body, idempotencyKey } as unknown as InputOf<typeof create>)
      : call(update, { params: { id }, body, ifMatch: version });
  return answer as Promise<RecordOf<K>>;
}

/** Takes the record out of the register, with what hangs on it. Throws ApiProblem. */
export function deleteRecord(kind: RecordKind, id: string, version: number, reason: string) {
  return call(ENDPOINTS[kind].remove, { params: { id }, query: { reason }, ifMatch: version });
}

/** Brings the record back with what went along. Throws ApiProblem. */
export function restoreRecord(kind: RecordKind, id: string): Promise<unknown> {
  return call(ENDPOINTS[kind].restore, { params: { id } });
}

/** After a write: every count, list and card is read anew, and the map told. */
export function refreshEverything(client: QueryClient): Promise<void> {
  bumpDataRevision();
  const lasting: readonly unknown[] = ['methods', 'evaluate', 'edit-record'];
  return client.invalidateQueries({ predicate: ({ queryKey }) => !lasting.includes(queryKey[0]) });
}
