import type { RequestHandler } from 'express';
import { pinoHttp } from 'pino-http';
import type { Logger } from 'pino';

/** One line per request, with its id; 5xx carry the error itself. Put after `requestId`. */
export function requestLog(logger: Logger): RequestHandler {
  return pinoHttp({
    logger,
    quietReqLogger: true,
    genReqId: (req) => req.id,
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'error' : 'info'),
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request failed',
    customAttributeKeys: { responseTime: 'ms', reqId: 'id' },
    customProps: (req, res) => ({ method: req.method, url: req.url, status: res.statusCode }),
    serializers: { req: () => undefined, res: () => undefined },
  });
}
