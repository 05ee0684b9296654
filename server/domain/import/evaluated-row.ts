import type { Bilingual } from '../bilingual.ts';
import type { ControlLevel, MeasureKind } from '../control.ts';
import type { Position } from '../geometry/bbox.ts';
import type { HazardSource } from '../hazard-source.ts';
import type { Basis } from '../level.ts';
import type { Lifecycle } from '../lifecycle.ts';
import type { Names } from '../names.ts';

/** What is wrong, or odd, in one row. `column` is the header as the file has it; null where it is the row. */
export type RowFault = {
  readonly row: number;
  readonly column: string | null;
  readonly value: string | null;
  readonly problem: Bilingual;
  readonly expected: Bilingual | null;
};

/** Other columns of the row, header → text. Made without a chain of prototypes in the way: any header is safe. */
export type Attributes = Readonly<Record<string, string>>;

export type RiskPointKind = 'facility' | 'place' | 'activity' | 'public_place';
export type HazardSourceKind = HazardSource['kind'];

/*
 * Of every kind of record only what the file says: a key is absent where the cell is empty, and what is stored stays.
 * A new record without `nameZh` takes the name of its identity, without `lifecycle` is running.
 */

export type EnterpriseValues = Partial<{
  readonly nameZh: string;
  readonly nameEn: string;
  readonly uscc: string;
  readonly usccReason: string;
  readonly lifecycle: Lifecycle;
  readonly fields: readonly string[];
  readonly category: string;
  readonly industry: string;
  readonly address: string;
  readonly principalPost: Names;
  readonly principalName: string;
  readonly attributes: Attributes;
}>;

export type RiskPointValues = Partial<{
  readonly nameZh: string;
  readonly nameEn: string;
  readonly code: string;
  readonly kind: RiskPointKind;
  readonly lifecycle: Lifecycle;
  readonly fields: readonly string[];
  readonly category: string;
  readonly controlLevel: ControlLevel;
  readonly department: Names;
  readonly post: Names;
  readonly person: string;
  readonly location: string;
  readonly attributes: Attributes;
}>;

export type HazardSourceValues = Partial<{
  readonly nameZh: string;
  readonly nameEn: string;
  readonly kind: HazardSourceKind;
  readonly category: string;
  readonly accidentTypes: readonly Bilingual[];
  readonly attributes: Attributes;
}>;

export type MeasureValues = {
  readonly kind: MeasureKind;
  readonly textZh: string;
  readonly textEn: string | null;
};

export type AssessmentValues = {
  readonly method: string;
  /** `variant` or `variant@revision`; null: the method's default. */
  readonly version: string | null;
  readonly basis: Basis;
  /** Factor id → value, checked by the definition in force on the day. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** YYYY-MM-DD or RFC 3339, never in the future. */
  readonly assessedAt: string;
};

/** By what a record is found again. `name` is never the only sign where id or code is given, and may then be empty. */
export type Identity = {
  readonly id: string | null;
  readonly source: string | null;
  readonly code: string | null;
  /** The Chinese name, else the English one. */
  readonly name: string;
  readonly category: string | null;
};

export type EvaluatedSubject<V> = { readonly identity: Identity; readonly values: V };

/** Region that a row names: its code, or names of city and county. */
export type StatedRegion = {
  readonly code: string | null;
  readonly city: string | null;
  readonly county: string | null;
};

/** A line or area, GeoJSON, WGS 84 degrees [lon, lat], rounded to 7 decimals. */
export type ShapeGeometry = {
  readonly type: 'LineString' | 'MultiLineString' | 'Polygon' | 'MultiPolygon';
  readonly coordinates: readonly unknown[];
};

export type Place = {
  /** WGS 84 degrees [lon, lat], rounded to 7 decimals (about 1 cm); of a shape a point on it. */
  readonly position: Position;
  /** Absent for a point. */
  readonly geometry?: ShapeGeometry;
  /** As the file has it; of a shape its first vertex. */
  readonly original: {
    readonly x: string;
    readonly y: string;
    readonly crs: string;
    readonly swapped: boolean;
  };
  readonly stated: StatedRegion;
};

/** A row of the file: what it says, and everything that is wrong in it. */
export type EvaluatedRow = {
  readonly row: number;
  readonly enterprise: EvaluatedSubject<EnterpriseValues> | null;
  readonly riskPoint: EvaluatedSubject<RiskPointValues> | null;
  readonly hazardSource: EvaluatedSubject<HazardSourceValues> | null;
  /** Of the hazard source where the row has one, else of the risk point. */
  readonly measures: readonly MeasureValues[];
  readonly assessment: AssessmentValues | null;
  readonly place: Place | null;
  readonly stated: StatedRegion;
  readonly faults: readonly RowFault[];
  readonly warnings: readonly RowFault[];
};

/** A row as a file's reader gives it: cells in the order of the headers. */
export type RowToEvaluate = {
  readonly row: number;
  readonly cells: readonly (string | null)[];
  readonly geometry?: unknown;
};
