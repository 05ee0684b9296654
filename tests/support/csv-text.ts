/** A small CSV by columns: one text of cells for each row, separated by `|`. */
export function csvText(headers: string, ...rows: readonly string[]): string {
  const line = (cells: string): string =>
    cells
      .split('|')
      .map((cell) => `"${cell.trim().replaceAll('"', '""')}"`)
      .join(',');
  return [headers, ...rows].map(line).join('\n');
}
