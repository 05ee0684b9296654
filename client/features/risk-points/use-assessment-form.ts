import { useState } from 'react';
import type { Method, MethodVersion } from '#server/features/methods/methods.contract.ts';
import type { RiskPointDetail } from '#server/features/risk-points/risk-points.contract.ts';
import { viewStore } from '#client/state/view-store.ts';
import { choose, chosenValues, defaultVersion, readDraft, writeDraft } from './assessment-draft.ts';
import type { Draft } from './assessment-draft.ts';

/** State of the form: the draft, what it means under the methods known, and how it changes. */
export function useAssessmentForm(point: RiskPointDetail, methods: readonly Method[]) {
  const [stored] = useState(() => readDraft(sessionStorage, point.id));
  const [draft, setDraft] = useState<Draft>(stored ?? newDraft(point));
  const change = (next: Draft) => {
    setDraft(next);
    writeDraft(sessionStorage, point.id, next);
  };

  const method = methods.find(({ id }) => id === draft.method) ?? methods[0];
  const version =
    method?.versions.find((each) => each.version === draft.version) ?? defaultVersion(method);
  const current = withKnownNames(draft, method, version);
  const values = chosenValues(current, version);
  const missing = (version?.factors ?? []).filter(({ id }) => values[id] === undefined);

  return {
    draft: current,
    method,
    version,
    values,
    missing,
    isComplete: version !== undefined && missing.length === 0,
    isRestored: stored !== null,
    setSubject: (subjectId: string) => change({ ...current, subjectId }),
    setBasis: (basis: Draft['basis']) => change({ ...current, basis }),
    setMethod: (id: string) =>
      change({
        ...current,
        method: id,
        version: defaultVersion(methods.find((each) => each.id === id))?.version ?? '',
      }),
    setVersion: (next: string) => change({ ...current, version: next }),
    setFactor: (id: string, value: number) => change(choose(current, id, value)),
    clear: () => {
      change(newDraft(point));
      writeDraft(sessionStorage, point.id, null);
    },
  };
}

/** The draft may name a method or version that is no longer offered: what is shown then counts. */
function withKnownNames(draft: Draft, method?: Method, version?: MethodVersion): Draft {
  return {
    ...draft,
    method: method?.id ?? draft.method,
    version: version?.version ?? draft.version,
  };
}

export type AssessmentFormState = ReturnType<typeof useAssessmentForm>;

/** Starts with what is assessed most often: the worst hazard source, else the point itself. */
function newDraft(point: RiskPointDetail): Draft {
  return {
    subjectId: point.hazardSources[0]?.id ?? point.id,
    basis: viewStore.get().basis,
    method: 'lec',
    version: '',
    values: {},
  };
}
