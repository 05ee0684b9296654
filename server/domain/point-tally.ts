/** Risk points of an area, an enterprise or a jurisdiction by level and state. */
export type PointTally = {
  readonly n1: number;
  readonly n2: number;
  readonly n3: number;
  readonly n4: number;
  readonly nNotAssessed: number;
  readonly nExpired: number;
  readonly nNotApplicable: number;
  /** In state assessed. */
  readonly assessed: number;
  /** Without those not applicable. */
  readonly total: number;
};

export const noPoints: PointTally = {
  n1: 0,
  n2: 0,
  n3: 0,
  n4: 0,
  nNotAssessed: 0,
  nExpired: 0,
  nNotApplicable: 0,
  assessed: 0,
  total: 0,
};
