import type { RequestHandler } from 'express';
import { InvalidRequestError } from './request-errors.ts';
import { textFault } from './text-rule.ts';

/** Refuses a path that cannot be decoded or holds text that nothing here can be named by: 400 before any route looks at it. */
export const wellFormedPath: RequestHandler = (req, _res, next) => {
  let path: string;
  try {
    path = decodeURIComponent(req.path);
  } catch {
    return next(new InvalidRequestError('The path holds a malformed percent-encoding.'));
  }
  const fault = textFault(path);
  next(fault === null ? undefined : new InvalidRequestError(`The path: ${fault}.`));
};
