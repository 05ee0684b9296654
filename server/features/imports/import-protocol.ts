import type { CoordinateSummary } from '#server/domain/crs/coordinate-stats.ts';
import type { Reading } from '#server/domain/crs/reading.ts';
import type { ImportKind } from '#server/domain/import/import-kind.ts';
import type { MethodDefinition } from '#server/domain/methods/method.ts';
import type { Bilingual } from '#server/domain/bilingual.ts';
import type { ColumnFound, FormatFound } from './import-reading.ts';
import type { Refusal } from './reading/refusal.ts';

/** What the worker needs to know of the program; tables as parsed JSON. */
export type ReaderContext = {
  readonly kind: ImportKind;
  readonly columnTable: unknown;
  readonly lifecycleTable: unknown;
  readonly definitions: readonly MethodDefinition[];
  /** YYYY-MM-DD in `timeZone`. */
  readonly today: string;
  readonly timeZone: string;
};

export type OwnColumns = Readonly<Record<string, string | null>> | null;

export type ReaderCommand =
  | {
      readonly type: 'read';
      readonly path: string;
      readonly mediaType: string;
      readonly fileName: string | null;
      readonly sheet: string | null;
    }
  | { readonly type: 'columns'; readonly headers: readonly string[]; readonly own: OwnColumns }
  /** Rows as JSON text: how the coordinates of the whole file look under the columns that were given last. */
  | { readonly type: 'survey'; readonly rows: string }
  | { readonly type: 'summary' }
  | { readonly type: 'prepare'; readonly reading: Reading | null }
  | { readonly type: 'evaluate'; readonly rows: string };

export type ReaderReply =
  | { readonly type: 'head'; readonly format: FormatFound; readonly headers: readonly string[] }
  /** A batch of the file as JSON text; the worker waits for `more`. */
  | { readonly type: 'rows'; readonly rows: string; readonly count: number }
  | { readonly type: 'read'; readonly rows: number }
  | {
      readonly type: 'columns';
      readonly columns: readonly ColumnFound[];
      /** Why the file cannot be read as it is. */
      readonly faults: readonly Bilingual[];
      readonly notes: readonly Bilingual[];
    }
  | { readonly type: 'surveyed' }
  | { readonly type: 'summary'; readonly coordinates: CoordinateSummary }
  | { readonly type: 'prepared' }
  | { readonly type: 'results'; readonly results: string; readonly subjects: string }
  | { readonly type: 'refused'; readonly refusal: Refusal }
  | { readonly type: 'failed'; readonly message: string };

/** Sent by the reader when the rows of a batch were taken. */
export const MORE = 'more';
