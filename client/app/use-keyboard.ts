import { useEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { useParentNode } from '#client/api/crumbs.ts';
import { closeImports } from '#client/features/imports/leaving.ts';
import { editStore, leaveEdit } from '#client/state/edit-store.ts';
import { closeHere, hereStore } from '#client/state/here-store.ts';
import { isPlacing, stopPlacing } from '#client/state/place-store.ts';
import { uiStore } from '#client/state/ui-store.ts';
import { useViewPart, viewStore } from '#client/state/view-store.ts';
import { backToCard } from '#client/ui/form/edit-frame.tsx';

/** Esc goes one step back, `?` opens the key sheet, `/` the search box, arrows move in lists. */
export function useKeyboard(): void {
  const node = useViewPart((view) => view.node);
  const parent = useParentNode(node);
  const goUp = useRef(() => undefined as void);
  useEffect(() => {
    goUp.current = () => {
      if (parent !== null) viewStore.set({ node: parent }, 'push');
    };
  }, [parent]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (event.key === 'Escape') escape(event, goUp.current);
      else if (uiStore.get().dialog !== null) return;
      else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') moveInRows(event);
      else if (!isTyping(event.target)) openByKey(event);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

const OWN_ESCAPE = '[role="dialog"], [role="menu"]';

/** The nearest open thing closes first; only then does the view go up. */
function escape(event: KeyboardEvent, goUp: () => void): void {
  const { dialog, isFormOpen, isWhyOpen, sheet } = uiStore.get();
  if (isPlacing()) stopPlacing();
  else if (dialog !== null) uiStore.set({ dialog: null });
  // The others close themselves.
  else if (event.target instanceof Element && event.target.closest(OWN_ESCAPE) !== null) return;
  else if (isTyping(event.target)) (event.target as HTMLElement).blur();
  else if (viewStore.get().page?.kind === 'imports') closeImports();
  else if (viewStore.get().page !== null) viewStore.set({ page: null }, 'push');
  else if (editStore.get().target !== null) leaveEdit(() => backToCard());
  else if (hereStore.get().here !== null) closeHere();
  else if (isFormOpen) uiStore.set({ isFormOpen: false });
  else if (isWhyOpen) uiStore.set({ isWhyOpen: false });
  else if (sheet !== 'node') uiStore.set({ sheet: 'node' });
  else goUp();
}

function openByKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === '?') uiStore.set({ dialog: 'help' });
  if (event.key === '/') {
    event.preventDefault();
    openSearch();
  }
}

/** The search box; folded away with the panel, it comes back first. */
function openSearch(): void {
  flushSync(() => uiStore.set({ isPanelCollapsed: false }));
  const search = document.querySelector<HTMLInputElement>('#search-input, .list-search input');
  search?.focus();
  search?.select();
}

/** Arrow keys move the focus between rows; leaving the list is what Tab is for. */
function moveInRows(event: KeyboardEvent): void {
  const row = document.activeElement;
  if (!(row instanceof HTMLElement) || !row.matches('[data-row]')) return;
  const rows = [...(row.closest('[data-rows]')?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
  const next = rows[rows.indexOf(row) + (event.key === 'ArrowDown' ? 1 : -1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['radio', 'checkbox'].includes(target.type);
  return target.matches('textarea, select, [contenteditable="true"]');
}
