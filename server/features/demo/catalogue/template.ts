import type { Bilingual } from '#server/domain/bilingual.ts';
import type { DemoRiskPoint, HazardSourceKind } from '../demo-rows.ts';
import type { AccidentCode } from './accident-types.ts';

export type SourceTemplate = Bilingual & {
  readonly kind: HazardSourceKind;
  /** GB 6441, the most likely first. */
  readonly accidents: readonly AccidentCode[];
};

export type Owner = { readonly dept: Bilingual; readonly post: Bilingual };

export type PointTemplate = Bilingual & {
  readonly kind: DemoRiskPoint['kind'];
  readonly fields: readonly string[];
  readonly owner: Owner;
  /** How it is drawn: a position, a section of road, or an area. */
  readonly shape: 'point' | 'line' | 'area';
  readonly sources: readonly SourceTemplate[];
};

/** How an enterprise assesses: the usual habit of its industry. */
export type MethodHabit = 'lec' | 'ls' | 'ls-coal';

export type Industry = Bilingual & {
  readonly fields: readonly string[];
  readonly gbt4754: string;
  readonly habit: MethodHabit;
  /** Lies outside towns: mines, quarries, wind farms. */
  readonly isRemote?: boolean;
  /** Own points first: the first of them leads the enterprise. */
  readonly points: readonly PointTemplate[];
};

export const source = (
  kind: HazardSourceKind,
  zh: string,
  en: string,
  ...accidents: readonly AccidentCode[]
): SourceTemplate => ({ kind, zh, en, accidents });

type PointExtras = {
  readonly kind?: DemoRiskPoint['kind'];
  readonly fields?: readonly string[];
  readonly shape?: PointTemplate['shape'];
};

export const point = (
  names: readonly [zh: string, en: string],
  owner: Owner,
  sources: readonly SourceTemplate[],
  extras: PointExtras = {},
): PointTemplate => ({
  zh: names[0],
  en: names[1],
  owner,
  sources,
  kind: extras.kind ?? 'facility',
  fields: extras.fields ?? [],
  shape: extras.shape ?? 'point',
});
