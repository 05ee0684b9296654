import type { Work } from '#server/db/transaction.ts';
import type { Bilingual } from '#server/domain/bilingual.ts';
import { isSupportedCrs } from '#server/domain/crs/crs.ts';
import { readPosition } from '#server/domain/crs/reading.ts';
import type { Reading } from '#server/domain/crs/reading.ts';
import { NotFoundError } from '#server/domain/errors.ts';
import type { Position } from '#server/domain/geometry/bbox.ts';
import { offsetMetres } from '#server/domain/geometry/offset-metres.ts';
import { MAIN_SUBJECT } from '#server/domain/import/column-table.ts';
import type { ColumnTable } from '#server/domain/import/column-table.ts';
import { fieldsOf } from '#server/domain/import/import-columns.ts';
import type { ImportKind } from '#server/domain/import/import-kind.ts';
import type { RowStatus } from '#server/domain/import/row-status.ts';
import type { ImportReading } from './import-reading.ts';
import { unknownCrs } from './import-options.ts';
import { correctedRows, regionOfPlaces } from './import-places.store.ts';
import { listMissing, listRows, placesOf } from './import-rows.store.ts';
import type { MissingRecord, StoredRow } from './import-rows.store.ts';
import { findImport } from './imports.store.ts';
import type { ImportRecord } from './imports.store.ts';
import { coordinateReader } from './row-coordinates.ts';
import { withFixes } from './row-fixes.ts';

export type ImportRowsDeps = {
  readonly read: <T>(work: Work<T>) => Promise<T>;
  readonly table: ColumnTable;
};

/** A row on the small map: where it lies, and where another reading would put it. */
export type ComparedPlace = {
  readonly row: number;
  readonly status: RowStatus;
  readonly position: Position;
  readonly other: Position | null;
  readonly isWarned: boolean;
};

export type ImportFieldInfo = {
  readonly field: string;
  readonly names: Bilingual;
  readonly required: boolean;
  readonly headers: readonly string[];
};

export type ImportRowsService = ReturnType<typeof createImportRows>;

/** What can be looked at in an import: its rows, their places, what it leaves out. */
export function createImportRows({ read, table }: ImportRowsDeps) {
  const withImport = <T>(
    id: string,
    work: (trx: Transaction, record: ImportRecord) => Promise<T>,
  ) =>
    read(async (trx) => {
      const record = await findImport(trx, id);
      if (!record) throw new NotFoundError('import', id);
      return work(trx, record);
    });
  return {
    list: (id: string, status: RowStatus | 'warned' | undefined, page: Page<number>) =>
      withImport(id, async (trx, { reading }) => ({
        rows: await listRows(trx, id, { status }, page),
        headers: reading.headers ?? [],
      })),

    /** Throws NotFoundError. */
    get: (id: string, row: number): Promise<{ row: StoredRow; headers: readonly string[] }> =>
      withImport(id, async (trx, { reading }) => {
        const [found] = await listRows(trx, id, { row }, { after: 0, limit: 1 });
        if (!found) throw new NotFoundError('row of this import', String(row));
        return { row: found, headers: reading.headers ?? [] };
      }),

    /** Throws NotFoundError, RuleViolationError. */
    places: (id: string, crs: string | null, swapped: boolean | null) =>
      withImport(id, (trx, record) => comparePlaces(trx, record, { crs, swapped })),

    missing: (id: string, page: Page<string | null>): Promise<readonly MissingRecord[]> =>
      withImport(id, async (trx, { kind }) =>
        kind === 'assessments' ? [] : listMissing(trx, id, MAIN_SUBJECT[kind], page),
      ),

    fields: (kind: ImportKind): readonly ImportFieldInfo[] =>
      fieldsOf(table, kind).map(({ id, names, requiredIn, headers }) => ({
        field: id,
        names,
        required: requiredIn.includes(kind),
        headers: [...headers],
      })),
  };
}

type Transaction = Parameters<Work<unknown>>[0];
type Page<After> = { readonly after: After; readonly limit: number };

async function comparePlaces(
  trx: Transaction,
  { id, reading }: ImportRecord,
  { crs, swapped }: { readonly crs: string | null; readonly swapped: boolean | null },
) {
  const { coordinates, crs: found } = reading;
  const base = found?.decided ?? found?.candidates[0] ?? null;
  if (!coordinates || base === null) return { items: [], offsetMetres: null, region: null };
  const other = otherReading(crs, swapped, base);
  const sample = withCorrected(coordinates.sample, await placesCorrected(trx, id, reading));
  const known = await placesOf(
    trx,
    id,
    sample.map(({ row }) => row),
  );
  const items = sample.flatMap((raw): readonly ComparedPlace[] => {
    const stored = known.get(raw.row);
    const position = stored?.position ?? onEarth(readPosition(base, raw));
    // A place that cannot be is told by the row's faults; no map can show it.
    if (position === null) return [];
    return [
      {
        row: raw.row,
        status: stored?.status ?? 'faulty',
        position,
        other: other && onEarth(readPosition(other, raw)),
        isWarned: stored?.isWarned ?? false,
      },
    ];
  });
  const region = await regionOfPlaces(trx, id);
  return { items, offsetMetres: medianOffset(items), region };
}

/** The small map has room for so many more. */
const MOST_CORRECTED = 300;

type RawPlace = { readonly row: number; readonly x: number; readonly y: number };
type Corrected = { readonly rows: readonly number[]; readonly places: readonly RawPlace[] };

/** Where rows that were corrected lie now: the file may have had no usable coordinates for them. */
async function placesCorrected(
  trx: Transaction,
  id: string,
  { headers = [], columns = [] }: ImportReading,
): Promise<Corrected> {
  const rows = withFixes(headers, await correctedRows(trx, id, MOST_CORRECTED));
  const read = coordinateReader(columns);
  const places = rows.flatMap((row) => {
    const found = read(row);
    return found === null ? [] : [{ row: row.row, x: found.x, y: found.y }];
  });
  return { rows: rows.map(({ row }) => row), places };
}

/** In the order of the file; of a corrected row only what it says now. */
function withCorrected(
  sample: readonly RawPlace[],
  { rows, places }: Corrected,
): readonly RawPlace[] {
  const outdated = new Set(rows);
  return [...sample.filter(({ row }) => !outdated.has(row)), ...places].toSorted(
    (a, b) => a.row - b.row,
  );
}

function onEarth(position: Position): Position | null {
  const [lon, lat] = position;
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? position : null;
}

function otherReading(crs: string | null, swapped: boolean | null, base: Reading): Reading | null {
  if (crs === null && swapped === null) return null;
  const chosen = crs ?? base.crs;
  if (isSupportedCrs(chosen)) return { crs: chosen, swapped: swapped ?? false };
  throw unknownCrs();
}

function medianOffset(places: readonly ComparedPlace[]): number | null {
  const offsets = places.flatMap(({ position, other }) =>
    other ? [offsetMetres(position, other)] : [],
  );
  const middle = offsets.toSorted((a, b) => a - b)[Math.floor(offsets.length / 2)];
  return middle === undefined ? null : Math.round(middle * 10) / 10;
}
