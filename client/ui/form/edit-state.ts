import type { ApiProblem } from '#client/api/problem.ts';
import type { Conflict, Draft } from './edit-draft.ts';
import { NO_FAULTS, withoutFaultsAt } from './faults.ts';
import type { Faults } from './faults.ts';
import { mergeVersions } from './record-values.ts';
import type { KeyOf, ToWire } from './record-values.ts';

/** A form at one moment. */
export type EditState<V> = {
  readonly draft: Draft<V>;
  readonly faults: Faults;
  /** Why the last save failed. */
  readonly problem: ApiProblem | null;
  /** Counts the saves that were refused: each one leads to the first fault. */
  readonly refusals: number;
};

export function startState<V>(draft: Draft<V>): EditState<V> {
  return { draft, faults: NO_FAULTS, problem: null, refusals: 0 };
}

/** One member was changed by hand; where two versions were to be chosen from, that settles it. */
export function withValue<V extends object, K extends KeyOf<V>>(
  state: EditState<V>,
  key: K,
  value: V[K],
): EditState<V> {
  const { draft } = state;
  const { conflict } = draft;
  const settled =
    conflict?.choices[key] === undefined
      ? conflict
      : {
          ...conflict,
          mine: { ...conflict.mine, [key]: value },
          choices: { ...conflict.choices, [key]: 'mine' as const },
        };
  return {
    ...state,
    draft: { ...draft, values: { ...draft.values, [key]: value }, conflict: settled },
    faults: withoutFaultsAt(state.faults, key),
  };
}

/** The reader has chosen one of two versions of a member. */
export function withChoice<V extends object>(
  state: EditState<V>,
  key: KeyOf<V>,
  choice: 'mine' | 'theirs',
): EditState<V> {
  const { draft } = state;
  const { conflict } = draft;
  if (conflict === null) return state;
  const values = { ...draft.values, [key]: conflict[choice][key] };
  const choices = { ...conflict.choices, [key]: choice };
  return { ...state, draft: { ...draft, values, conflict: { ...conflict, choices } } };
}

/** Somebody else was faster: the changes now build on their version. */
export function withTheirs<V extends object>(
  state: EditState<V>,
  toWire: ToWire<V>,
  theirs: { readonly values: V; readonly version: number },
): EditState<V> {
  const { base, values: mine } = state.draft;
  const merged = mergeVersions(toWire, { base, mine, theirs: theirs.values });
  const conflict: Conflict<V> = {
    mine,
    theirs: theirs.values,
    choices: Object.fromEntries(merged.conflicts.map((key) => [key, null])),
    taken: merged.taken,
  };
  const draft = { version: theirs.version, base: theirs.values, values: merged.values, conflict };
  return { draft, faults: NO_FAULTS, problem: null, refusals: state.refusals };
}

/** Members that still wait for a choice. */
export function openChoices<V>({ draft }: EditState<V>): readonly string[] {
  const choices = Object.entries(draft.conflict?.choices ?? {});
  return choices.flatMap(([key, choice]) => (choice === null ? [key] : []));
}
