import type { Method, MethodVersion } from '#server/features/methods/methods.contract.ts';

/** What has been entered so far; kept by the browser tab until it is saved or discarded. */
export type Draft = {
  /** Id of the risk point itself or of one of its hazard sources. */
  readonly subjectId: string;
  readonly basis: 'current' | 'inherent';
  readonly method: string;
  /** variant@revision */
  readonly version: string;
  /** Factor id → chosen value, kept across methods: going back and forth loses nothing. */
  readonly values: Readonly<Record<string, Readonly<Record<string, number>>>>;
};

const keyOf = (riskPointId: string) => `assessment-draft:${riskPointId}`;

/** The stored draft of a risk point; null when there is none or it cannot be read. */
export function readDraft(storage: Pick<Storage, 'getItem'>, riskPointId: string): Draft | null {
  try {
    const value: unknown = JSON.parse(storage.getItem(keyOf(riskPointId)) ?? 'null');
    return isDraft(value) ? value : null;
  } catch {
    return null;
  }
}

/** Keeps the draft; a full or closed storage only means that it does not survive a reload. */
export function writeDraft(
  storage: Pick<Storage, 'setItem' | 'removeItem'>,
  riskPointId: string,
  draft: Draft | null,
): void {
  try {
    if (draft === null) storage.removeItem(keyOf(riskPointId));
    else storage.setItem(keyOf(riskPointId), JSON.stringify(draft));
  } catch {
    // The form itself still holds everything.
  }
}

/** Values chosen so far under the draft's method version; only those that its scales still offer. */
export function chosenValues(
  draft: Draft,
  version: MethodVersion | undefined,
): Readonly<Record<string, number>> {
  const chosen = draft.values[`${draft.method}/${draft.version}`] ?? {};
  const entries = (version?.factors ?? []).flatMap((factor) => {
    const value = chosen[factor.id];
    return factor.scale.some((step) => step.value === value) && value !== undefined
      ? [[factor.id, value] as const]
      : [];
  });
  return Object.fromEntries(entries);
}

/** The draft with one more factor chosen. */
export function choose(draft: Draft, factorId: string, value: number): Draft {
  const key = `${draft.method}/${draft.version}`;
  return {
    ...draft,
    values: { ...draft.values, [key]: { ...draft.values[key], [factorId]: value } },
  };
}

/** The version that is meant when only the method is named. */
export function defaultVersion(method: Method | undefined): MethodVersion | undefined {
  return method?.versions.find((version) => version.isDefault) ?? method?.versions[0];
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false;
  const draft = value as Partial<Record<keyof Draft, unknown>>;
  return (
    typeof draft.subjectId === 'string' &&
    (draft.basis === 'current' || draft.basis === 'inherent') &&
    typeof draft.method === 'string' &&
    typeof draft.version === 'string' &&
    typeof draft.values === 'object' &&
    draft.values !== null
  );
}
