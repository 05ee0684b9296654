import { NotFoundError, RuleViolationError } from '#server/domain/errors.ts';
import type { Bilingual } from '#server/domain/bilingual.ts';
import type { ImportKind } from '#server/domain/import/import-kind.ts';
import { judgeAgain, judgeRow, readFile } from './import-flow.ts';
import { ImportJobs, waitAWhile } from './import-jobs.ts';
import { checkCrs, checkRegion, readMapping } from './import-options.ts';
import type { ImportOptions } from './import-reading.ts';
import { addFixes } from './import-rows.store.ts';
import {
  getView,
  lockImport,
  markCancelled,
  runReading,
  runWriting,
  takeImport,
  viewOf,
} from './import-steps.ts';
import type { ImportContext, ImportsDeps, ImportView } from './import-steps.ts';
import {
  deleteImport,
  dropOldRows,
  insertImport,
  listImports,
  settleInterrupted,
  updateImport,
} from './imports.store.ts';
import type { ImportRecord } from './imports.store.ts';
import { FileRefusedError } from './reading/refusal.ts';
import { findSameFile } from './same-file.store.ts';
import type { UploadedFile } from './upload-file.ts';

export type NewImport = {
  readonly kind: ImportKind;
  readonly mediaType: string;
  readonly fileName: string | null;
  readonly options: Omit<ImportOptions, 'crs' | 'map'> & { readonly crs: string };
  /** Identifier of a saved mapping, or JSON of header → field; null: as remembered, else by the headers. */
  readonly map: string | null;
};

export type ImportChange = Partial<Omit<ImportOptions, 'crs' | 'sheet'>> & {
  readonly crs?: string;
};

const KEPT_DAYS = 30;
const MOST_TOLD = 100;
const INTERRUPTED: Bilingual = {
  zh: '程序在读取时中断，请重新上传文件',
  en: 'The program ended while the file was read. Send the file again.',
};

const EXPIRED: Bilingual = {
  zh: '上传后一个月没有提交，内容已清除，请重新上传文件',
  en: 'It was not written within a month; its rows were dropped. Send the file again.',
};
const DAY_MS = 86_400_000;

export type ImportsService = ReturnType<typeof createImports>;

/** Files on their way into the register: read, corrected, compared, written. */
export function createImports(deps: ImportsDeps) {
  const jobs = new ImportJobs(deps.clock);
  const context: ImportContext = { deps, jobs };
  return {
    get: (id: string): Promise<ImportView> => getView(context, id),
    list: async (after: string | null, limit: number): Promise<readonly ImportView[]> => {
      const records = await deps.read((trx) => listImports(trx, { after, limit }));
      return records.map((record) => viewOf(jobs, record));
    },
    create: (request: NewImport, file: UploadedFile) => create(context, request, file),
    change: (id: string, wanted: ImportChange) => change(context, id, wanted),
    fix: (id: string, row: number, cells: Cells) => fix(context, id, row, cells),
    cancel: (id: string) => cancel(context, id),
    commit: (id: string, skipFaulty: boolean) => commit(context, id, skipFaulty),
    /** Work of the program's start and stop. */
    job: { start: () => start(context) },
  };
}

/** Reads a file. Throws FileRefusedError, RuleViolationError; nothing stays of a refused file. */
async function create(
  context: ImportContext,
  request: NewImport,
  file: UploadedFile,
): Promise<ImportView> {
  const { deps } = context;
  const id = deps.newId();
  const record = await register(context, id, request, file);
  const ended = runReading(context, id, async (control) => {
    try {
      await readFile(deps, record, file, control);
    } finally {
      await file.remove();
    }
  });
  try {
    await waitAWhile(ended);
  } catch (error) {
    if (error instanceof FileRefusedError) await deps.write((trx) => deleteImport(trx, id));
    throw error;
  }
  // The file is taken: a database that is too busy to say how far it is must not look like a refusal.
  return getView(context, id).catch(() => viewOf(context.jobs, record));
}

/** The file is removed where the import could not be stored. */
async function register(
  { deps }: ImportContext,
  id: string,
  request: NewImport,
  file: UploadedFile,
): Promise<ImportRecord> {
  try {
    const { crs, ...options } = request.options;
    checkCrs(crs);
    await checkRegion(deps, options.region);
    const map = await readMapping(deps, request.kind, request.map);
    return await deps.write(async (trx) => {
      const { kind } = request;
      const sameFileAs = await findSameFile(trx, { kind, ...file, sheet: options.sheet });
      const row = { ...request, ...file, id, sameFileAs, options: { ...options, crs, map } };
      return insertImport(trx, row);
    });
  } catch (error) {
    await file.remove();
    throw error;
  }
}

/** Reads the staged rows another way. Throws NotFoundError, ConflictError, RuleViolationError. */
async function change(
  context: ImportContext,
  id: string,
  wanted: ImportChange,
): Promise<ImportView> {
  const { deps } = context;
  const { crs } = wanted;
  checkCrs(crs);
  await checkRegion(deps, wanted.region ?? null);
  const record = await takeImport(context, id, ['ready', 'rejected'], 'reading');
  const options: ImportOptions = {
    ...record.options,
    ...wanted,
    crs: crs ?? record.options.crs,
    // Another system is read in the order that its numbers say, unless that is said too.
    swapped: wanted.swapped ?? (crs === undefined ? record.options.swapped : null),
  };
  await deps.write((trx) => updateImport(trx, id, { options }));
  const again = { ...record, options };
  await waitAWhile(runReading(context, id, (control) => judgeAgain(deps, again, control)));
  return getView(context, id);
}

type Cells = Readonly<Record<string, string | null>>;

/**
 * Corrects cells of a row, which is judged again. Where nobody knows yet how the file gives its places, a corrected one
 * may tell: then all rows are read again. Throws NotFoundError, ConflictError, RuleViolationError.
 */
async function fix(context: ImportContext, id: string, row: number, cells: Cells): Promise<void> {
  const { deps, jobs } = context;
  const fixed = await jobs.runShort(id, async () => {
    const { record, rows } = await storeFixes(deps, id, row, cells);
    if (record.state !== 'reading') await judgeRow(deps, record, rows, row);
    return record;
  });
  if (fixed.state !== 'reading') return;
  await waitAWhile(runReading(context, id, (control) => judgeAgain(deps, fixed, control)));
}

/** The import as it is from now on: being read again, or as it was. */
function storeFixes(deps: ImportsDeps, id: string, row: number, cells: Cells) {
  return deps.write(async (trx) => {
    const found = await lockImport(trx, id, ['ready', 'rejected']);
    checkHeaders(found.reading.headers ?? [], cells);
    const fixed = await addFixes(trx, id, row, cells);
    if (!fixed) throw new NotFoundError('row of this import', String(row));
    if (!mayTellReading(found, cells)) return { record: found, rows: fixed.rows };
    await updateImport(trx, id, { state: 'reading' });
    return { record: { ...found, state: 'reading' as const }, rows: fixed.rows };
  });
}

const PLACE_FIELDS = ['lon', 'lat', 'position', 'crs'];

function mayTellReading({ reading }: ImportRecord, cells: Cells): boolean {
  if (reading.crs?.decided) return false;
  return (reading.columns ?? []).some(
    ({ header, field }) =>
      field !== null && PLACE_FIELDS.includes(field) && Object.hasOwn(cells, header),
  );
}

function checkHeaders(headers: readonly string[], cells: Cells): void {
  const unknown = Object.keys(cells).filter((header) => !headers.includes(header));
  if (unknown.length > 0) {
    const faults = unknown.map((header) => ({
      pointer: '/cells',
      detail: {
        zh: `文件中没有“${header}”这一列。`,
        en: `The file has no column “${header}”.`,
      },
    }));
    throw new RuleViolationError(
      { zh: '这一行没有改动。', en: 'The row was not changed.' },
      faults,
    );
  }
}

/** Throws NotFoundError, ConflictError when it is written or being written. */
async function cancel(context: ImportContext, id: string): Promise<ImportView> {
  const before = await getView(context, id);
  if (before.state !== 'committing') await context.jobs.cancel(id);
  const { state } = await getView(context, id);
  // A job that is to end does it itself.
  if (state !== 'cancelled' && !context.jobs.isRunning(id)) {
    await takeImport(context, id, ['reading', 'ready', 'rejected', 'failed'], 'cancelled');
    await markCancelled(context, id);
  }
  return getView(context, id);
}

/**
 * Writes the rows in one transaction. Throws NotFoundError, ConflictError (not ready, or the register was changed since
 * the comparison), RuleViolationError while rows are faulty and are not to be skipped.
 */
async function commit(
  context: ImportContext,
  id: string,
  skipFaulty: boolean,
): Promise<ImportView> {
  const { state, outcome } = await getView(context, id);
  const { faulty = 0, faults = [] } = outcome;
  if (state === 'ready' && faulty > 0 && !skipFaulty) {
    throw new RuleViolationError(
      {
        zh: `有 ${faulty} 行有误，请改正，或选择跳过有误的行。`,
        en: `${faulty} rows have faults. Correct them, or send skipFaulty to leave them out.`,
      },
      faults.slice(0, MOST_TOLD).map(({ row, column, problem }) => ({
        pointer: '/skipFaulty',
        detail: {
          zh: `第 ${row} 行${column === null ? '' : `，${column}`}：${problem.zh}`,
          en: `Row ${row}${column === null ? '' : `, ${column}`}: ${problem.en}`,
        },
      })),
    );
  }
  const record = await takeImport(context, id, ['ready'], 'committing');
  await waitAWhile(runWriting(context, record));
  return getView(context, id);
}

function start({ deps, jobs }: ImportContext): () => Promise<void> {
  const clean = () =>
    deps.writeBulk((trx) => dropOldRows(trx, KEPT_DAYS, EXPIRED)).catch(deps.onError);
  let working = deps
    .writeBulk((trx) => settleInterrupted(trx, INTERRUPTED))
    .catch(deps.onError)
    .then(clean);
  const timer = setInterval(() => {
    working = working.then(clean);
  }, DAY_MS);
  return async () => {
    clearInterval(timer);
    await working;
    await jobs.stop();
  };
}
