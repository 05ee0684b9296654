/** What the rows of an imported file are. */
export const IMPORT_KINDS = [
  'risk-points',
  'enterprises',
  'hazard-sources',
  'assessments',
] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];
