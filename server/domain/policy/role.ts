import type { Bilingual } from '../bilingual.ts';
import type { Permission } from './permission.ts';

/** What a grant of the role has to be limited to; a role without limits here may be granted for all of the register. */
export type Limit = 'enterprise' | 'fields' | 'expiry';

export type Role = {
  readonly names: Bilingual;
  readonly permissions: readonly Permission[];
  readonly needs: readonly Limit[];
  /** False: it is about accounts, not about places, and is only granted whole. */
  readonly isPlaced: boolean;
};

const role = (
  zh: string,
  en: string,
  permissions: readonly Permission[],
  more: Partial<Role> = {},
): Role => ({
  names: { zh, en },
  permissions,
  needs: [],
  isPlaced: true,
  ...more,
});

/** Whoever changes a row or takes it out of the house is told all of it. */
const TOLD = ['register.read', 'register.restricted'] as const;

const WORK = [
  ...TOLD,
  'register.write',
  'assessments.write',
  'imports.write',
  'exports.read',
] as const;

/** Every role that can be granted. `public` is nobody's grant: whoever sends no credentials has it. */
export const ROLES = {
  viewer: role('查看者', 'Viewer', ['register.read']),
  assessor: role('风险评估员', 'Risk assessor', WORK),
  officer: role('企业安全管理员', 'Enterprise safety officer', WORK, { needs: ['enterprise'] }),
  principal: role('企业主要负责人', 'Enterprise principal', [...TOLD, 'exports.read'], {
    needs: ['enterprise'],
  }),
  agency: role('评估机构', 'Listed agency', [...TOLD, 'assessments.write'], {
    needs: ['expiry'],
  }),
  reviewer: role('核查机关', 'Verifying authority', [...TOLD, 'exports.read']),
  regulator: role('行业监管部门', 'Industry regulator', WORK, { needs: ['fields'] }),
  planner: role('应急规划员', 'Emergency planner', [...TOLD, 'exports.read']),
  grid: role('网格员', 'Grid officer', ['register.read']),
  auditor: role('审计员', 'Auditor', [...TOLD, 'audit.read', 'exports.read'], {
    isPlaced: false,
  }),
  administrator: role('系统管理员', 'Administrator', ['register.read', 'accounts.manage'], {
    isPlaced: false,
  }),
} as const satisfies Readonly<Record<string, Role>>;

export type RoleId = keyof typeof ROLES;

export const ROLE_IDS = Object.keys(ROLES) as readonly RoleId[];

export function hasPermission(id: RoleId, permission: Permission): boolean {
  const { permissions }: Role = ROLES[id];
  return permissions.includes(permission);
}
