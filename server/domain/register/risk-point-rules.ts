import type { ControlLevel } from '../control.ts';
import type { Fault } from '../errors.ts';
import type { Position } from '../geometry/bbox.ts';
import type { Lifecycle } from '../lifecycle.ts';
import type { Names } from '../names.ts';
import { fieldFaults, positionFaults, regionFaults } from './shared-rules.ts';

export type RiskPointKind = 'facility' | 'place' | 'activity' | 'public_place';

/** A shape as it was given, EPSG:4326, [lon, lat]. */
export type GivenGeometry = { readonly type: string; readonly coordinates: readonly unknown[] };

/** What people say of a risk point 风险点; its level is never among it. */
export type RiskPointDraft = {
  readonly names: Names;
  readonly enterpriseId: string | null;
  readonly code: string | null;
  readonly kind: RiskPointKind;
  readonly lifecycle: Lifecycle;
  readonly fields: readonly string[];
  readonly category: string | null;
  readonly controlLevel: ControlLevel | null;
  readonly department: Names | null;
  readonly post: Names | null;
  readonly person: string | null;
  readonly location: string | null;
  /** One of the two. */
  readonly geometry: GivenGeometry;
  readonly position: Position;
  /** Epoch milliseconds. */
  readonly existsFrom: number;
  readonly regionCode: string | null;
  readonly attributes: Readonly<Record<string, string>>;
};

/** Members that are absent stay as they are; one that is there as `undefined` is known to be unusable. */
export type RiskPointChanges = {
  readonly [K in keyof RiskPointDraft]?: RiskPointDraft[K] | undefined;
};

/** A new one: what is absent is empty. */
export type NewRiskPoint = RiskPointChanges & Pick<RiskPointDraft, 'names' | 'kind' | 'lifecycle'>;

/** What the rules read of a point as it is. */
export type PointBefore = Pick<
  RiskPointDraft,
  'kind' | 'enterpriseId' | 'lifecycle' | 'existsFrom'
>;

export type RiskPointFacts = {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly regionIsKnown: boolean;
  /** Whether the enterprise that is named exists and is not deleted. */
  readonly enterpriseExists: boolean;
  /** When it (or a source of it) was first assessed, epoch milliseconds; null when never. */
  readonly firstAssessedAt: number | null;
  /** Null for a new point. */
  readonly before: PointBefore | null;
};

const TEXTS = {
  noEnterprise: {
    zh: '没有这家企业，或它已被删除。',
    en: 'No enterprise has this id, or it was deleted.',
  },
  needsEnterprise: {
    zh: '只有公共场所可以不属于企业。',
    en: 'Only a public place may be without an enterprise.',
  },
  twoPlaces: {
    zh: '位置和几何形状只能给一个。',
    en: 'Give a position or a geometry, not both.',
  },
  noPlace: {
    zh: '缺少位置：请给出位置或几何形状。',
    en: 'Is missing: give a position or a geometry.',
  },
  future: { zh: '不能晚于现在。', en: 'Must not lie in the future.' },
  planned: {
    zh: '已评估过，不能是规划中；是否应为停产或关闭？',
    en: 'It was assessed, so it cannot be planned: closed or suspended?',
  },
} as const;

/** Every rule that the changes break, but for the shape itself, which checkGeometry looks at. */
export function riskPointFaults(
  changes: RiskPointChanges,
  facts: RiskPointFacts,
): readonly Fault[] {
  return [
    ...enterpriseFaults(changes, facts),
    ...fieldFaults(changes.fields),
    ...placeFaults(changes, facts.before === null),
    ...positionFaults(changes.position),
    ...beginningFaults(changes, facts),
    ...lifecycleFaults(changes, facts),
    ...regionFaults(changes.regionCode, facts.regionIsKnown),
  ];
}

function enterpriseFaults(
  changes: RiskPointChanges,
  { before, enterpriseExists }: RiskPointFacts,
): readonly Fault[] {
  const pointer = '/enterpriseId';
  if (typeof changes.enterpriseId === 'string' && !enterpriseExists) {
    return [{ pointer, detail: TEXTS.noEnterprise }];
  }
  const isTouched = changes.enterpriseId !== undefined || changes.kind !== undefined;
  const isUnusable =
    (Object.hasOwn(changes, 'enterpriseId') && changes.enterpriseId === undefined) ||
    (Object.hasOwn(changes, 'kind') && changes.kind === undefined);
  if (isUnusable || (before !== null && !isTouched)) return [];
  const { enterpriseId = before?.enterpriseId ?? null, kind = before?.kind } = changes;
  if (enterpriseId !== null || kind === undefined || kind === 'public_place') return [];
  return [{ pointer, detail: TEXTS.needsEnterprise }];
}

function placeFaults(changes: RiskPointChanges, isNew: boolean): readonly Fault[] {
  const given = [changes.geometry, changes.position].filter((place) => place !== undefined).length;
  if (given === 2) return [{ pointer: '/position', detail: TEXTS.twoPlaces }];
  const hasPlace = Object.hasOwn(changes, 'geometry') || Object.hasOwn(changes, 'position');
  return isNew && !hasPlace ? [{ pointer: '/position', detail: TEXTS.noPlace }] : [];
}

function beginningFaults(
  { existsFrom }: RiskPointChanges,
  { now, firstAssessedAt }: RiskPointFacts,
): readonly Fault[] {
  const pointer = '/existsFrom';
  if (existsFrom === undefined) return [];
  if (existsFrom > now) return [{ pointer, detail: TEXTS.future }];
  if (firstAssessedAt === null || existsFrom <= firstAssessedAt) return [];
  const first = new Date(firstAssessedAt).toISOString();
  return [
    {
      pointer,
      detail: {
        zh: `它在 ${first} 已评估过，存在起始时间不能晚于此。`,
        en: `It was assessed on ${first} already.`,
      },
    },
  ];
}

function lifecycleFaults(
  { lifecycle }: RiskPointChanges,
  { before, firstAssessedAt }: RiskPointFacts,
): readonly Fault[] {
  if (lifecycle !== 'planned' || before?.lifecycle === 'planned' || firstAssessedAt === null) {
    return [];
  }
  return [{ pointer: '/lifecycle', detail: TEXTS.planned }];
}
