import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import { pinoHttp } from 'pino-http';
import type { Logger } from 'pino';
import { callerOf } from './callers.ts';
import { senderOf } from './sender.ts';

/** One line per request, with its id; 5xx carry the error itself. Put after `requestId`. */
export function requestLog(logger: Logger): RequestHandler {
  return pinoHttp({
    logger,
    quietReqLogger: true,
    quietResLogger: true,
    genReqId: (req) => req.id,
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'error' : 'info'),
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request failed',
    customAttributeKeys: { responseTime: 'ms', reqId: 'id' },
    customSuccessObject: (req, res, { ms }: { ms: number }) => fieldsOf(req, res, ms),
    customErrorObject: (req, res, err, { ms }: { ms: number }) => ({
      ...fieldsOf(req, res, ms),
      err,
    }),
  });
}

function fieldsOf(req: IncomingMessage, res: ServerResponse, ms: number) {
  return {
    method: req.method,
    url: req.url,
    status: res.statusCode,
    ms,
    // pino-http knows no Express: these are its own.
    ...askedBy(req as Request, res as Response),
    // The caller left before the answer was whole.
    ...(!res.writableFinished && { aborted: true }),
  };
}

/** Who asked, by ids: what they are called is the accounts' own matter. */
export function askedBy(req: Request, res: Response): Readonly<Record<string, string>> {
  const caller = callerOf(res);
  return {
    address: senderOf(req).address,
    ...(caller !== null && { account: caller.accountId }),
    ...(caller !== null && caller.keyId !== null && { key: caller.keyId }),
  };
}
