import type { ImportRecord } from './imports.store.ts';

/** How far the work on an import is; `startedAt` is epoch milliseconds. */
export type Progress = {
  readonly phase: 'reading' | 'comparing' | 'writing';
  readonly done: number;
  readonly total: number | null;
  readonly startedAt: number;
};

/** Thrown inside a job that is to end: its import was cancelled, or the program stops. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
  readonly why: 'cancelled' | 'stopping';

  constructor(why: CancelledError['why']) {
    super(why === 'cancelled' ? 'The import was cancelled' : 'The program stops');
    this.why = why;
  }
}

export type JobControl = {
  /** Notes how far the work is. Throws CancelledError where somebody has cancelled it. */
  readonly report: (phase: Progress['phase'], done: number, total: number | null) => void;
  /** What is to be told of the import from now on: a long transaction may keep the database from others. */
  readonly hold: (record: ImportRecord) => void;
};

type Job = {
  ended: Promise<unknown>;
  progress: Progress | null;
  record: ImportRecord | null;
  end: CancelledError['why'] | null;
};

/** A request waits this long for its job, then answers with how far it is. */
const PATIENCE_MS = 10_000;

/** The work on imports that this process does, one job per import. */
export class ImportJobs {
  readonly #clock: () => number;
  readonly #jobs = new Map<string, Job>();
  #line: Promise<void> = Promise.resolve();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Work that keeps a core and the database busy: one such job after the other. */
  run(id: string, work: (control: JobControl) => Promise<void>): Promise<void> {
    const ended = this.#start(id, this.#line, work);
    this.#line = ended.catch(() => undefined);
    return ended;
  }

  /** Work that waits for the job of its own import only. Resolves with what the work gives. */
  runShort<T>(id: string, work: () => Promise<T>): Promise<T> {
    return this.#start(id, this.#jobs.get(id)?.ended, work);
  }

  #start<T>(
    id: string,
    before: Promise<unknown> | undefined,
    work: (control: JobControl) => Promise<T>,
  ): Promise<T> {
    const job: Job = { progress: null, record: null, end: null, ended: Promise.resolve() };
    const report: JobControl['report'] = (phase, done, total) => {
      if (job.end !== null) throw new CancelledError(job.end);
      const begun = job.progress?.phase === phase ? job.progress.startedAt : this.#clock();
      job.progress = { phase, done, total, startedAt: begun };
    };
    const hold: JobControl['hold'] = (record) => {
      job.record = record;
    };
    const ended = Promise.resolve(before)
      .catch(() => undefined)
      .then(() => work({ report, hold }))
      .finally(() => {
        // Another job of the same import may be waiting already.
        if (this.#jobs.get(id) === job) this.#jobs.delete(id);
      });
    job.ended = ended;
    this.#jobs.set(id, job);
    return ended;
  }

  progressOf(id: string): Progress | null {
    return this.#jobs.get(id)?.progress ?? null;
  }

  /** What is to be told while a job holds it. */
  recordOf(id: string): ImportRecord | null {
    return this.#jobs.get(id)?.record ?? null;
  }

  isRunning(id: string): boolean {
    return this.#jobs.has(id);
  }

  /** Asks a job to end; resolves when it has, or after a while when other work is before it. */
  async cancel(id: string): Promise<void> {
    const job = this.#jobs.get(id);
    if (!job) return;
    job.end = 'cancelled';
    await waitAWhile(Promise.allSettled([job.ended]));
  }

  /** Ends every job: for the stop of the program. */
  async stop(): Promise<void> {
    for (const job of this.#jobs.values()) job.end = 'stopping';
    await Promise.allSettled([...this.#jobs.values()].map(({ ended }) => ended));
    await this.#line;
  }
}

/** Waits for a job, but not for ever. Throws what the job threw. */
export async function waitAWhile(ended: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  try {
    await Promise.race([ended, late]);
  } finally {
    clearTimeout(timer);
    // Who does not wait any longer does not hear how it ended; the import's state tells.
    ended.catch(() => undefined);
  }
}
