import type { ExportFormat, ExportList } from '#server/domain/export-lists.ts';
import type { ControlLevel } from '#server/domain/control.ts';
import type { Bbox, Position } from '#server/domain/geometry/bbox.ts';
import type { Basis, Level, State } from '#server/domain/level.ts';
import type { Lifecycle } from '#server/domain/lifecycle.ts';
import type { Names } from '#server/domain/names.ts';

export type Language = 'zh' | 'en';

/** The filters of the lists; enterprises know neither `enterprise` nor `dynamic`. */
export type ExportFilter = {
  readonly basis: Basis;
  readonly region?: string | undefined;
  readonly enterprise?: string | undefined;
  readonly bbox?: Bbox | undefined;
  readonly level?: readonly Level[] | undefined;
  readonly dynamic?: readonly Level[] | undefined;
  readonly state?: readonly State[] | undefined;
  readonly field?: readonly string[] | undefined;
  readonly q?: string | undefined;
};

export type ExportRequest = {
  readonly list: ExportList;
  readonly format: ExportFormat;
  readonly language: Language;
  readonly filter: ExportFilter;
};

/** Place in a list: the worst first, then by Chinese name, then by id. */
export type ListPlace = readonly [severity: number, nameZh: string, id: string];

type Head = {
  readonly id: string;
  readonly names: Names;
  readonly regionPath: readonly { readonly code: string; readonly names: Names }[];
  readonly lifecycle: Lifecycle;
  readonly fields: readonly string[];
  readonly category: string | null;
  /** EPSG:4326, [lon, lat]. */
  readonly position: Position;
  readonly state: State;
  readonly level: Level | null;
  readonly lastLevel: Level | null;
  readonly severity: number;
};

/** A risk point as its list shows it. */
export type PointHead = Head & {
  readonly code: string | null;
  readonly kind: string;
  readonly enterprise: { readonly id: string; readonly names: Names } | null;
  readonly location: string | null;
  readonly controlLevel: ControlLevel | null;
  readonly department: Names | null;
  readonly post: Names | null;
  readonly person: string | null;
  readonly dynamicLevel: Level | null;
  readonly dueAt: Date | null;
};

/** An enterprise as its list shows it. */
export type EnterpriseHead = Head & {
  readonly uscc: string | null;
  readonly industry: string | null;
  readonly address: string | null;
  readonly principalPost: Names | null;
  readonly principalName: string | null;
};
