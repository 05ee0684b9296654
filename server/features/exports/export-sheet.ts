import type { Cell } from '#server/files/cell.ts';
import type { Column } from './column.ts';
import { begun } from './pages.ts';

export type SheetRow = {
  readonly cells: readonly Cell[];
  readonly id: string;
  /** GeoJSON geometry as text; null where the list has no places. */
  readonly shape: string | null;
};

export type Listing = {
  readonly columns: readonly Omit<Column<unknown>, 'cell'>[];
  readonly pages: AsyncGenerator<readonly SheetRow[]>;
};

type Parts<R> = {
  readonly columns: readonly Column<R>[];
  readonly pages: AsyncGenerator<readonly R[]>;
  readonly idOf: (row: R) => string;
  readonly shapeOf?: (row: R) => string | null;
};

/** A list that no longer knows what its rows were made of. Nothing is read before the first page is asked for. */
export function listingOf<R>({ columns, pages, idOf, shapeOf = () => null }: Parts<R>): Listing {
  const made = async function* (): AsyncGenerator<readonly SheetRow[]> {
    for await (const page of pages) {
      yield page.map((row) => ({
        cells: columns.map(({ cell }) => cell(row)),
        id: idOf(row),
        shape: shapeOf(row),
      }));
    }
  };
  return {
    columns: columns.map(({ header, width, isProperty }) => ({ header, width, isProperty })),
    pages: made(),
  };
}

/** What is known when the last row was read. */
export type Outcome = { rows: number; hasChanged: boolean };

export type Sheet = Pick<Listing, 'columns'> & {
  readonly rows: AsyncGenerator<SheetRow>;
  /** Complete when the rows have ended. */
  readonly outcome: Readonly<Outcome>;
};

/**
 * The rows of a listing; its first page is read before this returns, so that a failure can still be told. At the end
 * `hasChanged` is asked: each page was read at its own moment.
 */
export async function openSheet(
  { columns, pages }: Listing,
  hasChanged: () => Promise<boolean>,
): Promise<Sheet> {
  const outcome: Outcome = { rows: 0, hasChanged: false };
  const from = await begun(pages);
  const rows = async function* (): AsyncGenerator<SheetRow> {
    for await (const page of from) {
      outcome.rows += page.length;
      yield* page;
    }
    outcome.hasChanged = await hasChanged();
  };
  return { columns, rows: rows(), outcome };
}
