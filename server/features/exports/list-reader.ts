import type { Work } from '#server/db/transaction.ts';
import type { ColumnTable } from '#server/domain/import/column-table.ts';
import type { ColumnParts } from './column.ts';
import type {
  EnterpriseHead,
  ExportFilter,
  ExportRequest,
  ListPlace,
  PointHead,
} from './export-request.ts';

export type Transaction = Parameters<Work<unknown>>[0];

/** A list of the register: its pages in its own order, and what is asked of all that match at once. */
export type ListReader<H> = {
  readonly page: (
    trx: Transaction,
    filter: ExportFilter,
    after: ListPlace | null,
    limit: number,
  ) => Promise<readonly H[]>;
  readonly count: (trx: Transaction, filter: ExportFilter) => Promise<number>;
  /** The names of attributes, the most used first. */
  readonly attributeKeys: (
    trx: Transaction,
    filter: ExportFilter,
    limit: number,
  ) => Promise<readonly string[]>;
};

export type PointReader = ListReader<PointHead> & {
  /** The same of the hazard sources of the points that match. */
  readonly sourceAttributeKeys: ListReader<PointHead>['attributeKeys'];
};

export type ExportDeps = {
  readonly read: <T>(work: Work<T>) => Promise<T>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** IANA name. */
  readonly timeZone: string;
  readonly table: ColumnTable;
  readonly points: PointReader;
  readonly enterprises: ListReader<EnterpriseHead>;
};

/** What the rows of one file are made with. */
export type ListingContext = {
  readonly deps: ExportDeps;
  readonly request: ExportRequest;
  readonly parts: ColumnParts;
  /** Attributes that become columns. */
  readonly keys: readonly string[];
  /** Epoch milliseconds of the whole file. */
  readonly now: number;
};
