import { useSyncExternalStore } from 'react';
import { keepLanguageIn, nothingKept } from './kept-language.ts';
import type { KeptLanguage } from './kept-language.ts';
import { FALLBACK_ROOT, isSameNode, namesNoPlace, pagePath, parseUrl, toUrl } from './url-state.ts';
import type { ViewPage, ViewState } from './url-state.ts';

/** The two parts of `window` the store needs; tests hand in their own. */
export type AddressBar = {
  readonly href: () => string;
  readonly push: (url: string) => void;
  readonly replace: (url: string) => void;
  readonly onPop: (listener: () => void) => void;
  /** One step back in the history. */
  readonly back: () => void;
};

/** Asked before another node or page is shown; true: it calls `go` itself, later or never. */
export type Guard = (go: () => void) => boolean;

export type ViewStore = {
  readonly get: () => ViewState;
  /**
   * Changes part of the view. `push` makes a history entry (a new node or page), `replace` does not
   * (camera, legend, switches). A new node without a camera clears the camera: the map frames it.
   */
  readonly set: (patch: Partial<ViewState>, how: 'push' | 'replace') => void;
  readonly subscribe: (listener: () => void) => () => void;
  /** Names the region shown at `/`; only takes effect before the user has gone anywhere. */
  readonly setRoot: (code: string) => void;
  /** Who is asked before leaving a node or page; null: nobody. */
  readonly setGuard: (guard: Guard | null) => void;
};

const subscribeTo =
  (listeners: Set<() => void>): ViewStore['subscribe'] =>
  (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

/**
 * The view lives in the address bar; this store mirrors it. Going back restores the node, the
 * switches and the camera of that entry, but keeps the language: that is a setting, not a place. Of the language the
 * address has the first word, then what was chosen on an earlier visit; only a choice is kept, not what a link says.
 */
export function createViewStore(bar: AddressBar, kept: KeptLanguage = nothingKept): ViewStore {
  let view = parseUrl(bar.href(), FALLBACK_ROOT, kept.read() ?? undefined);
  let isUntouched = namesNoPlace(bar.href());
  const listeners = new Set<() => void>();
  const publish = (next: ViewState) => {
    view = next;
    for (const listener of listeners) listener();
  };

  let guard: Guard | null = null;
  const isHeld = (go: () => void) => guard?.(go) === true;

  bar.onPop(() => {
    const popped = { ...parseUrl(bar.href()), lang: view.lang };
    const { moves, turns } = after(view, popped);
    // The browser has gone already: the address comes back, one step before where it was to go.
    if ((moves || turns) && isHeld(bar.back)) return bar.push(toUrl(view));
    bar.replace(toUrl(popped));
    publish(popped);
  });

  const set: ViewStore['set'] = (patch, how) => {
    const { next, moves, turns } = after(view, patch);
    if (patch.lang !== undefined) kept.write(patch.lang);
    if ((moves || turns) && isHeld(() => set(patch, how))) return;
    const url = toUrl(next);
    if (moves) isUntouched = false;
    if (url === toUrl(view) && how === 'replace') return;
    if (how === 'push' && (moves || turns)) bar.push(url);
    else bar.replace(url);
    publish(next);
  };

  return {
    get: () => view,
    set,
    subscribe: subscribeTo(listeners),
    setRoot: (code) => {
      if (isUntouched) set({ node: { kind: 'region', code } }, 'replace');
    },
    setGuard: (next) => {
      guard = next;
    },
  };
}

/** The view with a change in it; a new node without a camera of its own forgets the old one. */
function after(view: ViewState, patch: Partial<ViewState>) {
  const moves = patch.node !== undefined && !isSameNode(patch.node, view.node);
  const turns = patch.page !== undefined && !isSamePage(patch.page, view.page);
  const next: ViewState = { ...view, ...(moves ? { camera: null } : {}), ...patch };
  return { next, moves, turns };
}

function isSamePage(a: ViewPage | null, b: ViewPage | null): boolean {
  return (a && pagePath(a)) === (b && pagePath(b));
}

const browserBar: AddressBar = {
  href: () => window.location.href,
  push: (url) => window.history.pushState(null, '', url),
  replace: (url) => window.history.replaceState(null, '', url),
  onPop: (listener) => window.addEventListener('popstate', listener),
  back: () => window.history.back(),
};

const stillBar: AddressBar = {
  href: () => 'http://localhost/',
  push: () => undefined,
  replace: () => undefined,
  onPop: () => undefined,
  back: () => undefined,
};

export const viewStore =
  typeof window === 'undefined'
    ? createViewStore(stillBar)
    : createViewStore(
        browserBar,
        keepLanguageIn(() => window.localStorage),
      );

/** One part of the view; re-renders only when that part changes (return a primitive or a part as it is). */
export function useViewPart<T>(select: (view: ViewState) => T): T {
  const get = () => select(viewStore.get());
  return useSyncExternalStore(viewStore.subscribe, get, get);
}
