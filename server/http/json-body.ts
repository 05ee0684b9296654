import express from 'express';
import type { RequestHandler } from 'express';
import { InvalidRequestError, RequestRefusedError } from './request-errors.ts';

const MAX_BYTES = 256 * 1024;

const malformed = (detail: string) => new InvalidRequestError(detail);
const unsupported = (detail: string) => new RequestRefusedError('unsupported-media-type', detail);

const parse = express.json({
  limit: MAX_BYTES,
  // A lone number is JSON too: the schema says what is wrong with it.
  strict: false,
  type: () => true,
  verify: (_req, _res, bytes, encoding) => {
    if (encoding !== 'utf-8') throw unsupported('JSON is exchanged in UTF-8 only.');
    if (bytes.length === 0) throw malformed('The request needs a JSON body.');
    if (!isUtf8(bytes)) throw malformed('The body is not valid UTF-8.');
  },
});

/** Reads a JSON body into `req.body`: 415 for another media type, 413 over 256 KB, 400 for text that is not JSON. */
export const jsonBody: RequestHandler = (req, res, next) => {
  const isJson = req.is('application/json');
  if (isJson === null || req.headers['content-length'] === '0')
    return next(malformed('The request needs a JSON body.'));
  if (isJson === false) return next(unsupported('Send the body as application/json.'));
  parse(req, res, (error?: unknown) => {
    if (error === undefined) return next();
    // The rest of an oversized body is not worth reading.
    if (typeOf(error) === 'entity.too.large') res.setHeader('Connection', 'close');
    next(explained(error));
  });
};

function explained(error: unknown): unknown {
  if (error instanceof InvalidRequestError || error instanceof RequestRefusedError) return error;
  switch (typeOf(error)) {
    case 'entity.too.large':
      return new RequestRefusedError(
        'payload-too-large',
        `The body may hold at most ${MAX_BYTES} bytes.`,
      );
    case 'encoding.unsupported':
      return unsupported(
        'The Content-Encoding is not supported; send the body plain, gzip, deflate or br.',
      );
    case 'charset.unsupported':
      return unsupported('JSON is exchanged in UTF-8 only.');
    case 'entity.parse.failed':
      return malformed('The body is not valid JSON.');
    default:
      return statusOf(error) === 400 ? malformed('The body could not be read to its end.') : error;
  }
}

function typeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
}

function statusOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'status' in error
    ? error.status
    : undefined;
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
