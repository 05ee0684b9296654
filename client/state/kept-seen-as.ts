import { sessionStore } from './session-store.ts';
import type { Seen } from './session-store.ts';
import type { SeenAs } from './seen-as.ts';

const KEY = 'seen-as';

/**
 * Keeps through whose eyes an account looks as long as the storage lives (a tab's, over reloads): else a reload would
 * show more than was meant to be shown. Where the storage is closed, it holds until the page is loaded again.
 * Returns what ends the keeping.
 */
export function keepSeenAsIn(storage: () => Pick<Storage, 'getItem' | 'setItem'>): () => void {
  try {
    const seen = seenOf(JSON.parse(storage().getItem(KEY) ?? 'null'));
    if (seen !== null) sessionStore.set({ seen });
  } catch {
    // Closed, or not what was written here: his own eyes.
  }
  let last = sessionStore.get().seen;
  return sessionStore.subscribe(() => {
    const { seen } = sessionStore.get();
    if (seen === last) return;
    last = seen;
    try {
      storage().setItem(KEY, JSON.stringify(seen));
    } catch {
      // The bar over the map still says it.
    }
  });
}

function seenOf(kept: unknown): Seen | null {
  const { by, as } = recordOf(kept);
  const { kind, code, id, names } = recordOf(as);
  const { zh, en } = recordOf(names);
  const eyes = (): SeenAs | null => {
    if (kind === 'public') return { kind };
    if (typeof zh !== 'string') return null;
    const named = { zh, en: typeof en === 'string' ? en : null };
    if (kind === 'region' && typeof code === 'string') return { kind, code, names: named };
    return kind === 'enterprise' && typeof id === 'string' ? { kind, id, names: named } : null;
  };
  const found = eyes();
  return typeof by === 'string' && found !== null ? { by, as: found } : null;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
