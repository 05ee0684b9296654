import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { projectRoot } from '#server/project-root.ts';
import { MORE } from './import-protocol.ts';
import type { ReaderCommand, ReaderContext, ReaderReply } from './import-protocol.ts';
import { FileRefusedError } from './reading/refusal.ts';

/** Node 20 cannot run a `.ts` worker, so tests and start both use the one that the build makes. */
const WORKER_FILE = path.join(projectRoot, 'dist/server/import-worker.js');

/** A file that needs more than this is refused; the rest of the program keeps its memory. */
const MOST_HEAP_MB = 256;

type Reply<T extends ReaderReply['type']> = Extract<ReaderReply, { type: T }>;
type Command<T extends ReaderCommand['type']> = Omit<Extract<ReaderCommand, { type: T }>, 'type'>;

export type ReadHandlers = {
  readonly onHead: (head: Reply<'head'>) => Promise<void>;
  /** Rows as JSON text; the next ones are read when this is done. */
  readonly onRows: (rows: string, count: number) => Promise<void>;
};

/** Reads and judges the rows of one import in a thread of its own, one command at a time. */
export type ImportReader = {
  /** Throws FileRefusedError. */
  read(file: Command<'read'>, handlers: ReadHandlers): Promise<{ readonly rows: number }>;
  columns(given: Command<'columns'>): Promise<Reply<'columns'>>;
  survey(rows: string): Promise<void>;
  summary(): Promise<Reply<'summary'>['coordinates']>;
  prepare(given: Command<'prepare'>): Promise<void>;
  evaluate(rows: string): Promise<{ readonly results: string; readonly subjects: string }>;
  close(): Promise<void>;
};

export function openImportReader(context: ReaderContext): ImportReader {
  const worker = new Worker(WORKER_FILE, {
    workerData: context,
    resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
  });
  const line = replyLine(worker);
  const ask = async <T extends ReaderReply['type']>(
    command: ReaderCommand,
    expected: T,
  ): Promise<Reply<T>> => {
    worker.postMessage(command, []);
    return expect(await line.next(), expected);
  };
  return {
    read: async (file, { onHead, onRows }) => {
      worker.postMessage({ type: 'read', ...file } satisfies ReaderCommand, []);
      for (;;) {
        const reply = await line.next();
        if (reply.type === 'read') return { rows: reply.rows };
        if (reply.type === 'head') await onHead(reply);
        else await onRows(expect(reply, 'rows').rows, expect(reply, 'rows').count);
        worker.postMessage(MORE, []);
      }
    },
    columns: (given) => ask({ type: 'columns', ...given }, 'columns'),
    survey: async (rows) => {
      await ask({ type: 'survey', rows }, 'surveyed');
    },
    summary: async () => (await ask({ type: 'summary' }, 'summary')).coordinates,
    prepare: async (given) => {
      await ask({ type: 'prepare', ...given }, 'prepared');
    },
    evaluate: (rows) => ask({ type: 'evaluate', rows }, 'results'),
    close: async () => {
      line.end();
      await worker.terminate();
    },
  };
}

function expect<T extends ReaderReply['type']>(reply: ReaderReply, type: T): Reply<T> {
  if (reply.type === 'refused') throw new FileRefusedError(reply.refusal);
  if (reply.type === 'failed') throw new Error(`The import worker failed: ${reply.message}`);
  if (reply.type !== type) throw new Error(`The import worker said ${reply.type}, not ${type}`);
  return reply as Reply<T>;
}

/** Replies in their order; the end of the worker is a reply too. */
function replyLine(worker: Worker) {
  const arrived: ReaderReply[] = [];
  let waiting: ((reply: ReaderReply) => void) | null = null;
  let last: ReaderReply | null = null;
  const deliver = (reply: ReaderReply): void => {
    if (waiting === null) arrived.push(reply);
    else waiting(reply);
    waiting = null;
  };
  const finish = (reply: ReaderReply): void => {
    if (last !== null) return;
    last = reply;
    deliver(reply);
  };
  worker.on('message', deliver);
  worker.once('error', (error) => finish(endOf(error)));
  worker.once('exit', (code) => finish({ type: 'failed', message: `it ended with code ${code}` }));
  return {
    next: (): Promise<ReaderReply> => {
      const reply = arrived.shift() ?? last;
      if (reply) return Promise.resolve(reply);
      return new Promise((resolve) => {
        waiting = resolve;
      });
    },
    end: () => finish({ type: 'failed', message: 'it was closed' }),
  };
}

function endOf(error: unknown): ReaderReply {
  if ((error as { code?: unknown } | null)?.code !== 'ERR_WORKER_OUT_OF_MEMORY') {
    return { type: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
  const detail = {
    zh: '读取该文件所需内存超过上限。请拆成几个文件再导入。',
    en: 'Reading the file needs more memory than allowed. Split it into several files.',
  };
  return { type: 'refused', refusal: { slug: 'payload-too-large', detail } };
}
