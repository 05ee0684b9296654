import type { Readable } from 'node:stream';
import type { Request, RequestHandler } from 'express';
import { RequestRefusedError } from './request-errors.ts';

/** A file as the body of a request; whoever takes it reads the stream to its end or destroys it. */
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
      return next(unsupported(`Send the file as ${mediaTypes.join(', ')}.`));
    }
    const encoding = req.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') {
      return next(unsupported('Send the file without Content-Encoding.'));
    }
    next();
  };
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

const unsupported = (detail: string) => new RequestRefusedError('unsupported-media-type', detail);
