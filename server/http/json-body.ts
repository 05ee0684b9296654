import express from 'express';
import type { RequestHandler } from 'express';
import type { Bilingual } from '../domain/bilingual.ts';
import { InvalidRequestError, RequestRefusedError } from './request-errors.ts';

const MAX_BYTES = 256 * 1024;

const TEXTS = {
  needed: { zh: '请求需要 JSON 请求体。', en: 'The request needs a JSON body.' },
  type: {
    zh: '请以 application/json 发送请求体。',
    en: 'Send the body as application/json.',
  },
  utf8Only: { zh: 'JSON 只以 UTF-8 交换。', en: 'JSON is exchanged in UTF-8 only.' },
  notUtf8: { zh: '请求体不是有效的 UTF-8。', en: 'The body is not valid UTF-8.' },
  notJson: { zh: '请求体不是有效的 JSON。', en: 'The body is not valid JSON.' },
  cut: { zh: '请求体没有收完整。', en: 'The body could not be read to its end.' },
  tooLarge: {
    zh: `请求体最多 ${MAX_BYTES} 字节。`,
    en: `The body may hold at most ${MAX_BYTES} bytes.`,
  },
  encoding: {
    zh: '不支持这种 Content-Encoding；请不压缩发送，或用 gzip、deflate、br。',
    en: 'The Content-Encoding is not supported; send the body plain, gzip, deflate or br.',
  },
} as const satisfies Readonly<Record<string, Bilingual>>;

const malformed = (detail: Bilingual) => new InvalidRequestError(detail);
const unsupported = (detail: Bilingual) =>
  new RequestRefusedError('unsupported-media-type', detail);

const parse = express.json({
  limit: MAX_BYTES,
  // A lone number is JSON too: the schema says what is wrong with it.
  strict: false,
  type: () => true,
  verify: (_req, _res, bytes, encoding) => {
    if (encoding !== 'utf-8') throw unsupported(TEXTS.utf8Only);
    if (bytes.length === 0) throw malformed(TEXTS.needed);
    if (!isUtf8(bytes)) throw malformed(TEXTS.notUtf8);
  },
});

/** Reads a JSON body into `req.body`: 415 for another media type, 413 over 256 KB, 400 for text that is not JSON. */
export const jsonBody: RequestHandler = (req, res, next) => {
  const isJson = req.is('application/json');
  if (isJson === null || req.headers['content-length'] === '0')
    return next(malformed(TEXTS.needed));
  if (isJson === false) return next(unsupported(TEXTS.type));
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
      return new RequestRefusedError('payload-too-large', TEXTS.tooLarge);
    case 'encoding.unsupported':
      return unsupported(TEXTS.encoding);
    case 'charset.unsupported':
      return unsupported(TEXTS.utf8Only);
    case 'entity.parse.failed':
      return malformed(TEXTS.notJson);
    default:
      return statusOf(error) === 400 ? malformed(TEXTS.cut) : error;
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
