import { ConflictError, NotFoundError, RuleViolationError } from '#server/domain/errors.ts';
import type { Bilingual } from '#server/domain/bilingual.ts';
import { isSupportedCrs } from '#server/domain/crs/crs.ts';
import type { ImportKind } from '#server/domain/import/import-kind.ts';
import { compare, judgeAgain, judgeRow, readFile } from './import-flow.ts';
import type { FlowDeps } from './import-flow.ts';
import { CancelledError, createImportJobs } from './import-jobs.ts';
import type { JobControl, Progress } from './import-jobs.ts';
import type { ImportOptions } from './import-reading.ts';
import { addFixes, dropRows } from './import-rows.store.ts';
import {
  deleteImport,
  dropOldRows,
  findImport,
  findMapping,
  insertImport,
  listImports,
  settleInterrupted,
  updateImport,
} from './imports.store.ts';
import type { ImportRecord, ImportState } from './imports.store.ts';
import { FileRefusedError } from './reading/refusal.ts';
import type { UploadedFile } from './upload-file.ts';
import { writeImport } from './write-import.ts';
import type { WriteDeps } from './write-import.ts';

export type ImportsDeps = FlowDeps &
  WriteDeps & {
    /** Brings a bulk write to the disk where the engine leaves that to us. */
    readonly flush: () => Promise<void>;
    readonly onError: (error: unknown) => void;
  };

export type NewImport = {
  readonly kind: ImportKind;
  readonly mediaType: string;
  readonly fileName: string | null;
  readonly options: Omit<ImportOptions, 'crs' | 'map'> & { readonly crs: string };
  /** Identifier of a saved mapping, or JSON; null: by the headers. */
  readonly map: string | null;
};

export type ImportChange = Partial<Omit<ImportOptions, 'crs' | 'sheet'>> & {
  readonly crs?: string;
};

export type ImportView = ImportRecord & { readonly progress: Progress | null };

const KEPT_DAYS = 30;
const INTERRUPTED: Bilingual = {
  zh: '程序在读取时中断，请重新上传文件',
  en: 'The program ended while the file was read. Send the file again.',
};
const FAILED: Bilingual = {
  zh: '读取时发生内部错误，已记入日志',
  en: 'An internal error happened while the file was read. It was logged.',
};

export type ImportsService = ReturnType<typeof createImports>;

export function createImports(deps: ImportsDeps) {
  const { read, write, writeBulk, clock, newId } = deps;
  const jobs = createImportJobs(clock);

  const get = async (id: string): Promise<ImportView> => {
    const record = await read((trx) => findImport(trx, id));
    if (!record) throw new NotFoundError('import', id);
    return { ...record, progress: jobs.progressOf(id) };
  };

  /** Takes an import from one of some states into another, so that two requests cannot both. Throws ConflictError. */
  const take = (id: string, from: readonly ImportState[], to: ImportState): Promise<ImportRecord> =>
    write(async (trx) => {
      const record = await findImport(trx, id, 'lock');
      if (!record) throw new NotFoundError('import', id);
      if (!from.includes(record.state) || jobs.isRunning(id)) {
        throw new ConflictError(`The import is ${record.state}; it must be ${from.join(' or ')}.`);
      }
      await updateImport(trx, id, { state: to });
      return record;
    });

  /** A job that reads: when it fails the import has failed, and nothing of its rows stays. */
  const reading = (id: string, work: (control: JobControl) => Promise<void>): Promise<void> =>
    jobs.run(id, async (control) => {
      try {
        await work(control);
      } catch (error) {
        if (!(error instanceof CancelledError)) await fail(id, error);
        throw error;
      }
    });
  const fail = (id: string, error: unknown): Promise<void> => {
    const isRefused = error instanceof FileRefusedError;
    if (!isRefused) deps.onError(error);
    return writeBulk(async (trx) => {
      await dropRows(trx, id);
      const problem = isRefused ? error.refusal.detail : FAILED;
      await updateImport(trx, id, { state: 'failed', problem });
    });
  };

  /** A job that writes: when it fails nothing was written, and the import can be committed again. */
  const writing = (record: ImportRecord): Promise<void> =>
    jobs.run(record.id, async ({ report }) => {
      const { id } = record;
      try {
        report('writing', 0, null);
        await writeBulk((trx) =>
          writeImport(trx, deps, record, (done, total) => report('writing', done, total)),
        );
        await deps.flush();
      } catch (error) {
        await write((trx) => updateImport(trx, id, { state: 'ready' }));
        if (error instanceof ConflictError) await compare(deps, id);
        else if (!(error instanceof CancelledError)) deps.onError(error);
        throw error;
      }
    });

  return {
    get,
    list: (after: string | null, limit: number): Promise<readonly ImportRecord[]> =>
      read((trx) => listImports(trx, { after, limit })),
    progressOf: jobs.progressOf,

    /** Reads a file. Throws FileRefusedError, RuleViolationError; nothing stays of a refused file. */
    create: async (request: NewImport, file: UploadedFile): Promise<ImportView> => {
      const id = newId();
      try {
        const options = await optionsOf(deps, request);
        await write((trx) => insertImport(trx, { ...request, options, id, ...file }));
      } catch (error) {
        await file.remove();
        throw error;
      }
      const record = await get(id);
      const ended = reading(id, async (control) => {
        try {
          await readFile(deps, record, file, control);
        } finally {
          await file.remove();
        }
      });
      try {
        await jobs.wait(ended);
      } catch (error) {
        if (error instanceof FileRefusedError) await write((trx) => deleteImport(trx, id));
        throw error;
      }
      return get(id);
    },

    /** Reads the staged rows another way. Throws NotFoundError, ConflictError, RuleViolationError. */
    change: async (id: string, change: ImportChange): Promise<ImportView> => {
      const { crs } = change;
      checkCrs(crs);
      const record = await take(id, ['ready', 'rejected'], 'reading');
      const options: ImportOptions = {
        ...record.options,
        ...change,
        crs: crs ?? record.options.crs,
        // Another system is read in the order that its numbers say, unless that is said too.
        swapped: change.swapped ?? (crs === undefined ? record.options.swapped : null),
      };
      await write((trx) => updateImport(trx, id, { options }));
      await jobs.wait(reading(id, (control) => judgeAgain(deps, { ...record, options }, control)));
      return get(id);
    },

    /** Corrects cells of a row. Throws NotFoundError, ConflictError, RuleViolationError. */
    fix: async (
      id: string,
      row: number,
      cells: Readonly<Record<string, string | null>>,
    ): Promise<void> => {
      const record = await get(id);
      const headers = record.reading.headers ?? [];
      const unknown = Object.keys(cells).filter((header) => !headers.includes(header));
      if (unknown.length > 0) {
        const faults = unknown.map((header) => ({
          pointer: '/cells',
          detail: `The file has no column “${header}”.`,
        }));
        throw new RuleViolationError('The row was not changed.', faults);
      }
      const before = await take(id, ['ready', 'rejected'], record.state);
      const fixed = await write((trx) => addFixes(trx, id, row, cells));
      if (!fixed) throw new NotFoundError('row of this import', String(row));
      await jobs.run(id, () => judgeRow(deps, before, fixed.rows, row));
    },

    /** Throws NotFoundError, ConflictError when it was written already. */
    cancel: async (id: string): Promise<ImportView> => {
      const { state } = await get(id);
      if (state === 'committing') throw new ConflictError('The import is being written.');
      await jobs.cancel(id);
      await take(id, ['reading', 'ready', 'rejected', 'failed'], 'cancelled');
      await writeBulk((trx) => dropRows(trx, id));
      return get(id);
    },

    /** Writes the rows in one transaction. Throws RuleViolationError while rows are faulty and are not to be skipped. */
    commit: async (id: string, skipFaulty: boolean): Promise<ImportView> => {
      const seen = await get(id);
      if (seen.state === 'ready' && (seen.outcome.faulty ?? 0) > 0 && !skipFaulty) {
        throw new RuleViolationError(
          `${seen.outcome.faulty} rows have faults. Correct them, or send skipFaulty to leave them out.`,
          (seen.outcome.faults ?? []).slice(0, 100).map(({ row, column, problem }) => ({
            pointer: '/skipFaulty',
            detail: `Row ${row}${column === null ? '' : `, ${column}`}: ${problem.en}`,
          })),
        );
      }
      const record = await take(id, ['ready'], 'committing');
      await jobs.wait(writing(record));
      return get(id);
    },

    /** Work of the program's start and stop. */
    job: {
      start: () => {
        const settled = writeBulk(async (trx) => {
          await settleInterrupted(trx, INTERRUPTED);
          await dropOldRows(trx, KEPT_DAYS);
        }).catch(deps.onError);
        return async () => {
          await settled;
          await jobs.stop();
        };
      },
    },
  };
}

function checkCrs(crs: string | undefined): asserts crs is ImportOptions['crs'] | undefined {
  if (crs === undefined || crs === 'auto' || isSupportedCrs(crs)) return;
  const detail =
    'Must be auto, wgs84, cgcs2000, gcj02, bd09, webmercator or EPSG:n of a CGCS2000 Gauss–Krüger zone.';
  throw new RuleViolationError('The coordinate system is not known.', [{ pointer: '/crs', detail }]);
}

async function optionsOf(
  { read }: FlowDeps,
  { kind, options, map }: NewImport,
): Promise<ImportOptions> {
  const { crs } = options;
  checkCrs(crs);
  if (map === null) return { ...options, crs, map: null };
  const saved = map.startsWith('{')
    ? parsedMap(map)
    : UUID.test(map)
      ? await read((trx) => findMapping(trx, kind, { id: map }))
      : null;
  if (saved) return { ...options, crs, map: saved };
  const detail = 'Must be the identifier of a saved mapping or JSON {header: field}.';
  throw new RuleViolationError('The mapping is not known.', [{ pointer: '/map', detail }]);
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

function parsedMap(text: string): Readonly<Record<string, string | null>> | null {
  try {
    const value = Object.entries(JSON.parse(text) as object);
    const isMap = value.every(([, field]) => field === null || typeof field === 'string');
    return isMap ? (Object.fromEntries(value) as Record<string, string | null>) : null;
  } catch {
    return null;
  }
}
