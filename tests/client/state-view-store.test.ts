import { keepLanguageIn } from '#client/state/kept-language.ts';
import { createViewStore } from '#client/state/view-store.ts';
import type { AddressBar } from '#client/state/view-store.ts';

const nothing = () => undefined;

/** A browser's history reduced to a list of addresses and a position in it. */
function aBrowserAt(url: string) {
  const entries = [url];
  let position = 0;
  let pop: () => void = nothing;
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
    back: () => back(),
  };
  const back = () => {
    position -= 1;
    pop();
  };
  return { bar, entries, back };
}

describe('the view store', () => {
  it('makes a history entry for a new node and none for a switch or the camera', () => {
    const { bar, entries } = aBrowserAt('/r/220000');
    const store = createViewStore(bar);

    store.set({ rule: 'highest' }, 'replace');
    store.set({ camera: { zoom: 6, lng: 126, lat: 43 } }, 'replace');
    store.set({ node: { kind: 'region', code: '220100' } }, 'push');

    expect(entries).toEqual(['/r/220000?rule=highest#6/43/126', '/r/220100?rule=highest']);
  });

  it('forgets the camera on the way to a new node, so that the map frames it', () => {
    const { bar } = aBrowserAt('/r/220000#6/43/126');
    const store = createViewStore(bar);

    store.set({ node: { kind: 'region', code: '220100' } }, 'push');

    expect(store.get().camera).toBeNull();
  });

  it('keeps a camera that is given together with the node', () => {
    const { bar } = aBrowserAt('/r/220000');
    const store = createViewStore(bar);
    const camera = { zoom: 12, lng: 125.3, lat: 43.9 };

    store.set({ node: { kind: 'region', code: '220100' }, camera }, 'push');

    expect(store.get().camera).toEqual(camera);
  });

  it('restores node, switches and camera when the reader goes back, but keeps the language', () => {
    const { bar, back } = aBrowserAt('/r/220000?rule=highest#6/43/126');
    const store = createViewStore(bar);
    store.set({ node: { kind: 'region', code: '220100' } }, 'push');
    store.set({ rule: 'weighted', lang: 'en' }, 'replace');

    back();

    expect(store.get()).toMatchObject({
      node: { kind: 'region', code: '220000' },
      rule: 'highest',
      camera: { zoom: 6, lng: 126, lat: 43 },
      lang: 'en',
    });
    expect(bar.href()).toBe('http://localhost/r/220000?rule=highest&lang=en#6/43/126');
  });

  it('tells its listeners of changes and stays silent when nothing changes', () => {
    const { bar } = aBrowserAt('/r/220000');
    const store = createViewStore(bar);
    const heard: string[] = [];
    const stop = store.subscribe(() => heard.push(store.get().rule));

    store.set({ rule: 'highest' }, 'replace');
    store.set({ rule: 'highest' }, 'replace');
    stop();
    store.set({ rule: 'weighted' }, 'replace');

    expect(heard).toEqual(['highest']);
  });

  it('takes the root that the service names only while the address names no node', () => {
    const plain = createViewStore(aBrowserAt('/').bar);
    const named = createViewStore(aBrowserAt('/r/220100').bar);

    plain.setRoot('370000');
    named.setRoot('370000');

    expect(plain.get().node).toEqual({ kind: 'region', code: '370000' });
    expect(named.get().node).toEqual({ kind: 'region', code: '220100' });
  });
});

describe('the language', () => {
  const storageWith = (entries: [string, string][] = []) => {
    const map = new Map(entries);
    return {
      getItem: (key: string) => map.get(key) ?? null,
      setItem: (key: string, value: string) => void map.set(key, value),
    };
  };

  it('is the one that was chosen on an earlier visit', () => {
    const storage = storageWith();
    const kept = keepLanguageIn(() => storage);
    createViewStore(aBrowserAt('/').bar, kept).set({ lang: 'en' }, 'replace');

    expect(createViewStore(aBrowserAt('/r/220100').bar, kept).get().lang).toBe('en');
    createViewStore(aBrowserAt('/').bar, kept).set({ lang: 'zh-CN' }, 'replace');
    expect(createViewStore(aBrowserAt('/').bar, kept).get().lang).toBe('zh-CN');
  });

  it('is what the address says before what was chosen, and a link does not change the choice', () => {
    const kept = keepLanguageIn(() => storageWith([['language', 'en']]));

    expect(createViewStore(aBrowserAt('/?lang=zh-CN').bar, kept).get().lang).toBe('zh-CN');
    expect(createViewStore(aBrowserAt('/?lang=tlh').bar, kept).get().lang).toBe('en');
    expect(kept.read()).toBe('en');
  });

  it('is Chinese where nothing, or nothing known, was kept', () => {
    const odd = keepLanguageIn(() => storageWith([['language', 'tlh']]));

    expect(createViewStore(aBrowserAt('/').bar, odd).get().lang).toBe('zh-CN');
    expect(createViewStore(aBrowserAt('/').bar).get().lang).toBe('zh-CN');
  });

  it('changes all the same where the storage is closed', () => {
    const closed = keepLanguageIn(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    const store = createViewStore(aBrowserAt('/').bar, closed);

    store.set({ lang: 'en' }, 'replace');

    expect(store.get().lang).toBe('en');
  });
});
