import { calendarDay } from '#server/domain/calendar-day.ts';
import type { Bilingual } from '#server/domain/bilingual.ts';
import { NotFoundError } from '#server/domain/errors.ts';
import { NO_CITY_CODE } from '#server/domain/identifiers/region-code.ts';
import { importKindOf } from '#server/domain/export-lists.ts';
import { createWorkSlots } from '#server/domain/work-slots.ts';
import { attributeKeys } from './attribute-columns.ts';
import type { AttributeKeys } from './attribute-columns.ts';
import { createCellWords } from './cell-words.ts';
import type { ColumnParts } from './column.ts';
import type { ExportRequest } from './export-request.ts';
import { openSheet } from './export-sheet.ts';
import type { Sheet } from './export-sheet.ts';
import {
  findEnterpriseNames,
  findRegionNames,
  readFieldNames,
  readMark,
} from './export-words.store.ts';
import { exportFileName, filterWords } from './filter-words.ts';
import type { FilterNames } from './filter-words.ts';
import type { ExportDeps, Transaction } from './list-reader.ts';
import { listingFor } from './listing.ts';

/** A file about to be written: everything but its bytes. */
export type ExportContent = {
  readonly request: ExportRequest;
  readonly sheet: Sheet;
  /** What the rows were chosen by. */
  readonly filter: string;
  /** Epoch milliseconds: when the reading began. */
  readonly now: number;
  readonly fileName: string;
  /** Attributes that no column could be made of. */
  readonly leftOut: readonly string[];
  /** Gives the place of this file free. To be called whatever becomes of it. */
  readonly release: () => void;
};

/** More rows than a spreadsheet can hold, or a person can use. */
export class TooManyRowsError extends Error {
  override readonly name = 'TooManyRowsError';
  readonly detail: Bilingual;

  constructor(detail: Bilingual) {
    super(detail.en);
    this.detail = detail;
  }
}

export type ExportsService = ReturnType<typeof createExports>;

/** Files that are written at once: each slow client keeps one page of rows in memory. */
const MOST_AT_ONCE = 8;
/** A sheet has 1,048,576 rows, and a risk point about three. */
const MOST_IN_A_SHEET = 250_000;
/** Keys of attributes that are looked at; an import keeps fewer. */
const MOST_KEYS = 100;

export function createExports(deps: ExportDeps) {
  const slots = createWorkSlots(MOST_AT_ONCE, {
    busy: 'Too many files are being written.',
    retryAfterSeconds: 10,
  });
  return {
    /**
     * Reads what a file begins with. Throws TooManyRowsError where a spreadsheet could not hold the list,
     * NotFoundError for a region or an enterprise that there is not, and OverloadedError where too many files are
     * being written.
     */
    open: async (request: ExportRequest): Promise<ExportContent> => {
      const release = slots.take();
      try {
        return { ...(await contentOf(deps, request)), release };
      } catch (error) {
        release();
        throw error;
      }
    },
  };
}

async function contentOf(
  deps: ExportDeps,
  request: ExportRequest,
): Promise<Omit<ExportContent, 'release'>> {
  const { table, timeZone } = deps;
  const { list, format, language, filter } = request;
  const now = deps.clock();
  const begin = await deps.read((trx) => readBeginning(trx, deps, request));
  const words = createCellWords({
    language,
    timeZone,
    fields: begin.names.fields,
    values: table.values,
  });
  const parts = { words, table };
  const keys = keysOf(deps, request, parts, begin.keys);
  const context = { deps, request, parts, keys: keys.kept, now };
  const hasChanged = async () => (await deps.read(readMark)) !== begin.mark;
  return {
    request,
    sheet: await openSheet(listingFor(context), hasChanged),
    filter: filterWords(request, begin.names, language),
    now,
    fileName: exportFileName(
      { list, format, language, region: filter.region },
      calendarDay(now, timeZone),
    ),
    leftOut: keys.leftOut,
  };
}

type Beginning = {
  readonly names: FilterNames;
  readonly keys: readonly string[];
  readonly mark: string;
};

async function readBeginning(
  trx: Transaction,
  deps: ExportDeps,
  request: ExportRequest,
): Promise<Beginning> {
  const { list, format, filter } = request;
  const { region, enterprise } = filter;
  const names = {
    region: region === undefined ? null : await findRegionNames(trx, region),
    enterprise: enterprise === undefined ? null : await findEnterpriseNames(trx, enterprise),
    fields: await readFieldNames(trx),
  };
  // An empty file would say that nothing is there.
  if (region !== undefined && region !== NO_CITY_CODE && names.region === null)
    throw new NotFoundError('region', region);
  if (enterprise !== undefined && names.enterprise === null) {
    throw new NotFoundError('enterprise', enterprise);
  }
  if (format === 'xlsx') await refuseTooMany(trx, deps, request);
  return {
    names,
    keys: await keysIn(trx, deps, list, filter),
    mark: await readMark(trx),
  };
}

async function refuseTooMany(
  trx: Transaction,
  { points, enterprises }: ExportDeps,
  { list, filter }: ExportRequest,
): Promise<void> {
  const chosen = list === 'major-risks' ? { ...filter, level: [1] as const } : filter;
  const count = await (list === 'enterprises' ? enterprises : points).count(trx, chosen);
  if (count <= MOST_IN_A_SHEET) return;
  throw new TooManyRowsError({
    zh: `共 ${count} 行符合条件，而工作表最多 ${MOST_IN_A_SHEET} 行：请选择一个行政区，或改用 csv。`,
    en: `${count} rows match, and a spreadsheet takes ${MOST_IN_A_SHEET}: choose a region, or csv`,
  });
}

function keysIn(
  trx: Transaction,
  { points, enterprises }: ExportDeps,
  list: ExportRequest['list'],
  filter: ExportRequest['filter'],
): Promise<readonly string[]> {
  if (list === 'risk-points') return points.attributeKeys(trx, filter, MOST_KEYS);
  if (list === 'hazard-sources') return points.sourceAttributeKeys(trx, filter, MOST_KEYS);
  if (list === 'enterprises') return enterprises.attributeKeys(trx, filter, MOST_KEYS);
  return Promise.resolve([]);
}

function keysOf(
  deps: ExportDeps,
  request: ExportRequest,
  parts: ColumnParts,
  found: readonly string[],
): AttributeKeys {
  if (found.length === 0) return { kept: [], leftOut: [] };
  const { list } = request;
  const { columns } = listingFor({ deps, request, parts, keys: [], now: 0 });
  const headers = columns.map(({ header }) => header);
  return attributeKeys(deps.table, importKindOf(list), headers, found);
}
