import { hasPermission, ROLE_IDS } from '#server/domain/policy/role.ts';
import type { RoleId } from '#server/domain/policy/role.ts';

const withPermission = (permission: Parameters<typeof hasPermission>[1]): readonly RoleId[] =>
  ROLE_IDS.filter((role) => hasPermission(role, permission));

describe('what is restricted', () => {
  it('is not told to those who only look, nor to who manages accounts', () => {
    expect(ROLE_IDS.filter((role) => !hasPermission(role, 'register.restricted'))).toEqual([
      'viewer',
      'grid',
      'administrator',
    ]);
  });

  // Writing transactions read the tables themselves, and a file has no place to say what was left out of it.
  it.each(['register.write', 'assessments.write', 'imports.write', 'exports.read'] as const)(
    'is told to every role that has %s',
    (permission) => {
      const roles = withPermission(permission);

      expect(roles.length).toBeGreaterThan(2);
      expect(roles.filter((role) => !hasPermission(role, 'register.restricted'))).toEqual([]);
    },
  );

  it('is told only to those who also see the rows', () => {
    expect(
      withPermission('register.restricted').filter((role) => !hasPermission(role, 'register.read')),
    ).toEqual([]);
  });
});
