/** A value of a table that is written to a file. Dates are instants whose UTC fields are shown. */
export type Cell = string | number | boolean | Date | null;

/** Rows of a table, in order. */
export type Rows = AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>;

/** The most characters (UTF-16 units) that a spreadsheet keeps in one cell. */
export const MAX_CELL_CHARS = 32_767;

/** Controls but tab, LF and CR, and what XML 1.0 forbids: no file format carries them safely. */
const UNWRITABLE = /(?![\t\n\r])[\p{Cc}\uFFFE\uFFFF]/gu;

/** Text that every format can carry: lone surrogates become U+FFFD, controls go, too long is cut with an ellipsis. */
export function writableText(text: string): string {
  const clean = text.replaceAll(/\p{Surrogate}/gu, '\uFFFD').replaceAll(UNWRITABLE, '');
  if (clean.length <= MAX_CELL_CHARS) return clean;
  return `${clean.slice(0, MAX_CELL_CHARS - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** `YYYY-MM-DD`, with ` HH:MM:SS` unless it is midnight; UTC. Null for a date that is none. */
export function dateText(date: Date): string | null {
  if (Number.isNaN(date.getTime())) return null;
  const iso = date.toISOString();
  const [day = '', time = ''] = iso.split('T');
  return time.startsWith('00:00:00') ? day : `${day} ${time.slice(0, 8)}`;
}

/** Numbers that a file can hold: NaN and the infinities are not among them. */
export function writableNumber(value: number): string | null {
  return Number.isFinite(value) ? String(value) : null;
}
