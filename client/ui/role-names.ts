import { useTranslation } from 'react-i18next';
import { isRole } from '#server/domain/policy/grant-rules.ts';
import { ROLES } from '#server/domain/policy/role.ts';
import type { Role, RoleId } from '#server/domain/policy/role.ts';
import { useLang } from './use-format.ts';
import { nameIn } from './words.ts';

/** Name of a role; of one that this page does not know yet, its id. */
export function roleName(role: string, lang: ReturnType<typeof useLang>): string {
  return isRole(role) ? nameIn(ROLES[role].names, lang) : role;
}

/** Roles in words, one after the other. */
export function useRoleNames(roles: readonly string[]): string {
  const { t } = useTranslation();
  const lang = useLang();
  return roles.map((role) => roleName(role, lang)).join(t('app.listSeparator'));
}

/** What whoever has the role may do, one after the other. */
export function useWhatRoleMay(role: RoleId): string {
  const { t } = useTranslation();
  const { permissions }: Role = ROLES[role];
  return permissions
    .map((permission) => t(`accounts.permission.${permission}`))
    .join(t('app.listSeparator'));
}
