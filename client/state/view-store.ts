import { useSyncExternalStore } from 'react';
import { isSameNode, parseUrl, toUrl } from './url-state.ts';
import type { ViewState } from './url-state.ts';

/** The two parts of `window` the store needs; tests hand in their own. */
export type AddressBar = {
  readonly href: () => string;
  readonly push: (url: string) => void;
  readonly replace: (url: string) => void;
  readonly onPop: (listener: () => void) => void;
};

export type ViewStore = {
  readonly get: () => ViewState;
  /**
   * Changes part of the view. `push` makes a history entry (a new node), `replace` does not
   * (camera, legend, switches). A new node without a camera clears the camera: the map frames it.
   */
  readonly set: (patch: Partial<ViewState>, how: 'push' | 'replace') => void;
  readonly subscribe: (listener: () => void) => () => void;
  /** Names the region shown at `/`; only takes effect before the user has gone anywhere. */
  readonly setRoot: (code: string) => void;
};

/**
 * The view lives in the address bar; this store mirrors it. Going back restores the node, the
 * switches and the camera of that entry, but keeps the language: that is a setting, not a place.
 */
export function createViewStore(bar: AddressBar): ViewStore {
  let view = parseUrl(bar.href());
  let isUntouched = new URL(bar.href(), 'http://localhost').pathname === '/';
  const listeners = new Set<() => void>();
  const publish = (next: ViewState) => {
    view = next;
    for (const listener of listeners) listener();
  };

  bar.onPop(() => {
    const next = { ...parseUrl(bar.href()), lang: view.lang };
    bar.replace(toUrl(next));
    publish(next);
  });

  const set: ViewStore['set'] = (patch, how) => {
    const moves = patch.node !== undefined && !isSameNode(patch.node, view.node);
    const next = { ...view, ...(moves ? { camera: null } : {}), ...patch };
    const url = toUrl(next);
    if (moves) isUntouched = false;
    if (url === toUrl(view) && how === 'replace') return;
    if (how === 'push' && moves) bar.push(url);
    else bar.replace(url);
    publish(next);
  };

  return {
    get: () => view,
    set,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setRoot: (code) => {
      if (isUntouched) set({ node: { kind: 'region', code } }, 'replace');
    },
  };
}

const browserBar: AddressBar = {
  href: () => window.location.href,
  push: (url) => window.history.pushState(null, '', url),
  replace: (url) => window.history.replaceState(null, '', url),
  onPop: (listener) => window.addEventListener('popstate', listener),
};

const stillBar: AddressBar = {
  href: () => 'http://localhost/',
  push: () => undefined,
  replace: () => undefined,
  onPop: () => undefined,
};

export const viewStore = createViewStore(typeof window === 'undefined' ? stillBar : browserBar);

/** One part of the view; re-renders only when that part changes (return a primitive or a part as it is). */
export function useViewPart<T>(select: (view: ViewState) => T): T {
  const get = () => select(viewStore.get());
  return useSyncExternalStore(viewStore.subscribe, get, get);
}
