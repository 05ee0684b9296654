import type { Merge } from './merges.ts';
import { mergeAt } from './merges.ts';

export type RawRow = { readonly row: number; readonly cells: (string | null)[] };

export type FoundHeader = {
  readonly titleRows: number[];
  readonly headerRows: number[];
  readonly titles: string[];
  readonly headers: string[];
};

type Candidate = {
  readonly at: number;
  readonly length: 1 | 2;
  readonly headers: string[];
  readonly known: number;
  /** Two rows because cells are merged across, not because it looks so. */
  readonly isMerged: boolean;
};

type Table = {
  readonly rows: readonly RawRow[];
  readonly merges: readonly Merge[];
  readonly isHeader: (cell: string) => boolean;
};

/** Known names that make a row a header: one alone may be a title or a value. */
const ENOUGH_NAMES = 2;
/** A header has no more merged ranges in the rows that are searched; more would only cost time. */
const MOST_MERGES = 6000;
/** "Reported by: …" and dates above a header are merged across like groups, but are none. */
const NO_GROUP = /[:：]|\d{4}年|^.{40}/u;
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/**
 * Which of the first rows are the header: the row with most known column names, at least two, else
 * the first row with two texts that are no numbers, else the first row. A row of groups above or a
 * row of details below belongs to it when cells are merged across, or when it adds known names.
 * Rows before it are titles. Rows must not be empty, and at least one must be given.
 */
export function findHeader({ rows: searched, merges, isHeader }: Table): FoundHeader {
  const lastRow = searched.at(-1)?.row ?? 0;
  const near = merges.filter(({ top }) => top <= lastRow).slice(0, MOST_MERGES);
  const table = { rows: searched, merges: near, isHeader };
  const candidates = table.rows.flatMap((_, at) => [single(table, at), ...pairs(table, at)]);
  const chosen = best(candidates) ?? fallback(table, candidates);
  const rows = table.rows.slice(chosen.at, chosen.at + chosen.length);
  const titleRows = table.rows.slice(0, chosen.at);
  return {
    titleRows: titleRows.map(({ row }) => row),
    titles: titleRows.map(({ cells }) => cells.map(plain).filter(Boolean).join(' ')),
    headerRows: rows.map(({ row }) => row),
    headers: chosen.headers,
  };
}

/** Text of a header or title on one line. */
function plain(text: string | null | undefined): string {
  return (text ?? '').replaceAll(/\s+/g, ' ').trim();
}

function best(candidates: readonly Candidate[]): Candidate | undefined {
  const most = Math.max(...candidates.map(({ known }) => known));
  if (most < ENOUGH_NAMES) return undefined;
  const equal = candidates.filter(({ known }) => known === most);
  return (
    equal.find(({ isMerged }) => isMerged) ?? equal.find(({ length }) => length === 1) ?? equal[0]
  );
}

function fallback({ rows }: Table, candidates: readonly Candidate[]): Candidate {
  const texts = ({ cells }: RawRow): number =>
    cells.filter((cell) => plain(cell) !== '' && !NUMBER.test(plain(cell))).length;
  const at = Math.max(
    0,
    rows.findIndex((row) => texts(row) >= 2),
  );
  const here = candidates.filter((candidate) => candidate.at === at);
  const chosen = here.find(({ isMerged }) => isMerged) ?? here[0];
  if (chosen === undefined) throw new RangeError('A header is looked for in at least one row');
  return chosen;
}

function single({ rows, isHeader }: Table, at: number): Candidate {
  const headers = trimmed((rows[at]?.cells ?? []).map(plain));
  return { at, length: 1, headers, known: countKnown(headers, isHeader), isMerged: false };
}

function countKnown(names: readonly string[], isHeader: (cell: string) => boolean): number {
  return new Set(names.filter((name) => name !== '' && isHeader(name))).size;
}

function trimmed(headers: string[]): string[] {
  return headers.slice(0, headers.findLastIndex((header) => header !== '') + 1);
}

/** The header that a row and the next one make together, if they can. */
function pairs({ rows, merges, isHeader }: Table, at: number): readonly Candidate[] {
  const [top, bottom] = [rows[at], rows[at + 1]];
  if (top === undefined || bottom === undefined || bottom.row !== top.row + 1) return [];
  if (new Set(top.cells.map(plain).filter(Boolean)).size < 2 && !beginsInside(top, merges))
    return [];
  const columns = pairColumns({ top, bottom, merges, isHeader });
  if (columns === undefined || !columns.some(({ detail }) => detail !== null)) return [];
  const headers = trimmed(columns.map(({ text }) => text));
  const known = countKnown(
    columns.map(({ text, detail }) => (isHeader(text) ? text : (detail ?? ''))),
    isHeader,
  );
  return [{ at, length: 2, headers, known, isMerged: columns.some(({ isMerged }) => isMerged) }];
}

/** A lone text is a title unless it is merged across some inner columns, as a group is. */
function beginsInside(top: RawRow, merges: readonly Merge[]): boolean {
  const at = top.cells.findIndex((cell) => plain(cell) !== '');
  const merge = mergeAt(merges, top.row, at);
  return at > 0 && merge !== undefined && merge.right > merge.left;
}

/** `detail` is the second row's text where it stands under a group. */
type PairColumn = {
  readonly text: string;
  readonly group: string;
  readonly detail: string | null;
  readonly isMerged: boolean;
};
type Pair = { readonly top: RawRow; readonly bottom: RawRow } & Pick<Table, 'merges' | 'isHeader'>;

/** Column by column; undefined when the second row is not made of details, as a data row is not. */
function pairColumns(pair: Pair): readonly PairColumn[] | undefined {
  const width = Math.max(pair.top.cells.length, pair.bottom.cells.length);
  const columns: PairColumn[] = [];
  let group = '';
  for (let at = 0; at < width; at += 1) {
    const merge = mergeAt(pair.merges, pair.top.row, at);
    if (merge !== undefined && merge.bottom > pair.bottom.row) return undefined;
    const column = pairColumn(pair, at, merge, group);
    const isInferred = !column.isMerged && column.detail !== null;
    if (isInferred && !isKnown(column, pair.isHeader)) return undefined;
    if (column.detail !== null && NO_GROUP.test(column.group)) return undefined;
    columns.push(column);
    group = merge === undefined && column.detail !== null ? column.group : '';
  }
  return columns;
}

/** `group`: of the column before, when it was not merged and may go on over this one. */
function pairColumn(
  { top, bottom }: Pair,
  at: number,
  merge: Merge | undefined,
  group: string,
): PairColumn {
  const above = plain(top.cells[at]);
  const below = merge?.bottom === bottom.row ? '' : plain(bottom.cells[at]);
  const over = merge === undefined ? above || group : plain(top.cells[merge.left]);
  const isMerged = merge !== undefined && merge.bottom === top.row;
  if (below === '') return { text: above, group: '', detail: null, isMerged: false };
  if (over === '') return { text: below, group: '', detail: null, isMerged: false };
  return { text: `${over} ${below}`, group: over, detail: below, isMerged };
}

function isKnown({ text, detail }: PairColumn, isHeader: (cell: string) => boolean): boolean {
  return isHeader(text) || (detail !== null && isHeader(detail));
}
