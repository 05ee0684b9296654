import { createStore } from '#client/state/store.ts';
import type { Store } from '#client/state/store.ts';
import { isOnItsWay } from './pending-saves.ts';

/** Row of the file → header → new content that is not saved yet. */
export type CellEdits = Readonly<Record<number, Readonly<Record<string, string>>>>;

/** The edits with one cell changed; a cell that is back at what is saved is no edit. */
export function editCell(
  edits: CellEdits,
  row: number,
  cell: { readonly header: string; readonly value: string; readonly saved: string },
): CellEdits {
  const { [cell.header]: _, ...others } = edits[row] ?? {};
  const cells = cell.value === cell.saved ? others : { ...others, [cell.header]: cell.value };
  const { [row]: __, ...rest } = edits;
  return Object.keys(cells).length === 0 ? rest : { ...rest, [row]: cells };
}

/**
 * The edits after a row was saved: those cells are no edits any more, unless they were changed
 * again while the answer was on its way.
 */
export function withoutSaved(
  edits: CellEdits,
  row: number,
  sent: Readonly<Record<string, string>>,
): CellEdits {
  const left = Object.entries(edits[row] ?? {}).filter(([header, value]) => sent[header] !== value);
  const { [row]: _, ...rest } = edits;
  return left.length === 0 ? rest : { ...rest, [row]: Object.fromEntries(left) };
}

/** Number of cells that are changed and not saved. */
export function countEdits(edits: CellEdits): number {
  return Object.values(edits).reduce((sum, cells) => sum + Object.keys(cells).length, 0);
}

export type EditsStore = Store<{ readonly edits: CellEdits }>;

const stores = new Map<string, EditsStore>();

/** Edits of one import; they outlive the screen, so that going back and forth loses nothing. */
export function editsOf(importId: string): EditsStore {
  const known = stores.get(importId);
  if (known !== undefined) return known;
  const made: EditsStore = createStore<{ readonly edits: CellEdits }>({ edits: {} });
  stores.set(importId, made);
  return made;
}

/** Cells of all imports that are changed and neither saved nor on their way. */
export function countUnsent(): number {
  return [...stores].reduce((sum, [id, store]) => {
    const rows = Object.entries(store.get().edits).filter(([row]) => !isOnItsWay(id, Number(row)));
    return sum + countEdits(Object.fromEntries(rows));
  }, 0);
}

/** Forgets every edit: the reader left them on purpose. */
export function dropAllEdits(): void {
  for (const store of stores.values()) store.set({ edits: {} });
}
