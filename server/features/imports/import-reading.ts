import type { Bilingual } from '#server/domain/bilingual.ts';
import type { Crs } from '#server/domain/crs/crs.ts';
import type { CoordinateSummary } from '#server/domain/crs/coordinate-stats.ts';
import type { Reading } from '#server/domain/crs/reading.ts';

/** What the sender of a file said of it. */
export type ImportOptions = {
  readonly crs: Crs | 'auto';
  /** Null: as the numbers say. */
  readonly swapped: boolean | null;
  /** Header → field, null = attribute; null: by the headers. */
  readonly map: Readonly<Record<string, string | null>> | null;
  readonly region: string | null;
  readonly sheet: string | null;
};

export type FormatFound = {
  readonly kind: 'csv' | 'xlsx' | 'geojson';
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly sheet: string | null;
  readonly sheets: readonly string[];
  readonly titleRows: readonly number[];
  readonly headerRows: readonly number[];
  readonly titles: readonly string[];
};

export type ColumnFound = {
  readonly header: string;
  readonly field: string | null;
  readonly use: 'field' | 'attribute' | 'ignored';
  readonly note: Bilingual | null;
};

export type CandidateFound = Reading & {
  readonly names: Bilingual;
  readonly offsetMetres: number;
  readonly inStatedRegion: number;
  readonly outside: number;
  readonly checked: number;
};

export type CrsFound = {
  readonly decided: Reading | null;
  readonly because: Bilingual;
  readonly candidates: readonly CandidateFound[];
};

/** What was found in a file before any row was judged; null or absent until it is known. */
export type ImportReading = {
  /** Identifier of an earlier import of the very same file. */
  readonly sameFileAs?: string | null;
  readonly format?: FormatFound;
  readonly headers?: readonly string[];
  readonly columns?: readonly ColumnFound[];
  /** The saved mapping that the columns are read by; null where the headers say it. */
  readonly mappingId?: string | null;
  /** Faults of the file as a whole, such as no column with a name. */
  readonly fileFaults?: readonly Bilingual[];
  readonly notes?: readonly Bilingual[];
  readonly coordinates?: CoordinateSummary | null;
  readonly crs?: CrsFound | null;
};
