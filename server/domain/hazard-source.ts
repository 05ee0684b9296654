import type { MeasureKind } from './control.ts';
import type { Basis, Level, State } from './level.ts';
import type { Names } from './names.ts';

/** A hazard source 危险源 with what its newest assessment of one basis says at one instant. */
export type HazardSource = {
  readonly id: string;
  /** Counts the edits of the row. */
  readonly version: number;
  readonly riskPointId: string;
  readonly names: Names;
  readonly kind: 'activity' | 'equipment' | 'substance' | 'condition';
  readonly category: string | null;
  /** Possible accidents, named as in GB 6441. */
  readonly accidentTypes: readonly Names[];
  readonly basis: Basis;
  readonly state: State;
  readonly level: Level | null;
  /** Level of the assessment that has lapsed. */
  readonly lastLevel: Level | null;
  /** Of the assessment in force. */
  readonly method: string | null;
  readonly score: number | null;
  readonly assessmentId: string | null;
};

/** A control measure 管控措施 of a risk point, or of one of its hazard sources. */
export type ControlMeasure = {
  readonly id: string;
  /** Counts the edits of the row. */
  readonly version: number;
  readonly riskPointId: string;
  readonly kind: MeasureKind;
  readonly text: Names;
  readonly hazardSourceId: string | null;
};
