import type { ColumnTable } from './column-table.ts';
import { parseLifecycleTable } from './import-lifecycles.ts';
import type { LifecycleTable } from './import-lifecycles.ts';
import { parseColumnTable } from './parse-column-table.ts';

export type EvaluatorTables = {
  readonly columns: ColumnTable;
  readonly lifecycles: LifecycleTable;
};

/** Both stored tables, checked. Throws RuleViolationError with the faults of the first that has some. */
export function evaluatorTables(columnTable: unknown, lifecycleTable: unknown): EvaluatorTables {
  return {
    columns: parseColumnTable(columnTable),
    lifecycles: parseLifecycleTable(lifecycleTable),
  };
}
