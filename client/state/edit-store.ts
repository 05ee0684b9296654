import type { Place } from './place-store.ts';
import { createStore } from './store.ts';
import { nodePath } from './url-state.ts';
import type { ViewNode } from './url-state.ts';

/** A record that a form is open for; without an id it is a new one. */
export type EditTarget =
  | {
      readonly kind: 'enterprise';
      readonly id: string | null;
      /** Where a new one is to stand, where that was chosen first. */
      readonly at?: Place;
    }
  | {
      readonly kind: 'risk-point';
      readonly id: string | null;
      /** Enterprise of a new point; null: a public place. */
      readonly enterpriseId: string | null;
      readonly at?: Place;
    }
  | { readonly kind: 'hazard-source'; readonly id: string | null; readonly riskPointId: string }
  | { readonly kind: 'measure'; readonly id: string | null; readonly riskPointId: string };

type Editing = {
  readonly target: EditTarget | null;
  /** Whether the open form holds something that is not saved. */
  readonly isDirty: boolean;
  /** Where the reader wants to go while the form is not saved; null: nothing is asked. */
  readonly go: (() => void) | null;
};

/** The form that stands in place of the card; at most one is open. */
export const editStore = createStore<Editing>({ target: null, isDirty: false, go: null });

/** Name of the record for its draft: a new one has one draft per place where it would be added. */
export function editKey(target: EditTarget): string {
  if (target.id !== null) return `${target.kind}:${target.id}`;
  const at = 'at' in target && target.at !== undefined ? `@${target.at.join(',')}` : '';
  if (target.kind === 'enterprise') return `enterprise:new${at}`;
  const parent = target.kind === 'risk-point' ? target.enterpriseId : target.riskPointId;
  return `${target.kind}:new:${parent ?? 'public'}${at}`;
}

/** Goes, or asks once first where that leaves something unsaved. */
export function leaveEdit(go: () => void): void {
  const { target, isDirty } = editStore.get();
  if (target !== null && isDirty) editStore.set({ go });
  else go();
}

const OPEN_KEY = 'edit-open';

/** Opens a form; a reload of the same address opens it again. */
export function openEdit(target: EditTarget, node: ViewNode): void {
  editStore.set({ target, isDirty: false });
  remember(JSON.stringify({ target, at: nodePath(node) }));
}

export function closeEdit(): void {
  editStore.set({ target: null, isDirty: false, go: null });
  remember(null);
}

/** Opens the form again that was open here when the page was left. */
export function reopenEdit(node: ViewNode): void {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(OPEN_KEY) ?? 'null');
    if (!isKept(kept) || kept.at !== nodePath(node)) return;
    editStore.set({ target: kept.target, isDirty: false });
  } catch {
    // What cannot be read is as good as no open form.
  }
}

function isKept(value: unknown): value is { target: EditTarget; at: string } {
  if (typeof value !== 'object' || value === null) return false;
  const { target, at } = value as { target?: { kind?: unknown } | null; at?: unknown };
  const kinds: readonly unknown[] = ['enterprise', 'risk-point', 'hazard-source', 'measure'];
  return typeof at === 'string' && typeof target === 'object' && kinds.includes(target?.kind);
}

function remember(text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(OPEN_KEY);
    else sessionStorage.setItem(OPEN_KEY, text);
  } catch {
    // Without storage the form only does not survive a reload.
  }
}
