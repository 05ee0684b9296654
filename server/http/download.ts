import { AsyncLocalStorage } from 'node:async_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response, Router } from 'express';
import type { z } from 'zod';
import type { Endpoint } from '../contract/endpoint.ts';
import { authorised, callerOf, inCallersName, noteAnswer } from './callers.ts';
import { readInput } from './read-input.ts';
import type { Input } from './read-input.ts';

/** A file as an answer. */
export type Download = {
  readonly mediaType: string;
  /** As the person will find it; may hold any characters. */
  readonly fileName: string;
  /** Asked for as the client takes it. Ended early where the client goes away. */
  readonly body: AsyncIterable<Uint8Array>;
};

/** A client that takes nothing for so long is given up: its file would stay open for ever. */
const STALLED_MS = 120_000;

/**
 * Endpoint + handler → Express route that streams a file. A failure before the first byte is a problem as everywhere;
 * one after it breaks the connection off, so that no half file passes for a whole one.
 */
export function mountDownload<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  router: Router,
  endpoint: Endpoint<P, Q, B>,
  handler: (input: Input<P, Q, B>) => Promise<Download>,
  { stalledMs = STALLED_MS }: { readonly stalledMs?: number } = {},
): void {
  const path = endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1');
  router[endpoint.method](path, authorised(endpoint), async (req, res) => {
    const caller = callerOf(res);
    const input = readInput(endpoint, req, res);
    res.setTimeout(stalledMs, () => res.destroy());
    // The rows are read while they are sent.
    await inCallersName(req, caller, endpoint.access, async () => {
      const file = await handler(input);
      await send(req, res, file, () => noteAnswer(req, caller, endpoint, input));
    });
  });
}

/** `note` is done before anything is sent: a file that nobody noted is handed to nobody. */
async function send(
  req: Request,
  res: Response,
  download: Download,
  note: () => Promise<void>,
): Promise<void> {
  const { mediaType, fileName, body } = download;
  const pieces = body[Symbol.asyncIterator]();
  // The first piece is made before anything is sent: what fails until then can still be told.
  const first = await pieces.next();
  try {
    await note();
  } catch (error) {
    await pieces.return?.();
    throw error;
  }
  res.status(200).set({
    'Content-Type': mediaType,
    'Content-Disposition': disposition(fileName),
    'Cache-Control': 'no-store',
  });
  if (req.method === 'HEAD') {
    await pieces.return?.();
    res.end();
    return;
  }
  // A stream asks for more whenever the client has taken some: still in the caller's name.
  const inContext = AsyncLocalStorage.snapshot();
  const next = () => inContext(() => pieces.next());
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    try {
      for (let piece = first; !piece.done; piece = await next()) yield piece.value;
    } finally {
      await inContext(() => pieces.return?.());
    }
  };
  try {
    await pipeline(Readable.from(rest(), { objectMode: false }), res);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** RFC 6266: a plain name for old programs, the real one in UTF-8 beside it. */
function disposition(fileName: string): string {
  const plain = fileName.replaceAll(/[^\w.-]/g, '_');
  const encoded = encodeURIComponent(fileName).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** The client went away: nobody is left to be told anything. */
function isGone(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || code === 'EPIPE';
}
