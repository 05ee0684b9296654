import type { MeasureKind } from '../control.ts';
import type { Fault } from '../errors.ts';
import type { HazardSource } from '../hazard-source.ts';
import type { Names } from '../names.ts';

type Changes<D> = { readonly [K in keyof D]?: D[K] | undefined };

/** What people say of a hazard source 危险源. */
export type HazardSourceDraft = {
  readonly names: Names;
  readonly kind: HazardSource['kind'];
  readonly accidentTypes: readonly Names[];
  readonly category: string | null;
  readonly attributes: Readonly<Record<string, string>>;
};
export type HazardSourceChanges = Changes<HazardSourceDraft>;
export type NewHazardSource = HazardSourceChanges &
  Pick<HazardSourceDraft, 'names' | 'kind'> & { readonly riskPointId: string };

/** What people say of a control measure 管控措施. */
export type MeasureDraft = {
  /** A source of the same point; null: the whole point. */
  readonly hazardSourceId: string | null;
  readonly kind: MeasureKind;
  readonly text: Names;
};
export type MeasureChanges = Changes<MeasureDraft>;
export type NewMeasure = MeasureChanges &
  Pick<MeasureDraft, 'kind' | 'text'> & { readonly riskPointId: string };

/** Why a row of a deleted risk point is not brought back alone. */
export const POINT_DELETED = {
  zh: '它所属的风险点已被删除，请先恢复风险点。',
  en: 'Its risk point is deleted: restore that first.',
} as const;

/** The risk point that a new row names must be in the register. */
export function parentFaults(riskPointId: string | undefined, exists: boolean): readonly Fault[] {
  if (riskPointId === undefined || exists) return [];
  const detail = {
    zh: '没有这个风险点，或它已被删除。',
    en: 'No risk point has this id, or it was deleted.',
  };
  return [{ pointer: '/riskPointId', detail }];
}

/** The hazard source of a measure must be one of its own risk point. */
export function sourceFaults(
  hazardSourceId: string | null | undefined,
  belongs: boolean,
): readonly Fault[] {
  if (hazardSourceId === undefined || hazardSourceId === null || belongs) return [];
  const detail = {
    zh: '这个风险点没有该危险源，或它已被删除。',
    en: 'The risk point has no hazard source with this id, or it was deleted.',
  };
  return [{ pointer: '/hazardSourceId', detail }];
}
