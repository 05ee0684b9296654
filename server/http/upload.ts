import type { Readable } from 'node:stream';
import type { Request, RequestHandler } from 'express';
import { RequestRefusedError } from './request-errors.ts';

/** A file as the body of a request; whoever takes it need not read the stream to its end, and must not destroy it. */
export type Upload = {
  readonly mediaType: string;
  readonly stream: Readable;
  /** Bytes announced; null when the client did not say. */
  readonly length: number | null;
};

/** Refuses a body of another type (415) before any of it is read. */
export function acceptUpload(mediaTypes: readonly string[]): RequestHandler {
  return (req, _res, next) => {
    if (mediaTypeOf(req, mediaTypes) === null) {
      throw new RequestRefusedError('unsupported-media-type', {
        zh: `请以 ${mediaTypes.join('、')} 之一发送文件。`,
        en: `Send the file as ${mediaTypes.join(', ')}.`,
      });
    }
    const encoding = req.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') {
      throw new RequestRefusedError('unsupported-media-type', {
        zh: '请不带 Content-Encoding 发送文件。',
        en: 'Send the file without Content-Encoding.',
      });
    }
    next();
  };
}

/** What is taken off the line after a refusal; a sender of more than that is cut off. In bytes. */
const MOST_DROPPED = 1_000_000_000;
/** The same for whoever may not send a file at all. */
export const MOST_OF_A_STRANGER = 16_000_000;
/** A sender that pauses for so long may be waiting for the answer. */
const QUIET_MS = 1000;

/**
 * A refused upload is taken off the line and dropped before it is answered: most senders look for the answer only when
 * they have sent everything, and a connection that is closed while they send loses it.
 */
export function answeringUpload(run: RequestHandler, most = MOST_DROPPED): RequestHandler {
  return async (req, res, next) => {
    try {
      await run(req, res, next);
    } catch (error) {
      await restDropped(req, most);
      throw error;
    }
  };
}

/** Resolves when everything has come, or nothing comes any more. */
function restDropped(req: Request, most: number): Promise<void> {
  if (req.readableEnded || req.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let isDone = false;
    const done = () => {
      isDone = true;
      clearTimeout(quiet);
      resolve();
    };
    const quiet = setTimeout(done, QUIET_MS);
    let dropped = 0;
    req.once('end', done).once('close', done).on('error', done);
    req.on('data', (piece: Buffer) => {
      if (!isDone) quiet.refresh();
      dropped += piece.length;
      if (dropped > most) req.destroy();
    });
    req.resume();
  });
}

export function uploadOf(req: Request, mediaTypes: readonly string[]): Upload {
  const length = Number(req.headers['content-length'] ?? Number.NaN);
  return {
    mediaType: mediaTypeOf(req, mediaTypes) ?? '',
    stream: req,
    length: Number.isFinite(length) ? length : null,
  };
}

function mediaTypeOf(req: Request, mediaTypes: readonly string[]): string | null {
  const found = req.is([...mediaTypes]);
  return typeof found === 'string' ? found : null;
}
