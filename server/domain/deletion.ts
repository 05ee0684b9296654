export type RowKind = 'enterprise' | 'risk_point' | 'hazard_source' | 'control_measure';

/** How many rows of each kind went along with the row itself. */
export type DeletedChildren = {
  readonly riskPoints: number;
  readonly hazardSources: number;
  readonly measures: number;
};

/** A row that was taken out of the register; restoring it brings exactly what went along back. */
export type DeletedRow = {
  readonly id: string;
  readonly kind: RowKind;
  readonly reason: string;
  /** RFC 3339. */
  readonly at: string;
  readonly children: DeletedChildren;
};
