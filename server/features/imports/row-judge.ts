import { createCoordinateStats } from '#server/domain/crs/coordinate-stats.ts';
import type { CoordinateSummary } from '#server/domain/crs/coordinate-stats.ts';
import type { Reading } from '#server/domain/crs/reading.ts';
import { evaluatorTables } from '#server/domain/import/evaluator-tables.ts';
import { createRowEvaluator } from '#server/domain/import/evaluate-row.ts';
import type { EvaluatedRow } from '#server/domain/import/evaluated-row.ts';
import { knownHeader } from '#server/domain/import/import-columns.ts';
import { mapColumns } from '#server/domain/import/map-columns.ts';
import type { MappedColumn } from '#server/domain/import/map-columns.ts';
import type { OwnColumns, ReaderContext } from './import-protocol.ts';
import { coordinateReader } from './row-coordinates.ts';
import { stagedRow } from './staged-row.ts';

/** A row as it was staged: the cells of the file and what was corrected since, by header. */
export type StoredRow = {
  readonly row: number;
  readonly cells: readonly (string | null)[];
  readonly geometry?: unknown;
  readonly fixes?: Readonly<Record<string, string | null>>;
};

/** Judges the rows of one import; its parts are called in the order columns, survey, summary, prepare, evaluate. */
export function createRowJudge(context: ReaderContext) {
  const tables = evaluatorTables(context.columnTable, context.lifecycleTable);
  const { kind } = context;
  let headers: readonly string[] = [];
  let columns: readonly MappedColumn[] = [];
  let stats = createCoordinateStats();
  let evaluate: (row: StoredRow) => EvaluatedRow = () => {
    throw new Error('Rows were sent before the reading was known');
  };
  return {
    isHeader: (cell: string): boolean => knownHeader(tables.columns, kind, cell) !== null,

    columns: (given: readonly string[], own: OwnColumns) => {
      const mapping = mapColumns(tables.columns, kind, given, own ?? {});
      headers = given;
      columns = mapping.columns;
      stats = createCoordinateStats();
      const { hasPlaces } = coordinateReader(columns);
      return { columns, faults: mapping.faults, notes: mapping.notes, hasPlaces };
    },

    survey: (rows: readonly StoredRow[]): void => {
      const read = coordinateReader(columns);
      for (const row of withFixes(headers, rows)) {
        const found = read.of(row);
        if (found) stats.add(found.x, found.y, found.form, row.row, found.declared);
      }
    },

    summary: (): CoordinateSummary => stats.summary(),

    prepare: (reading: Reading | null): void => {
      evaluate = createRowEvaluator({
        kind,
        ...tables,
        mapping: columns,
        headers,
        reading,
        today: context.today,
        definitions: context.definitions,
      });
    },

    evaluate: (rows: readonly StoredRow[]) => {
      const staged = withFixes(headers, rows).map((row) =>
        stagedRow(evaluate(row), context.timeZone),
      );
      return {
        results: JSON.stringify(staged.map(({ result }) => result)),
        subjects: JSON.stringify(staged.flatMap(({ subjects }) => subjects)),
      };
    },
  };
}

function withFixes(
  headers: readonly string[],
  rows: readonly StoredRow[],
): readonly StoredRow[] {
  return rows.map(({ row, cells, geometry, fixes = {} }) => ({
    row,
    geometry: geometry ?? undefined,
    cells: cells.map((cell, index) => {
      const fix = fixes[headers[index] ?? ''];
      return fix === undefined ? cell : fix;
    }),
  }));
}
