import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import { pinoHttp } from 'pino-http';
import type { Logger } from 'pino';

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
    // The caller left before the answer was whole.
    ...(!res.writableFinished && { aborted: true }),
  };
}
