import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { EvaluatedRow, RowFault } from '#server/domain/import/evaluated-row.ts';
import { createRowEvaluator } from '#server/domain/import/evaluate-row.ts';
import { evaluatorTables } from '#server/domain/import/evaluator-tables.ts';
import type { ImportKind } from '#server/domain/import/import-kind.ts';
import { mapColumns } from '#server/domain/import/map-columns.ts';
import type { EvaluatorOptions } from '#server/domain/import/row-plan.ts';
import { projectRoot } from '#server/project-root.ts';
import { shippedDefinitions } from '../methods/definitions.ts';

export function shippedTable(name: 'import-columns' | 'import-lifecycles'): unknown {
  return JSON.parse(readFileSync(path.join(projectRoot, 'data', `${name}.json`), 'utf8'));
}

/** The tables that the product ships. */
export const tables = evaluatorTables(
  shippedTable('import-columns'),
  shippedTable('import-lifecycles'),
);

export const WGS84 = { crs: 'wgs84', swapped: false } as const;

export const TODAY = '2026-11-22';

/** A function that judges rows under these headers, as the table takes them. */
export function evaluatorOf(
  kind: ImportKind,
  headers: readonly string[],
  options: Partial<EvaluatorOptions> = {},
): (cells: readonly (string | null)[], geometry?: unknown) => EvaluatedRow {
  const evaluate = createRowEvaluator({
    kind,
    ...tables,
    mapping: mapColumns(tables.columns, kind, headers).columns,
    headers,
    reading: WGS84,
    today: TODAY,
    definitions: shippedDefinitions,
    ...options,
  });
  return (cells, geometry) => evaluate({ row: 2, cells, geometry });
}

/** Judges one row that is given as header → cell. */
export function judge(
  kind: ImportKind,
  record: Readonly<Record<string, string | null>>,
  options: Partial<EvaluatorOptions> & { readonly geometry?: unknown } = {},
): EvaluatedRow {
  const { geometry, ...rest } = options;
  return evaluatorOf(kind, Object.keys(record), rest)(Object.values(record), geometry);
}

/** The faults of a row as `column: problem`. */
export function problemsOf(row: EvaluatedRow, language: 'zh' | 'en' = 'zh'): readonly string[] {
  return row.faults.map((fault) => `${fault.column ?? ''}: ${fault.problem[language]}`);
}

export function faultOf(row: EvaluatedRow, column: string | null): RowFault {
  const found = row.faults.find((fault) => fault.column === column);
  if (!found) throw new Error(`No fault of ${column}: ${JSON.stringify(row.faults)}`);
  return found;
}

const hazards = path.join(projectRoot, '../shared/data/hazards');

/** Text of a file of real sites that does not ship. */
export function sharedCsv(name: string): string {
  const file = path.join(hazards, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
