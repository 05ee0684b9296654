import type { Knex } from 'knex';
import { renewStatistics } from '#server/db/statistics.ts';
import { NotFoundError } from '#server/domain/errors.ts';
import type { ImportKind } from '#server/domain/import/import-kind.ts';
import { compareImport } from './compare-import.ts';
import type { Comparing } from './compare-import.ts';
import { decideCrs } from './decide-crs.ts';
import type { JobControl } from './import-jobs.ts';
import type { ImportReader } from './import-reader.ts';
import type { ImportReading } from './import-reading.ts';
import { analyseImports } from './import-groups.store.ts';
import { wrongState } from './import-refusals.ts';
import { appendRows, dropResults, nextRows, putResults } from './import-rows.store.ts';
import { isReasons } from './reasons-column.ts';
import { findImport, findMapping, keepMapping, updateImport } from './imports.store.ts';
import type { ImportRecord, ImportState } from './imports.store.ts';
import type { UploadedFile } from './upload-file.ts';

type Transact = <T>(work: (trx: Knex.Transaction) => Promise<T>) => Promise<T>;

export type FlowDeps = {
  readonly read: Transact;
  readonly write: Transact;
  /** Like `write`, without a limit of time: for statements over all rows of a file. */
  readonly writeBulk: Transact;
  readonly openReader: (kind: ImportKind) => Promise<ImportReader>;
  readonly newId: () => string;
};

/** Rows judged at once: a few hundred kilobytes of JSON. */
const BATCH = 500;

/** Reads a file into the staging tables, judges its rows, compares them with the register. Throws FileRefusedError. */
export async function readFile(
  deps: FlowDeps,
  { id, kind, mediaType, fileName, options, reading: known }: ImportRecord,
  file: UploadedFile,
  control: JobControl,
): Promise<void> {
  const reader = await deps.openReader(kind);
  try {
    let reading: ImportReading = known;
    let done = 0;
    control.report('reading', 0, null);
    await reader.read(
      { path: file.path, mediaType, fileName, sheet: options.sheet },
      {
        onHead: async ({ format, headers }) => {
          const saved = options.map ? null : await rememberedMap(deps, kind, headers);
          const map = saved?.mapping ?? options.map;
          // From now on it is this import's own: a corrected row is judged by it too.
          if (saved)
            await deps.write((trx) => updateImport(trx, id, { options: { ...options, map } }));
          const columns = await columnsOf(reader, headers, map);
          reading = { ...known, format, headers, mappingId: saved?.id ?? null, ...columns };
        },
        onRows: async (rows, count) => {
          await deps.write((trx) => appendRows(trx, id, rows));
          done += count;
          control.report('reading', done, null);
        },
      },
    );
    if (options.map) {
      const mappingId = await remember(deps, kind, reading.headers ?? [], options.map);
      reading = { ...reading, mappingId };
    }
    await judgeRows(deps, reader, { id, reading, total: done }, control);
  } finally {
    await reader.close();
  }
}

/** Judges the staged rows again: with other columns, another coordinate system, another region. */
export async function judgeAgain(
  deps: FlowDeps,
  { id, kind, options, reading, outcome }: ImportRecord,
  control: JobControl,
): Promise<void> {
  const reader = await deps.openReader(kind);
  try {
    const headers = reading.headers ?? [];
    const columns = await columnsOf(reader, headers, options.map);
    const total = outcome.rows ?? 0;
    await eachBatch(deps, id, (rows, done) => {
      control.report('reading', done, total);
      return reader.survey(rows);
    });
    const mappingId = options.map && (await remember(deps, kind, headers, options.map));
    const again = { ...reading, ...columns, mappingId };
    await judgeRows(deps, reader, { id, reading: again, total }, control);
  } finally {
    await reader.close();
  }
}

/** Judges one corrected row, and then all rows against each other. */
export async function judgeRow(
  deps: FlowDeps,
  { id, kind, options, reading }: ImportRecord,
  rows: string,
  row: number,
): Promise<void> {
  const reader = await deps.openReader(kind);
  try {
    await columnsOf(reader, reading.headers ?? [], options.map);
    await reader.prepare({ reading: reading.crs?.decided ?? null });
    const judged = await reader.evaluate(rows);
    await deps.write(async (trx) => {
      await dropResults(trx, id, row);
      await putResults(trx, id, judged);
    });
    await compare(deps, id, { from: ['ready', 'rejected'], corrected: row });
  } finally {
    await reader.close();
  }
}

type Staged = { readonly id: string; readonly reading: ImportReading; readonly total: number };

async function judgeRows(
  deps: FlowDeps,
  reader: ImportReader,
  { id, reading, total }: Staged,
  control: JobControl,
): Promise<void> {
  const coordinates = await reader.summary();
  const seen = { ...reading, coordinates };
  await deps.write((trx) => updateImport(trx, id, { reading: seen }));
  const crs = await deps.read(async (trx) => {
    const record = await findImport(trx, id);
    return record && decideCrs(trx, id, record, record.fileName);
  });
  await deps.write((trx) => updateImport(trx, id, { reading: { ...seen, crs } }));
  await reader.prepare({ reading: crs?.decided ?? null });
  await deps.writeBulk((trx) => dropResults(trx, id));
  await judgeBatches(deps, reader, id, (done) => control.report('comparing', done, total));
  const record = await deps.read((trx) => findImport(trx, id));
  if (record) control.hold(record);
  // How long the rest takes nobody knows; between its steps it can be cancelled.
  const step = () => control.report('comparing', total, null);
  await deps.writeBulk(renewStatistics);
  await deps.writeBulk((trx) => analyseImports(trx, id));
  await compare(deps, id, { from: ['reading'], step, statistics: 'renewed' });
  // A commit joins by what was just worked out.
  await deps.writeBulk((trx) => analyseImports(trx, id));
}

/** While the results of one batch are stored the next one is judged. */
async function judgeBatches(
  deps: FlowDeps,
  reader: ImportReader,
  id: string,
  report: (done: number) => void,
): Promise<void> {
  let stored: Promise<void> = Promise.resolve();
  try {
    await eachBatch(deps, id, async (rows, done) => {
      report(done);
      const judged = await reader.evaluate(rows);
      await stored;
      stored = deps.write((trx) => putResults(trx, id, judged));
      // Looked at when the next batch is judged; until then a failure must not count as nobody's.
      void stored.catch(() => undefined);
    });
  } finally {
    // What is under way must not come after whatever follows a failure.
    await stored.catch(() => undefined);
  }
  await stored;
}

type Stage = Comparing & {
  /** States in which the import may be; another process may have ended or written it meanwhile. */
  readonly from: readonly ImportState[];
};

/** Compares what is staged with the register and says where the import stands. Throws NotFoundError, ConflictError. */
export async function compare(deps: FlowDeps, id: string, { from, ...how }: Stage): Promise<void> {
  await deps.writeBulk(async (trx) => {
    const record = await findImport(trx, id, 'lock');
    if (!record) throw new NotFoundError('import', id);
    if (!from.includes(record.state)) throw wrongState(record.state, from);
    const compared = await compareImport(trx, toCompare(record), how);
    await updateImport(trx, id, { ...compared, ...standing(record.reading) });
  });
}

export function toCompare({ id, kind, options, reading }: ImportRecord) {
  const { columns = [], crs } = reading;
  return { id, kind, region: options.region, columns, isUndecided: crs?.decided === null };
}

/** A file whose coordinates or columns are not understood waits for a decision. */
function standing({ crs, fileFaults = [] }: ImportReading) {
  const [fault] = fileFaults;
  if (fault) return { state: 'rejected' as const, problem: fault };
  if (crs && crs.decided === null) return { state: 'rejected' as const, problem: crs.because };
  return { state: 'ready' as const, problem: null };
}

async function columnsOf(
  reader: ImportReader,
  headers: readonly string[],
  own: Readonly<Record<string, string | null>> | null,
) {
  const { columns, faults, notes } = await reader.columns({ headers, own });
  return { columns, fileFaults: faults, notes };
}

async function eachBatch(
  deps: FlowDeps,
  id: string,
  work: (rows: string, done: number) => Promise<void>,
): Promise<void> {
  let done = 0;
  let last = 0;
  for (;;) {
    const after = last;
    const batch = await deps.read((trx) => nextRows(trx, id, after, BATCH));
    if (batch === null) return;
    await work(batch.rows, done);
    done += batch.count;
    last = batch.last;
  }
}

/** Mappings are kept for a set of headers, whatever their order; a corrected file has the reasons beside them. */
const headerKey = (headers: readonly string[]): string =>
  JSON.stringify([...new Set(headers.filter((header) => !isReasons(header)))].sort());

function rememberedMap(deps: FlowDeps, kind: ImportKind, headers: readonly string[]) {
  return deps.read((trx) => findMapping(trx, kind, { headerKey: headerKey(headers) }));
}

function remember(
  deps: FlowDeps,
  kind: ImportKind,
  headers: readonly string[],
  mapping: Readonly<Record<string, string | null>>,
): Promise<string> {
  const row = { id: deps.newId(), kind, headerKey: headerKey(headers), mapping };
  return deps.write((trx) => keepMapping(trx, row));
}
