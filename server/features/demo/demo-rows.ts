import type { Bilingual } from '#server/domain/bilingual.ts';
import type { ControlLevel, MeasureKind } from '#server/domain/control.ts';
import type { Position } from '#server/domain/geometry/bbox.ts';
import type { AssessedSubject } from '#server/domain/in-force.ts';
import type { Basis } from '#server/domain/level.ts';
import type { Lifecycle } from '#server/domain/lifecycle.ts';

/** Instants are RFC 3339 in UTC; positions are [lon, lat], WGS 84. Everything here is invented. */
type DemoLifecycleChange = { readonly at: string; readonly lifecycle: Lifecycle };

export type DemoGeometry =
  | { readonly type: 'Point'; readonly coordinates: Position }
  | { readonly type: 'LineString'; readonly coordinates: readonly Position[] }
  | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Position[])[] };

export type DemoEnterprise = {
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly address: string;
  readonly lon: number;
  readonly lat: number;
  readonly cityCode: string;
  /** On the reference day: the last of its changes. */
  readonly lifecycle: Lifecycle;
  /** Oldest first; the first is the state in which it entered the register. */
  readonly lifecycleChanges: readonly DemoLifecycleChange[];
  /** Codes of the supervised fields. */
  readonly fields: readonly string[];
  /** Class of GB/T 4754-2017, four digits. */
  readonly gbt4754: string | null;
  readonly principalPost: Bilingual;
};

export type DemoRiskPoint = {
  readonly id: string;
  /** Null for a public place. */
  readonly enterpriseId: string | null;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly kind: 'facility' | 'place' | 'activity' | 'public_place';
  readonly geometry: DemoGeometry;
  /** A position on the geometry. */
  readonly lon: number;
  readonly lat: number;
  readonly cityCode: string;
  readonly lifecycle: Lifecycle;
  readonly lifecycleChanges: readonly DemoLifecycleChange[];
  readonly fields: readonly string[];
  readonly existsFrom: string;
  /** Tier of the enterprise that answers for it; null for a public place. */
  readonly controlLevel: ControlLevel | null;
  readonly responsibleDept: Bilingual;
  readonly responsiblePost: Bilingual;
};

/** A kind of accident of GB 6441-1986, with its number there. */
export type AccidentType = Bilingual & { readonly code: string };

export type HazardSourceKind = 'activity' | 'equipment' | 'substance' | 'condition';

export type DemoHazardSource = {
  readonly id: string;
  readonly riskPointId: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly kind: HazardSourceKind;
  readonly accidentTypes: readonly AccidentType[];
};

export type DemoMeasure = {
  readonly id: string;
  readonly riskPointId: string;
  /** Null: the measure is for the whole point. */
  readonly hazardSourceId: string | null;
  readonly kind: MeasureKind;
  readonly textZh: string;
  readonly textEn: string;
};

/** Inputs and a date only: score, level and explanation come from the engine. */
export type DemoAssessment = {
  readonly id: string;
  readonly riskPointId: string;
  readonly subjectKind: AssessedSubject['kind'];
  readonly subjectId: string;
  readonly basis: Basis;
  readonly method: 'lec' | 'ls';
  /** Variant of the method; null = its default. */
  readonly version: string | null;
  readonly inputs: Readonly<Record<string, number>>;
  readonly assessedAt: string;
};

export type DemoRows = {
  readonly enterprises: readonly DemoEnterprise[];
  readonly riskPoints: readonly DemoRiskPoint[];
  readonly hazardSources: readonly DemoHazardSource[];
  readonly measures: readonly DemoMeasure[];
  readonly assessments: readonly DemoAssessment[];
};
