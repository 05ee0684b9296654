/** What writing a row of an imported file would do to the register. */
export const ROW_STATUSES = ['new', 'changed', 'unchanged', 'faulty'] as const;
export type RowStatus = (typeof ROW_STATUSES)[number];
