import type { Bilingual } from '#server/domain/bilingual.ts';
import type { ImportKind } from '#server/domain/import/import-kind.ts';

export type CheckedField =
  | 'enterpriseId'
  | 'riskPointId'
  | 'hazardSourceId'
  | 'riskPointName'
  | 'hazardSourceName'
  | 'uscc'
  | 'code'
  | 'place'
  | 'riskPointKind'
  | 'stated';

export type Check = {
  readonly as: 'faults' | 'warnings';
  /** Kinds of import it is made for. */
  readonly kinds?: readonly ImportKind[];
  /** Not made while nobody knows how the coordinates of the file are to be read. */
  readonly needsPlaces?: true;
  /** Field whose column is named. */
  readonly field: CheckedField | null;
  readonly problem: Bilingual;
  readonly expected: Bilingual | null;
  /**
   * Rows it hits: `row_no` and what stands there as `value`. May use :id, :main (the kind of record that the rows are
   * about), :region, and of the column that is named its header :column and its place :at, from 0.
   */
  readonly sql: string;
};
