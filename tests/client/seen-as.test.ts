import {
  allows,
  may,
  onCallerChange,
  seeAs,
  seenAsOf,
  sessionStore,
} from '#client/state/session-store.ts';
import type { Session } from '#client/state/session-store.ts';
import { seenHeaders } from '#client/api/client.ts';

const names = { zh: '示例市', en: null };
const account = (id: string): Session => ({
  account: { id, name: 'an.quan', fullName: '安全科', mustChangePassword: false, isDemo: false },
  roles: ['assessor', 'administrator'],
  permissions: ['register.read', 'register.write', 'exports.read', 'accounts.manage'],
  csrfToken: 'a-token',
  isLimited: false,
  demonstration: false,
});
const FIRST = '00000000-0000-4000-8000-000000000001';
const SECOND = '00000000-0000-4000-8000-000000000002';

describe('looking through other eyes', () => {
  beforeEach(() => sessionStore.set({ session: account(FIRST), problem: null, seen: null }));

  it('asks the service so, and stops asking so', () => {
    expect(seenHeaders()).toEqual({});
    seeAs({ kind: 'region', code: '220200', names });
    expect(seenHeaders()).toEqual({ 'x-view-as': 'region:220200' });
    seeAs({ kind: 'enterprise', id: SECOND, names });
    expect(seenHeaders()).toEqual({ 'x-view-as': `enterprise:${SECOND}` });
    seeAs({ kind: 'public' });
    expect(seenHeaders()).toEqual({ 'x-view-as': 'public' });
    seeAs(null);
    expect(seenHeaders()).toEqual({});
  });

  it('offers no change, and as the public nothing of the register', () => {
    seeAs({ kind: 'region', code: '220200', names });
    expect([may('register.read'), may('exports.read'), may('register.write')]).toEqual([
      true,
      false,
      false,
    ]);
    seeAs({ kind: 'public' });
    expect([may('register.read'), may('exports.read')]).toEqual([false, false]);
    // What is about accounts stays, and so does what the account itself may do.
    expect(may('accounts.manage')).toBe(true);
    expect(allows(sessionStore.get().session, 'register.write')).toBe(true);
  });

  it('is over when somebody else signs in', () => {
    seeAs({ kind: 'public' });
    sessionStore.set({ session: account(SECOND) });

    expect(seenAsOf(sessionStore.get())).toBeNull();
    expect(may('register.read')).toBe(true);
  });

  it('makes everything be read anew', () => {
    let heard = 0;
    const stop = onCallerChange(() => {
      heard += 1;
    });
    seeAs({ kind: 'public' });
    seeAs({ kind: 'public' });
    seeAs(null);
    stop();

    expect(heard).toBe(2);
  });
});
