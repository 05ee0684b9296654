import type { Bilingual } from './bilingual.ts';

/** What the audit tells of, in words. */
export const auditActionNames = {
  add: { zh: '新增', en: 'Added' },
  change: { zh: '修改', en: 'Changed' },
  remove: { zh: '移除', en: 'Removed' },
  read: { zh: '查看', en: 'Read' },
  export: { zh: '导出', en: 'Exported' },
  'sign-in': { zh: '登录', en: 'Signed in' },
  'sign-in-refused': { zh: '登录被拒绝', en: 'Sign-in refused' },
  'sign-out': { zh: '退出登录', en: 'Signed out' },
  'password-changed': { zh: '更改密码', en: 'Changed the password' },
  'recovery-link': { zh: '生成恢复链接', en: 'Made a recovery link' },
  publish: { zh: '公布', en: 'Published' },
  withdraw: { zh: '撤回公布', en: 'Withdrew' },
  'import-regions': { zh: '载入边界', en: 'Loaded boundaries' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export type AuditAction = keyof typeof auditActionNames;

export const AUDIT_ACTIONS = Object.keys(auditActionNames) as readonly AuditAction[];

/** What things were done to: tables, and what else is handed out. */
const auditKindNames: Readonly<Record<string, Bilingual>> = {
  enterprises: { zh: '企业', en: 'Enterprise' },
  risk_points: { zh: '风险点', en: 'Risk point' },
  hazard_sources: { zh: '危险源', en: 'Hazard source' },
  control_measures: { zh: '管控措施', en: 'Control measure' },
  assessments: { zh: '评估', en: 'Assessment' },
  deletions: { zh: '删除记录', en: 'Deletion' },
  accounts: { zh: '账号', en: 'Account' },
  grants: { zh: '授权', en: 'Grant' },
  api_keys: { zh: '密钥', en: 'Key' },
  list: { zh: '清单', en: 'List' },
  imports: { zh: '导入', en: 'Import' },
  publication: { zh: '公开数据', en: 'Public figures' },
  regions: { zh: '行政区', en: 'Region' },
  audit: { zh: '审计记录', en: 'Audit' },
};

/** The word for an action; one that has none is told as it is written. */
export function auditActionName(action: string): Bilingual {
  const known: Readonly<Record<string, Bilingual>> = auditActionNames;
  return wordFor(known, action);
}

/** The word for a kind of what something was done to; one that has none is told as it is written. */
export function auditKindName(kind: string): Bilingual {
  return wordFor(auditKindNames, kind);
}

function wordFor(words: Readonly<Record<string, Bilingual>>, key: string): Bilingual {
  return (Object.hasOwn(words, key) ? words[key] : undefined) ?? { zh: key, en: key };
}
