import { editKey } from '#client/state/edit-store.ts';
import {
  hidePin,
  isPlacing,
  placeAt,
  placeStore,
  showPin,
  startPlacing,
} from '#client/state/place-store.ts';
import { parseUrl, toUrl } from '#client/state/url-state.ts';
import { createViewStore } from '#client/state/view-store.ts';
import type { AddressBar } from '#client/state/view-store.ts';
import { readDraft, writeDraft } from '#client/ui/form/edit-draft.ts';
import type { Draft } from '#client/ui/form/edit-draft.ts';
import {
  openChoices,
  startState,
  withChoice,
  withTheirs,
  withValue,
} from '#client/ui/form/edit-state.ts';

type Values = { readonly name: string; readonly note: string; readonly tags: readonly string[] };

const base: Values = { name: '甲', note: '', tags: [] };
const aDraft = (values: Partial<Values> = {}): Draft<Values> => ({
  version: 3,
  base,
  values: { ...base, ...values },
  conflict: null,
});
const toWire = (values: Values) => values;

function aStorage() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

describe('an open form', () => {
  it('forgets the faults of a field once that is changed', () => {
    const refused = { ...startState(aDraft()), faults: { name: ['x'], note: ['y'] } };

    const state = withValue(refused, 'name', '乙');

    expect(state.draft.values.name).toBe('乙');
    expect(state.faults).toEqual({ note: ['y'] });
  });

  it('waits for a choice for each field that both changed, and takes over the rest', () => {
    const mine = startState(aDraft({ name: '我', note: '注' }));

    const state = withTheirs(mine, toWire, {
      values: { name: '他', note: '', tags: ['新'] },
      version: 4,
    });

    expect(openChoices(state)).toEqual(['name']);
    expect(state.draft).toMatchObject({
      version: 4,
      base: { name: '他', note: '', tags: ['新'] },
      values: { name: '我', note: '注', tags: ['新'] },
      conflict: { taken: ['tags'] },
    });
  });

  it('takes the chosen side, and can be turned round again', () => {
    const mine = startState(aDraft({ name: '我' }));
    const open = withTheirs(mine, toWire, { values: { ...base, name: '他' }, version: 4 });

    const theirs = withChoice(open, 'name', 'theirs');
    const back = withChoice(theirs, 'name', 'mine');

    expect(openChoices(theirs)).toEqual([]);
    expect([theirs.draft.values.name, back.draft.values.name]).toEqual(['他', '我']);
  });

  it('takes something typed instead for the reader’s own choice', () => {
    const mine = startState(aDraft({ name: '我' }));
    const open = withTheirs(mine, toWire, { values: { ...base, name: '他' }, version: 4 });

    const typed = withValue(open, 'name', '第三个');
    const again = withChoice(withChoice(typed, 'name', 'theirs'), 'name', 'mine');

    expect(openChoices(typed)).toEqual([]);
    expect(again.draft.values.name).toBe('第三个');
  });
});

describe('the draft of a form', () => {
  it('survives a reload, with an unfinished choice in it', () => {
    const storage = aStorage();
    const open = withTheirs(startState(aDraft({ name: '我' })), toWire, {
      values: { ...base, name: '他' },
      version: 4,
    });

    writeDraft(storage, 'enterprise:1', open.draft);

    expect(readDraft(storage, 'enterprise:1', base)).toEqual(open.draft);
    expect(readDraft(storage, 'enterprise:2', base)).toBeNull();
  });

  it('is gone once it was saved', () => {
    const storage = aStorage();
    writeDraft(storage, 'a', aDraft());

    writeDraft(storage, 'a', null);

    expect(storage.kept.size).toBe(0);
  });

  it('is left aside when it is of another shape or cannot be read', () => {
    const storage = aStorage();
    storage.setItem('edit-draft:a', '{"base": 1');
    storage.setItem('edit-draft:b', JSON.stringify({ version: 1, base, values: { name: 1 } }));
    storage.setItem(
      'edit-draft:c',
      JSON.stringify({ version: 1, base, values: { name: '', note: '', tags: {} } }),
    );

    expect(['a', 'b', 'c'].map((key) => readDraft(storage, key, base))).toEqual([null, null, null]);
  });

  it('is kept per record, a new one per place where it would be added', () => {
    const keys = [
      editKey({ kind: 'enterprise', id: 'e1' }),
      editKey({ kind: 'enterprise', id: null }),
      editKey({ kind: 'enterprise', id: null, at: [126, 43] }),
      editKey({ kind: 'risk-point', id: null, enterpriseId: null }),
      editKey({ kind: 'risk-point', id: null, enterpriseId: 'e1' }),
      editKey({ kind: 'measure', id: null, riskPointId: 'p1' }),
    ];

    expect(new Set(keys).size).toBe(keys.length);
  });
});

/** A browser's history reduced to a list of addresses and a position in it. */
function aBrowserAt(url: string) {
  const entries = [url];
  let position = 0;
  let pop = (): void => undefined;
  const back = () => {
    position -= 1;
    pop();
  };
  const bar: AddressBar = {
    href: () => `http://localhost${entries[position] ?? '/'}`,
    push: (next) => {
      position += 1;
      entries.splice(position, entries.length, next);
    },
    replace: (next) => {
      entries[position] = next;
    },
    onPop: (listener) => {
      pop = listener;
    },
    back,
  };
  return { bar, entries, back, at: () => entries[position] };
}

describe('leaving an open form', () => {
  const node = { kind: 'region', code: '220100' } as const;

  it('is held back for another node or page, not for a switch or the camera', () => {
    const { bar } = aBrowserAt('/r/220000');
    const store = createViewStore(bar);
    const held: (() => void)[] = [];
    store.setGuard((go) => held.push(go) > 0);

    store.set({ rule: 'highest', camera: { zoom: 6, lng: 126, lat: 43 } }, 'replace');
    store.set({ node }, 'push');
    store.set({ page: { kind: 'faults' } }, 'push');

    expect(held).toHaveLength(2);
    expect(store.get()).toMatchObject({ rule: 'highest', page: null });
    store.setGuard(null);
    held[0]?.();
    expect(store.get().node).toEqual(node);
  });

  it('by the browser’s way back stays where it is until it is allowed', () => {
    const browser = aBrowserAt('/r/220000');
    const store = createViewStore(browser.bar);
    store.set({ node }, 'push');
    let go = (): void => undefined;
    store.setGuard((next) => {
      go = next;
      return true;
    });

    browser.back();
    expect(browser.at()).toBe('/r/220100');
    expect(store.get().node).toEqual(node);

    store.setGuard(null);
    go();
    expect(browser.at()).toBe('/r/220000');
    expect(store.get().node).toEqual({ kind: 'region', code: '220000' });
  });
});

describe('choosing a place on the map', () => {
  it('hands over the first place and then lets the map answer as usual', () => {
    const places: unknown[] = [];
    startPlacing((at) => places.push(at));

    expect([placeAt([126.55000044, 43.84]), placeAt([1, 2])]).toEqual([true, false]);
    expect(places).toEqual([[126.55, 43.84]]);
    expect(isPlacing()).toBe(false);
  });

  it('tells the map of the same pin only once', () => {
    showPin([126, 43]);
    const first = placeStore.get().pin;
    showPin([126, 43]);

    expect(placeStore.get().pin).toBe(first);
    hidePin();
    expect(placeStore.get().pin).toBeNull();
  });
});

describe('the address of the list of faults', () => {
  it('names the page, and the node in the query', () => {
    const view = parseUrl('/faults?at=r.220200&lang=en');

    expect(view).toMatchObject({
      page: { kind: 'faults' },
      node: { kind: 'region', code: '220200' },
    });
    expect(toUrl(view)).toBe('/faults?at=r.220200&lang=en');
    expect(parseUrl('/faults/more').page).toBeNull();
  });
});
