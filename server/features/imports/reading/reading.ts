import type { Watch } from './budgets.ts';

/** What a file turned out to be; shown to the person who imports it. */
export type FileFormat =
  | {
      kind: 'csv';
      encoding: 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'gb18030';
      delimiter: ',' | ';' | '\t';
    }
  | { kind: 'xlsx'; sheet: string; sheets: string[] }
  | { kind: 'geojson' };

export type TableHead = {
  format: FileFormat;
  /** 1-based row numbers in the file of the rows above the header, and of the header row or rows. */
  titleRows: number[];
  headerRows: number[];
  /** Texts of the title rows; GeoJSON: its `crs` member, as `crs: NAME`. */
  titles: string[];
  /** Column names; of a two-row header "group name", or the text that is merged over both rows. */
  headers: string[];
};

export type TableRow = {
  /** 1-based: the row that a spreadsheet shows; the ordinal of a GeoJSON feature. */
  row: number;
  /** At least one per header, null where empty; more when the row has values beyond the header. */
  cells: (string | null)[];
  /** GeoJSON only: checked type and coordinates, or null. */
  geometry?: unknown;
};

/** One file being read: what the caller of `readTable` asked for, with all defaults filled in. */
export type Reading = {
  readonly path: string;
  readonly size: number;
  readonly sheet: string | undefined;
  readonly isHeader: (cell: string) => boolean;
  readonly watch: Watch;
  readonly onHead: (head: TableHead) => void | Promise<void>;
  readonly onRows: (rows: TableRow[]) => void | Promise<void>;
};

/** Rows are handed on in batches of at most this many. */
export const ROWS_AT_ONCE = 500;
