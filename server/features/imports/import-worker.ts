import { parentPort, workerData } from 'node:worker_threads';
import { formatOf } from './format-of.ts';
import { MORE } from './import-protocol.ts';
import type { ReaderCommand, ReaderContext, ReaderReply } from './import-protocol.ts';
import { RowJudge } from './row-judge.ts';
import type { FixedRow } from './row-fixes.ts';
import { FileRefusedError, readTable } from './reading/table.ts';

type Port = NonNullable<typeof parentPort>;
type HandOver = (reply: ReaderReply) => Promise<void>;
type ReadCommand = Extract<ReaderCommand, { type: 'read' }>;

/** Answers one command after another; reading hands over one batch at a time and waits until it was taken. */
function serve(port: Port, context: ReaderContext): void {
  const judge = new RowJudge(context);
  let taken: (() => void) | null = null;
  const send = (reply: ReaderReply): void => port.postMessage(reply, []);
  const handOver: HandOver = (reply) => {
    send(reply);
    return new Promise((resolve) => {
      taken = resolve;
    });
  };
  port.on('message', (command: ReaderCommand | typeof MORE) => {
    if (command === MORE) {
      taken?.();
      return;
    }
    answer(judge, command, handOver).then(send, (error: unknown) => send(failure(error)));
  });
}

async function answer(
  judge: RowJudge,
  command: ReaderCommand,
  handOver: HandOver,
): Promise<ReaderReply> {
  if (command.type === 'read') return read(judge, command, handOver);
  if (command.type === 'columns') {
    return { type: 'columns', ...judge.columns(command.headers, command.own) };
  }
  if (command.type === 'survey') {
    judge.survey(storedRows(command.rows));
    return { type: 'surveyed' };
  }
  if (command.type === 'summary') return { type: 'summary', coordinates: judge.summary() };
  if (command.type === 'prepare') {
    judge.prepare(command.reading);
    return { type: 'prepared' };
  }
  return { type: 'results', ...judge.evaluate(storedRows(command.rows)) };
}

async function read(
  judge: RowJudge,
  { path, mediaType, fileName, sheet }: ReadCommand,
  handOver: HandOver,
): Promise<ReaderReply> {
  const options = {
    mediaType,
    isHeader: judge.isHeader,
    ...(fileName === null ? {} : { fileName }),
    ...(sheet === null ? {} : { sheet }),
  };
  const { rows } = await readTable(
    path,
    options,
    (head) => handOver({ type: 'head', format: formatOf(head), headers: head.headers }),
    (batch) => {
      judge.survey(batch);
      return handOver({ type: 'rows', rows: JSON.stringify(batch), count: batch.length });
    },
  );
  return { type: 'read', rows };
}

function storedRows(text: string): readonly FixedRow[] {
  return JSON.parse(text) as readonly FixedRow[];
}

function failure(error: unknown): ReaderReply {
  if (error instanceof FileRefusedError) return { type: 'refused', refusal: error.refusal };
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { type: 'failed', message };
}

if (parentPort !== null) serve(parentPort, workerData as ReaderContext);
