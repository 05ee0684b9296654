import type { Knex } from 'knex';
import type { Bilingual } from '#server/domain/bilingual.ts';
import { ConflictError, NotFoundError } from '#server/domain/errors.ts';
import { compare } from './import-flow.ts';
import type { FlowDeps } from './import-flow.ts';
import { CancelledError } from './import-jobs.ts';
import type { ImportJobs, JobControl, Progress } from './import-jobs.ts';
import { wrongState } from './import-refusals.ts';
import { dropRows } from './import-rows.store.ts';
import { findImport, updateImport } from './imports.store.ts';
import type { ImportRecord, ImportState } from './imports.store.ts';
import { FileRefusedError } from './reading/refusal.ts';
import { writeImport } from './write-import.ts';
import type { WriteDeps } from './write-import.ts';

export type ImportsDeps = FlowDeps &
  WriteDeps & {
    /** Brings a bulk write to the disk where the engine leaves that to us. */
    readonly flush: () => Promise<void>;
    readonly onError: (error: unknown) => void;
  };

/** What every step of an import needs. */
export type ImportContext = { readonly deps: ImportsDeps; readonly jobs: ImportJobs };

export type ImportView = ImportRecord & { readonly progress: Progress | null };

const FAILED: Bilingual = {
  zh: '读取时发生内部错误，已记入日志',
  en: 'An internal error happened while the file was read. It was logged.',
};

const OUTDATED: Bilingual = {
  zh: '比对之后登记库有变动，什么也没有写入；已重新比对，请再看一遍',
  en: 'The register was changed since the comparison; nothing was written. It was compared again: look at it once more.',
};
const NOT_WRITTEN: Bilingual = {
  zh: '写入时发生内部错误，什么也没有写入；已记入日志',
  en: 'An internal error happened while writing; nothing was written. It was logged.',
};

/** Throws NotFoundError. */
export async function getView({ deps, jobs }: ImportContext, id: string): Promise<ImportView> {
  const record = jobs.recordOf(id) ?? (await deps.read((trx) => findImport(trx, id)));
  if (!record) throw new NotFoundError('import', id);
  return viewOf(jobs, record);
}

/** What a job has stored holds when the job has ended: until then nobody may build on it. */
export function viewOf(jobs: ImportJobs, record: ImportRecord): ImportView {
  const progress = jobs.progressOf(record.id);
  if (progress === null) return { ...record, progress };
  const isWritten = record.state === 'committed';
  const isRead = record.state === 'ready' || record.state === 'rejected';
  const state = isWritten ? 'committing' : isRead ? 'reading' : record.state;
  return { ...record, state, progress };
}

/**
 * Takes an import from one of some states into another, so that two requests cannot both; returns it as it was. Throws
 * NotFoundError, ConflictError.
 */
export function takeImport(
  { deps, jobs }: ImportContext,
  id: string,
  from: readonly ImportState[],
  to: ImportState,
): Promise<ImportRecord> {
  return deps.write(async (trx) => {
    const record = await lockImport(trx, id, from);
    if (jobs.isRunning(id)) {
      throw wrongState('busy', from);
    }
    await updateImport(trx, id, { state: to });
    return record;
  });
}

/** An import in one of some states, kept from others until the transaction ends. Throws NotFoundError, ConflictError. */
export async function lockImport(
  trx: Knex.Transaction,
  id: string,
  from: readonly ImportState[],
): Promise<ImportRecord> {
  const record = await findImport(trx, id, 'lock');
  if (!record) throw new NotFoundError('import', id);
  if (from.includes(record.state)) return record;
  throw wrongState(record.state, from);
}

/** A job that reads: when it fails or is cancelled nothing of its rows stays. What a stop cuts short, the next start settles. */
export function runReading(
  context: ImportContext,
  id: string,
  work: (control: JobControl) => Promise<void>,
): Promise<void> {
  return context.jobs.run(id, async (control) => {
    try {
      await work(control);
    } catch (error) {
      if (!(error instanceof CancelledError)) await markFailed(context, id, error);
      else if (error.why === 'cancelled') return markCancelled(context, id);
      throw error;
    }
  });
}

export function markCancelled({ deps }: ImportContext, id: string): Promise<void> {
  return deps.writeBulk(async (trx) => {
    await dropRows(trx, id);
    await updateImport(trx, id, { state: 'cancelled' });
  });
}

function markFailed({ deps }: ImportContext, id: string, error: unknown): Promise<void> {
  const isRefused = error instanceof FileRefusedError;
  if (!isRefused) deps.onError(error);
  return deps.writeBulk(async (trx) => {
    await dropRows(trx, id);
    const problem = isRefused ? error.refusal.detail : FAILED;
    await updateImport(trx, id, { state: 'failed', problem });
  });
}

/** A job that writes: when it fails nothing was written, and the import can be committed again. */
export function runWriting(context: ImportContext, record: ImportRecord): Promise<void> {
  const { deps, jobs } = context;
  return jobs.run(record.id, async ({ report, hold }) => {
    hold({ ...record, state: 'committing' });
    try {
      report('writing', 0, null);
      await deps.writeBulk((trx) =>
        writeImport(trx, deps, record, (done, total) => report('writing', done, total)),
      );
    } catch (error) {
      await persist(() => backToReady(deps, record.id, error));
      throw error;
    }
    await deps.flush();
  });
}

/** Waits before each further attempt, milliseconds: a database that restarts is back by then. */
const WAITS_MS = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000];

/** What must not stay undone because the database was away for a moment. Throws what the last attempt threw. */
async function persist(work: () => Promise<void>): Promise<void> {
  for (const wait of WAITS_MS) {
    try {
      return await work();
    } catch {
      await new Promise((resolve) => {
        setTimeout(resolve, wait);
      });
    }
  }
  return work();
}

async function backToReady(deps: ImportsDeps, id: string, error: unknown): Promise<void> {
  const isOutdated = error instanceof ConflictError;
  const isStopped = error instanceof CancelledError;
  if (!isOutdated && !isStopped) deps.onError(error);
  if (isOutdated) await compare(deps, id, { from: ['committing'] });
  const problem = isOutdated ? OUTDATED : isStopped ? null : NOT_WRITTEN;
  await deps.write(async (trx) => {
    const record = await findImport(trx, id, 'lock');
    // An answer that was lost on its way does not undo what was written.
    if (record?.state === 'committing' || record?.state === 'ready') {
      await updateImport(trx, id, { state: 'ready', problem });
    }
  });
}
