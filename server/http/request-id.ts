import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';

/** Gives each request its id: in `X-Request-Id`, in the log line and in the `instance` of a problem. */
export const requestId: RequestHandler = (req, res, next) => {
  const id = randomUUID();
  req.id = id;
  res.setHeader('X-Request-Id', id);
  next();
};
