/** How far the work on an import is; `startedAt` is epoch milliseconds. */
export type Progress = {
  readonly phase: 'reading' | 'comparing' | 'writing';
  readonly done: number;
  readonly total: number | null;
  readonly startedAt: number;
};

/** Thrown inside a job whose import was cancelled. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
}

export type JobControl = {
  /** Notes how far the work is. Throws CancelledError where somebody has cancelled it. */
  readonly report: (phase: Progress['phase'], done: number, total: number | null) => void;
};

type Job = { readonly ended: Promise<void>; progress: Progress | null; isCancelled: boolean };

/** A request waits this long for its job, then answers with how far it is. */
const PATIENCE_MS = 10_000;

/**
 * The work on imports that this process does, one job per import. Jobs of different imports run one after the other:
 * each keeps a core and the database busy.
 */
export function createImportJobs(clock: () => number) {
  const jobs = new Map<string, Job>();
  let line: Promise<void> = Promise.resolve();

  const run = (id: string, work: (control: JobControl) => Promise<void>): Promise<void> => {
    const turn = line;
    const report: JobControl['report'] = (phase, done, total) => {
      const job = jobs.get(id);
      if (!job) return;
      if (job.isCancelled) throw new CancelledError('The import was cancelled');
      const isSame = job.progress?.phase === phase;
      job.progress = { phase, done, total, startedAt: isSame ? (job.progress?.startedAt ?? 0) : clock() };
    };
    const ended = turn.then(() => work({ report })).finally(() => jobs.delete(id));
    jobs.set(id, { ended, progress: null, isCancelled: false });
    line = ended.catch(() => undefined);
    return ended;
  };

  return {
    run,
    progressOf: (id: string): Progress | null => jobs.get(id)?.progress ?? null,
    isRunning: (id: string): boolean => jobs.has(id),
    /** Asks a job to end; resolves when it has. */
    cancel: async (id: string): Promise<void> => {
      const job = jobs.get(id);
      if (!job) return;
      job.isCancelled = true;
      await job.ended.catch(() => undefined);
    },
    /** Waits for a job, but not for ever: true when it has ended. Throws what the job threw. */
    wait: async (ended: Promise<void>): Promise<boolean> => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<false>((resolve) => {
        timer = setTimeout(() => resolve(false), PATIENCE_MS);
      });
      try {
        return await Promise.race([ended.then(() => true as const), late]);
      } finally {
        clearTimeout(timer);
      }
    },
    /** Ends every job: for the stop of the program. */
    stop: async (): Promise<void> => {
      for (const job of jobs.values()) job.isCancelled = true;
      await line;
    },
  };
}

export type ImportJobs = ReturnType<typeof createImportJobs>;
