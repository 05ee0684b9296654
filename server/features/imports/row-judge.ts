import { createCoordinateStats } from '#server/domain/crs/coordinate-stats.ts';
import type { CoordinateSummary } from '#server/domain/crs/coordinate-stats.ts';
import type { Reading } from '#server/domain/crs/reading.ts';
import { evaluatorTables } from '#server/domain/import/evaluator-tables.ts';
import type { EvaluatorTables } from '#server/domain/import/evaluator-tables.ts';
import { createRowEvaluator } from '#server/domain/import/evaluate-row.ts';
import type { EvaluatedRow } from '#server/domain/import/evaluated-row.ts';
import { knownHeader } from '#server/domain/import/import-columns.ts';
import { mapColumns } from '#server/domain/import/map-columns.ts';
import type { MappedColumn } from '#server/domain/import/map-columns.ts';
import type { OwnColumns, ReaderContext } from './import-protocol.ts';
import { coordinateReader } from './row-coordinates.ts';
import { withFixes } from './row-fixes.ts';
import type { FixedRow } from './row-fixes.ts';
import { stagedRow } from './staged-row.ts';

/** Judges the rows of one import; its parts are called in the order columns, survey, summary, prepare, evaluate. */
export class RowJudge {
  readonly #context: ReaderContext;
  readonly #tables: EvaluatorTables;
  #headers: readonly string[] = [];
  #columns: readonly MappedColumn[] = [];
  #stats = createCoordinateStats();
  #evaluate: ((row: FixedRow) => EvaluatedRow) | null = null;

  constructor(context: ReaderContext) {
    this.#context = context;
    this.#tables = evaluatorTables(context.columnTable, context.lifecycleTable);
  }

  readonly isHeader = (cell: string): boolean =>
    knownHeader(this.#tables.columns, this.#context.kind, cell) !== null;

  columns(headers: readonly string[], own: OwnColumns) {
    const mapping = mapColumns(this.#tables.columns, this.#context.kind, headers, own ?? {});
    this.#headers = headers;
    this.#columns = mapping.columns;
    this.#stats = createCoordinateStats();
    return { columns: mapping.columns, faults: mapping.faults, notes: mapping.notes };
  }

  /** A first look at the coordinates of rows, so that the whole file is known before any is judged. */
  survey(rows: readonly FixedRow[]): void {
    const read = coordinateReader(this.#columns);
    for (const row of withFixes(this.#headers, rows)) {
      const found = read(row);
      if (found) this.#stats.add(found.x, found.y, found.form, row.row, found.declared);
    }
  }

  summary(): CoordinateSummary {
    return this.#stats.summary();
  }

  prepare(reading: Reading | null): void {
    const { kind, today, definitions } = this.#context;
    this.#evaluate = createRowEvaluator({
      kind,
      ...this.#tables,
      mapping: this.#columns,
      headers: this.#headers,
      reading,
      today,
      definitions,
    });
  }

  evaluate(rows: readonly FixedRow[]) {
    const evaluate = this.#evaluate;
    if (evaluate === null) throw new Error('Rows were sent before the reading was known');
    const staged = withFixes(this.#headers, rows).map((row) =>
      stagedRow(evaluate(row), this.#context.timeZone),
    );
    return {
      results: JSON.stringify(staged.map(({ result }) => result)),
      subjects: JSON.stringify(staged.flatMap(({ subjects }) => subjects)),
    };
  }
}
