import { parentPort, workerData } from 'node:worker_threads';
import { MORE } from './import-protocol.ts';
import type { ReaderCommand, ReaderContext, ReaderReply } from './import-protocol.ts';
import { formatOf } from './format-of.ts';
import { createRowJudge } from './row-judge.ts';
import type { StoredRow } from './row-judge.ts';
import { FileRefusedError, readTable } from './reading/table.ts';

type Port = NonNullable<typeof parentPort>;

/** Answers one command after another; reading hands over one batch at a time and waits until it was taken. */
function serve(port: Port, context: ReaderContext): void {
  const judge = createRowJudge(context);
  let taken: (() => void) | null = null;
  const send = (reply: ReaderReply): void => port.postMessage(reply, []);
  const handOver = (reply: ReaderReply): Promise<void> => {
    send(reply);
    return new Promise((resolve) => {
      taken = resolve;
    });
  };
  const read = async (command: Extract<ReaderCommand, { type: 'read' }>): Promise<ReaderReply> => {
    const { path, mediaType, fileName, sheet } = command;
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
  };
  const answer = async (command: ReaderCommand): Promise<ReaderReply> => {
    switch (command.type) {
      case 'read':
        return read(command);
      case 'columns':
        return { type: 'columns', ...judge.columns(command.headers, command.own) };
      case 'survey':
        judge.survey(storedRows(command.rows));
        return { type: 'surveyed' };
      case 'summary':
        return { type: 'summary', coordinates: judge.summary() };
      case 'prepare':
        judge.prepare(command.reading);
        return { type: 'prepared' };
      case 'evaluate':
        return { type: 'results', ...judge.evaluate(storedRows(command.rows)) };
    }
  };
  port.on('message', (command: ReaderCommand | typeof MORE) => {
    if (command === MORE) {
      taken?.();
      return;
    }
    answer(command).then(send, (error: unknown) => send(failure(error)));
  });
}

function storedRows(text: string): readonly StoredRow[] {
  return JSON.parse(text) as readonly StoredRow[];
}

function failure(error: unknown): ReaderReply {
  if (error instanceof FileRefusedError) return { type: 'refused', refusal: error.refusal };
  return { type: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

if (parentPort !== null) serve(parentPort, workerData as ReaderContext);
