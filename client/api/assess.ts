import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  assessHazardSource,
  assessRiskPoint,
} from '#server/features/assessments/assessments.contract.ts';
import { evaluateMethod } from '#server/features/methods/methods.contract.ts';
import { bumpDataRevision } from '#client/state/data-revision.ts';
import { call } from './client.ts';
import type { InputOf } from './client.ts';

export type AssessmentRequest = InputOf<typeof assessRiskPoint>['body'];

export type AssessmentSubject = {
  readonly kind: 'risk_point' | 'hazard_source';
  readonly id: string;
};

/** Score and level of complete inputs by the function the server stores with; null: not complete. */
export function useEvaluation(
  inputs: Readonly<Record<string, number>> | null,
  method: string,
  version: string,
) {
  return useQuery({
    queryKey: ['evaluate', method, version, inputs],
    queryFn: ({ signal }) =>
      call(
        evaluateMethod,
        { params: { id: method }, body: { inputs: { ...inputs }, version } },
        { signal },
      ),
    enabled: inputs !== null,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
}

/** Stores an assessment; then every count, list and card is read anew and the map told. */
export function useSaveAssessment() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { subject: AssessmentSubject; body: AssessmentRequest }) => {
      const endpoint = input.subject.kind === 'risk_point' ? assessRiskPoint : assessHazardSource;
      return call(endpoint, { params: { id: input.subject.id }, body: input.body });
    },
    onSuccess: () => {
      bumpDataRevision();
      return client.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] !== 'methods' && queryKey[0] !== 'evaluate',
      });
    },
  });
}
