import type { Bilingual } from '#server/domain/bilingual.ts';
import { ConflictError, NotFoundError } from '#server/domain/errors.ts';
import { compare } from './import-flow.ts';
import type { FlowDeps } from './import-flow.ts';
import { CancelledError } from './import-jobs.ts';
import type { ImportJobs, JobControl, Progress } from './import-jobs.ts';
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

/** Throws NotFoundError. */
export async function getView({ deps, jobs }: ImportContext, id: string): Promise<ImportView> {
  const record = await deps.read((trx) => findImport(trx, id));
  if (!record) throw new NotFoundError('import', id);
  return { ...record, progress: jobs.progressOf(id) };
}

/**
 * Takes an import from one of some states into another, so that two requests cannot both; returns it as it was. Throws
 * NotFoundError, ConflictError.
 */
export function takeImport(
  { deps, jobs }: ImportContext,
  id: string,
  from: readonly ImportState[],
  to: ImportState | 'same',
): Promise<ImportRecord> {
  return deps.write(async (trx) => {
    const record = await findImport(trx, id, 'lock');
    if (!record) throw new NotFoundError('import', id);
    if (!from.includes(record.state) || jobs.isRunning(id)) {
      throw new ConflictError(`The import is ${record.state}; it must be ${from.join(' or ')}.`);
    }
    if (to !== 'same') await updateImport(trx, id, { state: to });
    return record;
  });
}

/** A job that reads: when it fails the import has failed, and nothing of its rows stays. */
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
      throw error;
    }
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
  return jobs.run(record.id, async ({ report }) => {
    try {
      report('writing', 0, null);
      await deps.writeBulk((trx) =>
        writeImport(trx, deps, record, (done, total) => report('writing', done, total)),
      );
    } catch (error) {
      await deps.write((trx) => updateImport(trx, record.id, { state: 'ready' }));
      if (error instanceof ConflictError) await compare(deps, record.id);
      else if (!(error instanceof CancelledError)) deps.onError(error);
      throw error;
    }
    await deps.flush();
  });
}
