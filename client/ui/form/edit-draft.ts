import { keysOf } from './record-values.ts';

/** Two people changed the same record: what is still to be chosen, and what was taken over. */
export type Conflict<V> = {
  readonly mine: V;
  readonly theirs: V;
  /** Member → whose value; null: not chosen yet. */
  readonly choices: Readonly<Record<string, 'mine' | 'theirs' | null>>;
  /** Members that only the other one changed. */
  readonly taken: readonly string[];
};

/** What has been entered so far; the browser tab keeps it until it is saved or given up. */
export type Draft<V> = {
  /** Version that the changes build on; null for a new record. */
  readonly version: number | null;
  /** The record at that version. */
  readonly base: V;
  readonly values: V;
  readonly conflict: Conflict<V> | null;
};

type Storing = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const nameOf = (key: string) => `edit-draft:${key}`;

/** The stored draft of a record; null when there is none or it is not of this form's shape. */
export function readDraft<V extends object>(
  storage: Pick<Storing, 'getItem'>,
  key: string,
  shape: V,
): Draft<V> | null {
  try {
    const draft = JSON.parse(storage.getItem(nameOf(key)) ?? 'null') as Draft<V> | null;
    if (draft === null || !hasShape(draft.base, shape) || !hasShape(draft.values, shape)) {
      return null;
    }
    return { ...draft, version: draft.version ?? null, conflict: draft.conflict ?? null };
  } catch {
    return null;
  }
}

/** Keeps the draft; a full or closed storage only means that it does not survive a reload. */
export function writeDraft<V>(
  storage: Pick<Storing, 'setItem' | 'removeItem'>,
  key: string,
  draft: Draft<V> | null,
): void {
  try {
    if (draft === null) storage.removeItem(nameOf(key));
    else storage.setItem(nameOf(key), JSON.stringify(draft));
  } catch {
    // The form itself still holds everything.
  }
}

/** An older page may have stored another set of members. */
function hasShape<V extends object>(values: unknown, shape: V): values is V {
  if (typeof values !== 'object' || values === null) return false;
  const found = values as Record<string, unknown>;
  return keysOf(shape).every(
    (key) =>
      typeof found[key] === typeof shape[key] &&
      Array.isArray(found[key]) === Array.isArray(shape[key]),
  );
}
