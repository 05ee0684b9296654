import type { Fault } from '../errors.ts';
import type { Bilingual } from '../bilingual.ts';
import { ROLE_IDS, ROLES } from './role.ts';
import type { Role, RoleId } from './role.ts';

/** What somebody asks to grant. */
export type GrantRequest = {
  readonly role: RoleId;
  readonly regions: readonly string[] | null;
  readonly jurisdictions: readonly string[];
  readonly fields: readonly string[] | null;
  readonly enterpriseId: string | null;
  /** RFC 3339; null: it does not end by itself. */
  readonly expiresAt: string | null;
};

export function isRole(text: string): text is RoleId {
  return ROLE_IDS.some((id) => id === text);
}

/** Everything about a grant that breaks a rule of its role; whether what it names exists is not asked here. */
export function grantFaults(request: GrantRequest, now: number): readonly Fault[] {
  const { needs, isPlaced }: Role = ROLES[request.role];
  const isMissing = {
    enterprise: request.enterpriseId === null,
    fields: request.fields === null || request.fields.length === 0,
    expiry: request.expiresAt === null,
  };
  const faults: Fault[] = needs
    .filter((limit) => isMissing[limit])
    .map((limit) => ({ pointer: POINTERS[limit], detail: MISSING[limit] }));
  if (request.regions?.length === 0) faults.push({ pointer: '/regions', detail: EMPTY });
  if (request.expiresAt !== null && !(Date.parse(request.expiresAt) > now)) {
    faults.push({ pointer: '/expiresAt', detail: PAST });
  }
  const isLimited =
    request.regions !== null ||
    request.jurisdictions.length > 0 ||
    request.fields !== null ||
    request.enterpriseId !== null;
  if (!isPlaced && isLimited) faults.push({ pointer: '/role', detail: WHOLE });
  return faults;
}

const POINTERS = { enterprise: '/enterpriseId', fields: '/fields', expiry: '/expiresAt' } as const;

const MISSING: Readonly<Record<keyof typeof POINTERS, Bilingual>> = {
  enterprise: { zh: '该角色须限定到一家企业。', en: 'This role is for one enterprise.' },
  fields: { zh: '该角色须限定到监管行业领域。', en: 'This role is for supervised fields.' },
  expiry: { zh: '该角色须有截止时间。', en: 'This role ends at some time.' },
};
const EMPTY: Bilingual = {
  zh: '请至少列出一个行政区；不限行政区时请用 null。',
  en: 'Name at least one region; null is everywhere.',
};
const PAST: Bilingual = { zh: '截止时间须在将来。', en: 'It must end in the future.' };
const WHOLE: Bilingual = {
  zh: '该角色不能限定范围。',
  en: 'This role is granted whole, without limits.',
};
