import { allows, callerKey, onCallerChange, sessionStore } from '#client/state/session-store.ts';
import type { Session } from '#client/state/session-store.ts';
import { tokenIn } from '#client/state/link-token.ts';
import { pageToReturnTo } from '#client/state/came-from.ts';

const nobody: Session = {
  account: null,
  roles: [],
  permissions: [],
  csrfToken: null,
  isLimited: false,
  demonstration: false,
};

const assessor: Session = {
  account: {
    id: '00000000-0000-4000-8000-000000000001',
    name: 'an.quan',
    fullName: '安全科',
    mustChangePassword: false,
    isDemo: false,
  },
  roles: ['assessor'],
  permissions: ['register.read', 'assessments.write'],
  csrfToken: 'a-token',
  isLimited: false,
  demonstration: false,
};

const fresh: Session = {
  ...assessor,
  account: { ...assessor.account!, mustChangePassword: true },
};

describe('what a session allows', () => {
  it('is what its roles may do, and nothing else', () => {
    expect(allows(assessor, 'assessments.write')).toBe(true);
    expect(allows(assessor, 'register.write')).toBe(false);
  });

  it('is nothing for nobody, and nothing while it is not known who looks', () => {
    expect(allows(nobody, 'register.read')).toBe(false);
    expect(allows(null, 'register.read')).toBe(false);
  });

  it('is nothing until the first password has been changed', () => {
    expect(allows(fresh, 'register.read')).toBe(false);
  });
});

describe('a change of the caller', () => {
  beforeEach(() => sessionStore.set({ session: null, problem: null }));

  it('is told once when it becomes known who looks, and again when somebody else does', () => {
    const heard: boolean[] = [];
    const stop = onCallerChange((isFirst) => heard.push(isFirst));
    sessionStore.set({ session: nobody });
    sessionStore.set({ session: { ...nobody, demonstration: true } });
    sessionStore.set({ session: assessor });
    stop();
    sessionStore.set({ session: nobody });

    expect(heard).toEqual([true, false]);
  });

  it('is not told for another token of the same account', () => {
    const heard: boolean[] = [];
    sessionStore.set({ session: assessor });
    const stop = onCallerChange((isFirst) => heard.push(isFirst));
    sessionStore.set({ session: { ...assessor, csrfToken: 'another' } });
    stop();

    expect(heard).toEqual([]);
  });

  it('is told for other roles of the same account, in whatever order they come', () => {
    const two: Session = { ...assessor, roles: ['viewer', 'assessor'] };
    const turned: Session = { ...assessor, roles: ['assessor', 'viewer'] };

    expect(callerKey(two)).not.toBe(callerKey(assessor));
    expect(callerKey(two)).toBe(callerKey(turned));
  });
});

describe('the ways in', () => {
  it('read the secret of a one-time address and nothing else', () => {
    expect(tokenIn('#SaLjGEU-a1NcTvJL_y5KRIA4lJaQxfIX')).toBe('SaLjGEU-a1NcTvJL_y5KRIA4lJaQxfIX');
    expect(tokenIn('#7.5/43.60000/126.20000')).toBeNull();
    expect(tokenIn('#short')).toBeNull();
    expect(tokenIn('')).toBeNull();
  });

  it('lead back to the page that one came from, never to a form of their own', () => {
    const imports = { kind: 'imports', id: null, rows: null } as const;

    expect(pageToReturnTo({ kind: 'sign-in' }, imports)).toEqual(imports);
    expect(pageToReturnTo({ kind: 'password' }, null)).toBeNull();
    expect(pageToReturnTo({ kind: 'faults' }, imports)).toEqual({ kind: 'faults' });
    expect(pageToReturnTo(null, imports)).toBeNull();
  });
});
