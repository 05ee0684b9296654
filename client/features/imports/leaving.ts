import { createStore } from '#client/state/store.ts';
import { viewStore } from '#client/state/view-store.ts';
import type { RowTab } from '#client/state/url-state.ts';
import { countUnsent } from './cell-edits.ts';

type Leaving = {
  /** What the reader asked for while corrections were not saved; null: nothing is asked. */
  readonly go: (() => void) | null;
  /** A file is on its way. */
  readonly isSending: boolean;
};

export const leavingStore = createStore<Leaving>({ go: null, isSending: false });

/** Whether going away loses work that the service does not have. */
export function hasUnsentWork(): boolean {
  return leavingStore.get().isSending || countUnsent() > 0;
}

/** Holds a step away from the page, and asks once, where it loses work. */
export function holdToAsk(go: () => void): boolean {
  if (!hasUnsentWork()) return false;
  leavingStore.set({ go });
  return true;
}

/** Back to the map. */
export function closeImports(): void {
  viewStore.set({ page: null }, 'push');
}

/** Opens one import, or the list with the start of a new one. */
export function openImport(id: string | null): void {
  viewStore.set({ page: { kind: 'imports', id, rows: null } }, 'push');
}

/** Turns to another tab of the rows, without a history entry; null: the one that needs a look. */
export function openTab(rows: RowTab | null): void {
  const { page } = viewStore.get();
  if (page?.kind === 'imports') viewStore.set({ page: { ...page, rows } }, 'replace');
}
