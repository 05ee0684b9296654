/** A row as it was staged: the cells of the file and what was corrected since, by header. */
export type FixedRow = {
  readonly row: number;
  readonly cells: readonly (string | null)[];
  readonly geometry?: unknown;
  readonly fixes?: Readonly<Record<string, string | null>>;
};

/** Rows with their corrections in place. */
export function withFixes(
  headers: readonly string[],
  rows: readonly FixedRow[],
): readonly FixedRow[] {
  return rows.map(({ row, cells, geometry, fixes = {} }) => ({
    row,
    geometry: geometry ?? undefined,
    cells: cells.map((cell, index) => {
      const header = headers[index] ?? '';
      // A header may be called like something that every object has.
      const fix = Object.hasOwn(fixes, header) ? fixes[header] : undefined;
      return fix === undefined ? cell : fix;
    }),
  }));
}
