import { keepSeenAsIn } from '#client/state/kept-seen-as.ts';
import { seeAs, seenAsOf, sessionStore } from '#client/state/session-store.ts';
import type { Session } from '#client/state/session-store.ts';

const ID = '00000000-0000-4000-8000-000000000001';
const session: Session = {
  account: {
    id: ID,
    name: 'an.quan',
    fullName: '安全科',
    mustChangePassword: false,
    isDemo: false,
  },
  roles: ['assessor'],
  permissions: ['register.read'],
  csrfToken: 'a-token',
  isLimited: false,
  demonstration: false,
};

/** A storage of a tab that holds this. */
function storageOf(held: string | null) {
  let text = held;
  return {
    getItem: () => text,
    setItem: (_: string, next: string) => {
      text = next;
    },
  };
}

let leave = (): void => undefined;

/** As when the page is loaded again. */
const load = (storage: ReturnType<typeof storageOf>): void => {
  leave();
  sessionStore.set({ session: null, problem: null, seen: null });
  leave = keepSeenAsIn(() => storage);
  sessionStore.set({ session });
};
const seen = () => seenAsOf(sessionStore.get());

describe('other eyes over a reload', () => {
  it.each([
    { kind: 'public' as const },
    { kind: 'region' as const, code: '220200', names: { zh: '示例市', en: 'Example' } },
    { kind: 'enterprise' as const, id: ID, names: { zh: '示例厂', en: null } },
  ])('stay: $kind', (as) => {
    const storage = storageOf(null);
    load(storage);
    seeAs(as);
    load(storage);

    expect(seen()).toEqual(as);
  });

  it('are over when they were given up', () => {
    const storage = storageOf(null);
    load(storage);
    seeAs({ kind: 'public' });
    seeAs(null);
    load(storage);

    expect(seen()).toBeNull();
  });

  it('are nobody else’s', () => {
    const storage = storageOf(JSON.stringify({ by: 'another', as: { kind: 'public' } }));
    load(storage);

    expect(seen()).toBeNull();
  });

  it.each([
    '{',
    '7',
    '{"by":7}',
    `{"by":"${ID}","as":{"kind":"region","code":7,"names":{"zh":"a"}}}`,
    `{"by":"${ID}","as":{"kind":"enterprise","id":7,"names":{"zh":"a"}}}`,
    `{"by":"${ID}","as":{"kind":"region","code":"220200"}}`,
  ])('are his own where the storage holds %s', (held) => {
    load(storageOf(held));

    expect(seen()).toBeNull();
  });

  it('are his own where the storage is closed', () => {
    leave();
    sessionStore.set({ session: null, problem: null, seen: null });
    leave = keepSeenAsIn(() => {
      throw new Error('closed');
    });
    sessionStore.set({ session });
    seeAs({ kind: 'public' });

    expect(seen()).toEqual({ kind: 'public' });
  });
});
