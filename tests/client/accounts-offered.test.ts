import { PERMISSIONS } from '#server/domain/policy/permission.ts';
import type { Permission } from '#server/domain/policy/permission.ts';
import { grantFaults } from '#server/domain/policy/grant-rules.ts';
import { ROLE_IDS } from '#server/domain/policy/role.ts';
import { isOpenTo } from '#client/app/page-needs.ts';
import {
  endOfDay,
  grantBody,
  limitsOf,
  missingLimits,
} from '#client/features/accounts/grant-limits.ts';
import { NO_AUDIT_FILTER } from '#client/state/audit-filter.ts';
import type { Session } from '#client/state/session-store.ts';
import type { ViewPage } from '#client/state/url-state.ts';

const WHO = '00000000-0000-4000-8000-000000000001';

const withPermissions = (permissions: readonly Permission[]): Session => ({
  account: {
    id: WHO,
    name: 'an.quan',
    fullName: '安全科',
    mustChangePassword: false,
    isDemo: false,
  },
  roles: [],
  permissions: [...permissions],
  csrfToken: 'a-token',
  isLimited: false,
  demonstration: false,
});

const nobody: Session = { ...withPermissions([]), account: null, csrfToken: null };

const pages: Readonly<Record<string, ViewPage>> = {
  imports: { kind: 'imports', id: null, rows: null },
  faults: { kind: 'faults' },
  deleted: { kind: 'deleted' },
  accounts: { kind: 'accounts' },
  keys: { kind: 'keys' },
  audit: { kind: 'audit', filter: NO_AUDIT_FILTER },
  'sign-in': { kind: 'sign-in' },
  password: { kind: 'password' },
  'set-up': { kind: 'set-up' },
  recover: { kind: 'recover' },
};

const openPages = (session: Session | null) =>
  Object.keys(pages).filter((name) => {
    const page = pages[name];
    return page !== undefined && isOpenTo(page, session);
  });

describe('the pages', () => {
  const always = ['sign-in', 'password', 'set-up', 'recover'];

  it('are shut for nobody, but for the ways in', () => {
    expect(openPages(nobody)).toEqual(always);
    expect(openPages(null)).toEqual(always);
  });

  it('open with their own permission only', () => {
    expect(openPages(withPermissions(['register.read']))).toEqual([
      'faults',
      'deleted',
      'keys',
      ...always,
    ]);
    expect(openPages(withPermissions(['imports.write']))).toEqual(['imports', 'keys', ...always]);
    expect(openPages(withPermissions(['accounts.manage']))).toEqual([
      'accounts',
      'keys',
      ...always,
    ]);
    expect(openPages(withPermissions(['audit.read']))).toEqual(['keys', 'audit', ...always]);
    expect(openPages(withPermissions(PERMISSIONS))).toEqual(Object.keys(pages));
  });
});

describe('the limits of a grant', () => {
  it('are those that the role takes', () => {
    expect(limitsOf('officer')).toEqual({
      regions: 'no',
      fields: 'no',
      enterprise: 'must',
      expiry: 'may',
    });
    expect(limitsOf('regulator').fields).toBe('must');
    expect(limitsOf('agency').expiry).toBe('must');
    expect(limitsOf('administrator')).toEqual({
      regions: 'no',
      fields: 'no',
      enterprise: 'no',
      expiry: 'may',
    });
  });

  it('are missed before anything is sent', () => {
    const empty = { regions: [], jurisdictions: [], fields: [], enterpriseId: null, lastDay: '' };

    expect(missingLimits({ ...empty, role: 'officer' }, '?')).toEqual({ enterpriseId: ['?'] });
    expect(missingLimits({ ...empty, role: 'regulator' }, '?')).toEqual({ fields: ['?'] });
    expect(missingLimits({ ...empty, role: 'agency' }, '?')).toEqual({ expiresAt: ['?'] });
    expect(missingLimits({ ...empty, role: 'viewer' }, '?')).toEqual({});
  });

  it('never break a rule of the role, whatever was typed for another one before', () => {
    const typed = {
      regions: ['220100'],
      jurisdictions: [WHO],
      fields: ['hazardous-chemicals'],
      enterpriseId: WHO,
      lastDay: '2027-01-31',
    };
    const broken = ROLE_IDS.filter((role) => {
      const { accountId: _, ...body } = grantBody(WHO, { ...typed, role });
      const request = {
        role,
        regions: body.regions ?? null,
        jurisdictions: body.jurisdictions ?? [],
        fields: body.fields ?? null,
        enterpriseId: body.enterpriseId ?? null,
        expiresAt: body.expiresAt ?? null,
      };
      return grantFaults(request, Date.parse('2026-06-01T00:00:00Z')).length > 0;
    });

    expect(broken).toEqual([]);
  });

  it('end at the end of the day that was chosen', () => {
    const end = endOfDay('2027-01-31');

    expect(end === null ? null : new Date(end).getDate()).toBe(31);
    expect(end === null ? null : new Date(end).getHours()).toBe(23);
    expect(endOfDay('')).toBeNull();
    expect(endOfDay('soon')).toBeNull();
  });
});
