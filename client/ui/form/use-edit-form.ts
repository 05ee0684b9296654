import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { SubmitEvent } from 'react';
import { refreshEverything } from '#client/api/edit.ts';
import { ApiProblem } from '#client/api/problem.ts';
import { editKey, editStore } from '#client/state/edit-store.ts';
import type { EditTarget } from '#client/state/edit-store.ts';
import { readDraft, writeDraft } from './edit-draft.ts';
import type { Draft } from './edit-draft.ts';
import { openChoices, startState, withChoice, withTheirs, withValue } from './edit-state.ts';
import type { EditState } from './edit-state.ts';
import { faultsByPointer } from './faults.ts';
import type { Faults } from './faults.ts';
import { changedKeys, changesBody, newBody } from './record-values.ts';
import type { KeyOf, ToWire } from './record-values.ts';

type Versioned<V> = { readonly values: V; readonly version: number };

export type Sending = {
  readonly body: object;
  /** Null: a new record. */
  readonly version: number | null;
  readonly idempotencyKey: string;
};

export type EditForm<V extends object, R> = {
  readonly target: EditTarget;
  readonly initial: { readonly values: V; readonly version: number | null };
  readonly toWire: ToWire<V>;
  /** What a new record hangs on. */
  readonly parent?: object;
  /** Everything that can be told without asking the service; `base` is what is stored. */
  readonly check: (values: V, base: V) => Faults;
  /** The record as it is now: asked for when somebody else was faster. */
  readonly load: () => Promise<Versioned<V>>;
  readonly send: (sending: Sending) => Promise<R>;
  /** `record` null: there was nothing to save. */
  readonly onSaved: (record: R | null) => void;
};

/** State of an open form: what is typed, what is wrong with it, and the way to the service. */
export function useEditForm<V extends object, R>(form: EditForm<V, R>) {
  const { target, initial, toWire } = form;
  const key = editKey(target);
  const [stored] = useState(() => readDraft(sessionStorage, key, initial.values));
  const fresh: Draft<V> = { ...initial, base: initial.values, conflict: null };
  const [state, setState] = useState<EditState<V>>(() => startState(stored ?? fresh));
  const [isRestored, setRestored] = useState(stored !== null);
  // A click on the map may answer to a form that has been typed in since it was asked for.
  const latest = useRef(state);
  const keep = (next: EditState<V>) => {
    latest.current = next;
    setState(next);
    writeDraft(sessionStorage, key, next.draft);
  };
  const { draft } = state;
  const isDirty = changedKeys(toWire, draft.base, draft.values).length > 0;
  useEffect(() => editStore.set({ isDirty }), [isDirty]);

  const { submit, isSending } = useSubmit(form, () => latest.current, keep);
  return {
    ...state,
    values: draft.values,
    isNew: draft.version === null,
    isDirty,
    isSending,
    isRestored: isRestored && isDirty,
    waiting: openChoices(state),
    set: <K extends KeyOf<V>>(name: K, value: V[K]) => keep(withValue(latest.current, name, value)),
    choose: (name: KeyOf<V>, choice: 'mine' | 'theirs') =>
      keep(withChoice(latest.current, name, choice)),
    clear: () => {
      keep(startState(fresh));
      setRestored(false);
      writeDraft(sessionStorage, key, null);
    },
    submit,
  };
}

export type EditFormState<V extends object> = ReturnType<typeof useEditForm<V, unknown>>;

function useSubmit<V extends object, R>(
  form: EditForm<V, R>,
  stateNow: () => EditState<V>,
  keep: (state: EditState<V>) => void,
) {
  const client = useQueryClient();
  const idempotencyKeyOf = useIdempotencyKey();
  const [isSending, setSending] = useState(false);
  // A second click before the button is disabled would save twice.
  const isBusy = useRef(false);

  const save = async () => {
    const state = stateNow();
    const { draft } = state;
    const faults = form.check(draft.values, draft.base);
    if (Object.keys(faults).length > 0) {
      keep({ ...state, faults, problem: null, refusals: state.refusals + 1 });
    } else if (await sendDraft(form, draft, idempotencyKeyOf)) {
      await refreshEverything(client);
    }
  };

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy.current || openChoices(stateNow()).length > 0) return;
    isBusy.current = true;
    setSending(true);
    void save()
      .catch(async (error: unknown) => keep(await afterRefusal(form, stateNow(), error)))
      .finally(() => {
        isBusy.current = false;
        setSending(false);
      });
  };
  return { submit, isSending };
}

/** Sends what was changed; false when there was nothing to send. Throws ApiProblem. */
async function sendDraft<V extends object, R>(
  form: EditForm<V, R>,
  draft: Draft<V>,
  idempotencyKeyOf: (body: object) => string,
): Promise<boolean> {
  const body = bodyOf(form, draft);
  const isSame = draft.version !== null && Object.keys(body).length === 0;
  const record = isSame
    ? null
    : await form.send({ body, version: draft.version, idempotencyKey: idempotencyKeyOf(body) });
  writeDraft(sessionStorage, editKey(form.target), null);
  editStore.set({ isDirty: false });
  form.onSaved(record);
  return !isSame;
}

function bodyOf<V extends object, R>({ toWire, parent }: EditForm<V, R>, draft: Draft<V>): object {
  return draft.version === null
    ? { ...parent, ...newBody(toWire, draft.values) }
    : changesBody(toWire, draft.base, draft.values);
}

/** The form after a failed save: nothing that was typed is lost. */
async function afterRefusal<V extends object, R>(
  form: EditForm<V, R>,
  state: EditState<V>,
  error: unknown,
): Promise<EditState<V>> {
  const problem =
    error instanceof ApiProblem ? error : new ApiProblem({ slug: 'unreadable', status: 0 });
  if (problem.slug === 'stale') {
    try {
      return withTheirs(state, form.toWire, await form.load());
    } catch (failure) {
      return failure instanceof ApiProblem ? { ...state, problem: failure } : { ...state, problem };
    }
  }
  const faults = faultsByPointer(problem.faults);
  return { ...state, faults, problem, refusals: state.refusals + 1 };
}

/** The same for the same content: sent again after a lost answer, a new record is still made once. */
function useIdempotencyKey(): (body: object) => string {
  const last = useRef<{ readonly body: string; readonly key: string } | null>(null);
  return (body) => {
    const text = JSON.stringify(body);
    if (last.current?.body !== text) last.current = { body: text, key: randomKey() };
    return last.current.key;
  };
}

/** `crypto.randomUUID` exists on https and localhost only; offices also use plain http. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
